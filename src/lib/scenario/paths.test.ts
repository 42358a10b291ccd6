import { expect, it } from 'vitest';
import { checkPath, readPaths, stepsOf, type PathScenario } from './paths.ts';
import { formatProblem } from './problem.ts';

const HEAD = 'format: 1\ntitle: Basics\nabout: For all.\n';
const LIBRARY: PathScenario[] = [
	{ id: 'disk', title: 'Disk', class: 'capacity', difficulty: 2, team: 'solo' },
	{ id: 'pool', title: 'Pool', class: 'db', difficulty: 1, team: 'pair' },
	{ id: 'lag', title: 'Lag', class: 'db', difficulty: 3, team: 'squad' },
	{ id: 'lock', title: 'Lock', class: 'db', difficulty: 1, team: 'solo' }
];
const KNOWN = { scenarios: LIBRARY.map(({ id }) => id), dimensions: ['mitigate', 'severity'] };
const read = (text: string) => {
	const { paths, problems } = readPaths({ 'basics.yaml': text });
	expect(problems).toEqual([]);
	const [path] = paths;
	if (!path) throw new Error('no path');
	return path;
};

it('lays the steps named out first, then what else fits, the easier ones first', () => {
	const { value } = read(
		`${HEAD}id: basics\norder: 1\ncheck: [mitigate]\nsteps:\n  - scenario: lag\n    why: First.\n    check: [severity]\nthen:\n  classes: [db]\n`
	);
	expect(stepsOf(value, LIBRARY).map(({ scenario, why, check }) => [scenario.id, why, check])).toEqual([
		['lag', 'First.', ['severity']],
		['lock', '', ['mitigate']],
		['pool', '', ['mitigate']]
	]);
	const teams = read(`${HEAD}id: basics\norder: 1\nthen:\n  teams: [solo]\n  difficulty: [1, 2]\n`).value;
	expect(stepsOf(teams, LIBRARY).map(({ scenario, check }) => [scenario.id, check])).toEqual([
		['lock', null],
		['disk', null]
	]);
});

it('reports unknown and doubled names at their places, and leaves those steps out', () => {
	const path = read(
		`${HEAD}id: basics\norder: 1\ncheck: [mitigat]\nsteps:\n  - scenario: disc\n  - scenario: lag\n    check: [colour]\n  - scenario: lag\n`
	);
	expect(checkPath(path, KNOWN).map(formatProblem)).toEqual([
		'_paths/basics.yaml:6:9: unknown_dimension: the scorecard has no dimension "mitigat": did you mean "mitigate"?',
		'_paths/basics.yaml:8:15: unknown_scenario: there is no scenario "disc": did you mean "disk"?',
		'_paths/basics.yaml:10:13: unknown_dimension: the scorecard has no dimension "colour": there are mitigate, severity',
		'_paths/basics.yaml:11:15: duplicate: "lag" is a step of this path already: keep one'
	]);
	expect(stepsOf(path.value, LIBRARY).map(({ scenario }) => scenario.id)).toEqual(['lag']);
});

it('keeps the paths that can be read where another cannot', () => {
	const { paths, problems } = readPaths({
		'a.yaml': `${HEAD}id: a\norder: 2\nthen: {}\n`,
		'b.yaml': `${HEAD}id: b\norder: 1\ncolour: blue\nthen: {}\n`,
		'c.yaml': `${HEAD}id: a\norder: 1\nthen: {}\n`,
		'README.md': 'no path'
	});
	expect(paths.map(({ value }) => value.id)).toEqual(['a']);
	expect(problems.map(formatProblem)).toEqual([
		'_paths/b.yaml:6:1: unknown_field: there is no field "colour" here: check its spelling and indentation',
		'_paths/c.yaml:4:5: duplicate: another path is called "a" already: choose another id'
	]);
});

it('asks a path for steps', () => {
	expect(checkPath(read(`${HEAD}id: basics\norder: 1\n`), KNOWN).map(({ code }) => code)).toEqual(['empty_path']);
});
