/** How large a scenario may be, and what no text of it may hold: checked before anything is done with it. */
import type { Problem } from './problem.ts';
import type { Scenario, Topology } from './scenario.schema.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

/** No room shows more on one map, and no team knows more. */
const MOST_SERVICES = 100;
const MOST_IN_TOPOLOGY = 300;
const MOST_FAULTS = 20;
const MOST_STATES = 60;
const MOST_ENTRIES = 300;

/** Counts that are beyond any scenario, each at its place. */
export function tooMuch(
	scenario: { value: Scenario; source: YamlSource },
	topology: { value: Topology; source: YamlSource } | null
): Problem[] {
	const problems: Problem[] = [];
	const check = (source: YamlSource, path: YamlPath, count: number, most: number, what: string) => {
		if (count <= most) return;
		const message = `${count} ${what} are too many, ${most} is the limit: leave out what the lesson does not need`;
		const place = source.locate(path, 'key');
		problems.push({ file: source.file, ...place, code: 'too_many', message, severity: 'error' });
	};
	const { value, source } = scenario;
	check(source, ['topology', 'services'], value.topology.services.length, MOST_SERVICES, 'services');
	check(source, ['faults'], value.faults.length, MOST_FAULTS, 'faults');
	value.faults.forEach(({ states }, index) =>
		check(source, ['faults', index, 'states'], Object.keys(states).length, MOST_STATES, 'states of one fault')
	);
	for (const list of ['changes', 'diagnostics', 'mitigations', 'injects', 'expectations', 'ideal'] as const)
		check(source, [list], value[list].length, MOST_ENTRIES, list === 'ideal' ? 'steps' : list);
	if (topology) {
		const count = Object.keys(topology.value.services).length;
		check(topology.source, ['services'], count, MOST_IN_TOPOLOGY, 'services');
	}
	return problems;
}

/** HTML that does something, or fetches something, when it is shown. The rest is shown as the text it is. */
const ACTIVE =
	/<\s*\/?\s*(?:script|iframe|frame|object|embed|applet|style|link|meta|base|form|svg|math|video|audio|source|img|input|button|textarea)\b|<[a-z]+\s[^<>\n]{0,200}\bon[a-z]+\s*=|\bjavascript:/gi;
const MOST_TOLD = 5;

/** Active HTML anywhere in a file. */
export function activeHtml(file: string, text: string): Problem[] {
	const problems: Problem[] = [];
	for (const { 0: found, index } of text.matchAll(ACTIVE)) {
		const before = text.slice(0, index);
		const line = before.split('\n').length;
		const column = index - before.lastIndexOf('\n');
		const message = `no text may hold HTML that acts ("${found.slice(0, 40)}"): write it in words, or without the angle brackets`;
		problems.push({ file, line, column, code: 'html', message, severity: 'error' });
		if (problems.length >= MOST_TOLD) break;
	}
	return problems;
}
