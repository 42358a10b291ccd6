import { canonicalJson } from './canonical-json.ts';
import type { CompiledScenario, RuleFileData } from './library.ts';
import { activeHtml, tooMuch } from './limits.ts';
import { lintCompiled, type LintCheck } from './lint/check.ts';
import type { LintSources } from './lint/context.ts';
import { ruleProblems } from './lint/rules.ts';
import { lintTopology } from './lint/topology.ts';
import { suggestion } from './nearest.ts';
import { sortProblems, type Problem } from './problem.ts';
import type { Runbook, Scenario, Topology } from './scenario.schema.ts';
import { resolveServices } from './services.ts';
import { sha256 } from './sha256.ts';
import { readRules, readRunbook, readScenario, readTopology, type Parsed, type Reading } from './sources.ts';
import { startTime } from './start-time.ts';

export type LoadedScenario =
	{ ok: true; compiled: CompiledScenario; warnings: Problem[] } | { ok: false; problems: Problem[] };

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

/**
 * Reads, checks and compiles a scenario. `files` are those of its folder (`scenario.yaml`, `rules.yaml`,
 * `runbooks/<id>.md`), `topologies` those of `_topologies` (`saas.yaml`, `saas.rules.yaml`). Pure; never throws for what
 * an author wrote: whatever is wrong comes back as problems with their places. `more` are checks beyond this room's own.
 */
export function loadScenario(
	slug: string,
	files: Files,
	topologies: Files,
	more: readonly LintCheck[] = []
): LoadedScenario {
	const problems: Problem[] = [];
	const keep = <T>(reading: Reading<T> | null): Parsed<T> | null => {
		if (reading && !reading.ok) problems.push(...reading.problems);
		return reading?.ok ? reading.parsed : null;
	};
	const at = (name: string) => `${slug}/${name}`;
	const scenarioText = textOf(files, 'scenario.yaml');
	if (scenarioText === null) {
		return { ok: false, problems: [missing(at('scenario.yaml'), 'a scenario has a file scenario.yaml')] };
	}
	const scenario = keep(readScenario(at('scenario.yaml'), scenarioText));
	const rulesText = textOf(files, 'rules.yaml');
	const rules = rulesText === null ? null : keep(readRules(at('rules.yaml'), rulesText));

	const runbooks: Parsed<Runbook & { body: string }>[] = [];
	for (const [index, id] of (scenario?.value.runbooks ?? []).entries()) {
		const path = `runbooks/${id}.md`;
		const text = textOf(files, path);
		if (text === null && scenario) {
			const place = scenario.source.locate(['runbooks', index]);
			const message = `there is no file ${path}: write it, or take the runbook off the list`;
			problems.push({ file: scenario.source.file, ...place, code: 'unknown_runbook', message, severity: 'error' });
		} else if (text !== null) {
			const runbook = keep(readRunbook(at(path), text));
			if (runbook) runbooks.push(runbook);
		}
	}

	const variantRunbooks: NonNullable<CompiledScenario['variantRunbooks']> = {};
	for (const { file, path: place } of variantFiles(scenario?.value)) {
		const path = `runbooks/${file}.md`;
		const text = textOf(files, path);
		const runbook = text === null ? null : keep(readRunbook(at(path), text));
		if (runbook) {
			const { body, ...rest } = runbook.value;
			variantRunbooks[file] = { runbook: rest, body };
		} else if (text === null && scenario) {
			const message = `there is no file ${path}: write it, or name another`;
			problems.push({
				file: scenario.source.file,
				...scenario.source.locate(place),
				code: 'unknown_runbook',
				message,
				severity: 'error'
			});
		}
	}

	const base = scenario?.value.topology.base;
	const topologyText = base === undefined ? null : textOf(topologies, `${base}.yaml`);
	if (scenario && topologyText === null) {
		const known = Object.keys(topologies).filter((name) => name.endsWith('.yaml') && !name.endsWith('.rules.yaml'));
		const message = `there is no topology "${base}": ${suggestion(
			String(base),
			known.map((name) => name.replace(/\.yaml$/, ''))
		)}`;
		const place = scenario.source.locate(['topology', 'base']);
		problems.push({ file: scenario.source.file, ...place, code: 'unknown_topology', message, severity: 'error' });
	}
	const topology = topologyText === null ? null : keep(readTopology(`_topologies/${base}.yaml`, topologyText));
	const sharedText = textOf(topologies, `${base}.rules.yaml`);
	const shared = sharedText === null ? null : keep(readRules(`_topologies/${base}.rules.yaml`, sharedText));
	for (const [path, text] of Object.entries(files)) problems.push(...activeHtml(at(path), text));
	if (scenario) problems.push(...tooMuch(scenario, topology));
	const isTooMuch = problems.some(({ code }) => code === 'too_many');
	if (!scenario || !topology || isTooMuch) return { ok: false, problems: sortProblems(problems) };

	const resolved = resolveServices(scenario, topology);
	problems.push(...resolved.problems);
	const startsAt = startTime(scenario.value.clock);
	if (startsAt === null) {
		const message = `"${scenario.value.clock.start}" in "${scenario.value.clock.zone}" is no moment: use a date that exists and an IANA zone such as Europe/Paris`;
		const place = scenario.source.locate(['clock', 'start']);
		problems.push({ file: scenario.source.file, ...place, code: 'clock', message, severity: 'error' });
	}
	if (scenario.value.id !== slug) {
		const message = `the id is "${scenario.value.id}" but the folder is "${slug}": make them the same`;
		problems.push({
			file: scenario.source.file,
			...scenario.source.locate(['id']),
			code: 'id',
			message,
			severity: 'error'
		});
	}
	const content = {
		scenario: scenario.value,
		topology: topology.value,
		services: resolved.services,
		dependencies: resolved.dependencies,
		rules: mergeRules(shared?.value, rules?.value),
		runbooks: runbooks.map(({ value: { body: _, ...runbook } }) => runbook),
		runbookBodies: Object.fromEntries(runbooks.map(({ value }) => [value.id, value.body])),
		startsAt: startsAt ?? 0,
		...(Object.keys(variantRunbooks).length > 0 && { variantRunbooks })
	};
	const sources: LintSources = {
		scenario: scenario.source,
		topology: topology.source,
		rules: rules && { source: rules.source, data: rules.value },
		sharedRules: shared && { source: shared.source, data: shared.value },
		runbooks: Object.fromEntries(runbooks.map(({ value, source }) => [value.id, source])),
		files: Object.keys(files)
	};
	// References are only worth checking where all files could be read: one broken file would make every mention of it wrong.
	if (problems.length > 0) return { ok: false, problems: sortProblems(problems) };
	const found = lintCompiled(content, sources, more);
	// Who has played it changes nothing about what is played.
	const { playtested: _, ...played } = content.scenario;
	const errors = found.filter((problem) => problem.severity === 'error');
	if (errors.length > 0) return { ok: false, problems: sortProblems(found) };
	return {
		ok: true,
		compiled: { ...content, contentHash: sha256(canonicalJson({ ...content, scenario: played })) },
		warnings: sortProblems(found)
	};
}

/** Runbooks that variants bring with them, and where they are named. */
function variantFiles(scenario: Scenario | undefined): { file: string; path: (string | number)[] }[] {
	return (scenario?.variants ?? []).flatMap(({ runbooks = {} }, index) =>
		Object.entries(runbooks).flatMap(([id, change]) =>
			change === 'missing' || change.file === undefined
				? []
				: [{ file: change.file, path: ['variants', index, 'runbooks', id, 'file'] }]
		)
	);
}

/** Reads and checks a topology by itself, for linting it where no scenario uses it yet. */
export function loadTopology(id: string, topologies: Files): { topology: Topology | null; problems: Problem[] } {
	const file = `_topologies/${id}.yaml`;
	const text = textOf(topologies, `${id}.yaml`);
	if (text === null) return { topology: null, problems: [missing(file, 'there is no such topology')] };
	const reading = readTopology(file, text);
	const rulesText = textOf(topologies, `${id}.rules.yaml`);
	const rules = rulesText === null ? null : readRules(`_topologies/${id}.rules.yaml`, rulesText);
	const problems = [...(reading.ok ? [] : reading.problems), ...(rules && !rules.ok ? rules.problems : [])];
	if (rules?.ok) problems.push(...ruleProblems(rules.parsed.source, rules.parsed.value));
	if (!reading.ok) return { topology: null, problems: sortProblems(problems) };
	const { value, source } = reading.parsed;
	lintTopology(value, (path, code, message) =>
		problems.push({ file, ...source.locate(path), code, message, severity: 'error' })
	);
	if (value.id !== id) {
		const message = `the id is "${value.id}" but the file is ${id}.yaml: make them the same`;
		problems.push({ file, ...source.locate(['id']), code: 'id', message, severity: 'error' });
	}
	return { topology: value, problems: sortProblems(problems) };
}

function mergeRules(...parts: (RuleFileData | undefined)[]): RuleFileData {
	return { groups: parts.flatMap((part) => part?.groups ?? []) };
}

function textOf(files: Files, path: string): string | null {
	return Object.hasOwn(files, path) ? (files[path] ?? null) : null;
}

function missing(file: string, message: string): Problem {
	return { file, line: 1, column: 1, code: 'missing_file', message, severity: 'error' };
}
