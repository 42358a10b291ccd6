/** Alerts that a scenario promises and that cannot come: their expressions ask for what nothing here exports. */
import { parse, type Matcher } from '../promql/index.ts';
import type { Content, Findings } from '../scenario/lint/context.ts';
import type { YamlSource } from '../scenario/yaml-source.ts';
import { comesWith, createObservation } from '../telemetry/index.ts';
import { createWorld, initialWorldState } from '../world/index.ts';

const LOOKBACK_MS = 5 * 60_000;
/** What people measure of rules and scrapes themselves is always there. */
const OF_ITSELF = ['ALERTS', 'ALERTS_FOR_STATE'];

type Labels = Readonly<Record<string, string>>;

interface Selected {
	name: string;
	matchers: readonly Matcher[];
}

/** Every selector of the rules behind `truth.alerts` finds a family that is exported, with labels it can have. */
export function checkSignals(findings: Findings): void {
	const { scenario, rules } = findings.content;
	const promised = new Set(scenario.truth.alerts.map(({ name }) => name));
	if (promised.size === 0) return;
	const all = rules.groups.flatMap((group) => group.rules);
	const recorded = new Map(all.flatMap((rule) => (typeof rule.record === 'string' ? [[rule.record, rule]] : [])));
	const exported = exporterOf(findings.content);
	for (const file of [findings.sources.sharedRules, findings.sources.rules]) {
		file?.data.groups.forEach((group, groupIndex) => {
			group.rules.forEach((rule, ruleIndex) => {
				if (typeof rule.alert !== 'string' || !promised.has(rule.alert)) return;
				const wrong = missingIn(String(rule.expr), recorded, exported, 0);
				if (wrong === null) return;
				const path = ['groups', groupIndex, 'rules', ruleIndex, 'expr'];
				warn(findings, file.source, path, `${rule.alert} cannot fire: ${wrong}`);
			});
		});
	}
}

function warn(findings: Findings, source: YamlSource, path: (string | number)[], message: string): void {
	findings.warning(source, path, 'alert_never', message);
}

/** What the first hopeless selector of an expression lacks; null where each finds something. */
function missingIn(
	expr: string,
	recorded: ReadonlyMap<string, Record<string, unknown>>,
	exported: (name: string) => readonly Labels[],
	depth: number
): string | null {
	const query = parse(expr);
	if (!query.ok) return null;
	for (const { name, matchers } of selectorsIn(query.value.root)) {
		if (OF_ITSELF.includes(name)) continue;
		const rule = recorded.get(name);
		if (rule !== undefined) {
			const inner = depth > 4 ? null : missingIn(String(rule.expr), recorded, exported, depth + 1);
			if (inner !== null) return inner;
			continue;
		}
		const series = exported(name);
		if (series.length === 0) return `nothing here exports ${name}${origin(name)}`;
		for (const matcher of matchers) {
			// A label of its own may come with the trouble (a version, a status); a name that no series knows never does.
			if (matcher.name === '__name__' || matcher.matches('')) continue;
			if (!series.some((labels) => labels[matcher.name] !== undefined)) return `${name} has no label "${matcher.name}"`;
			if (matcher.name !== 'service') continue;
			const found = [...new Set(series.map(({ service = '' }) => service))];
			if (found.some((service) => matcher.matches(service))) continue;
			return `no service that exports ${name} is called ${matcher.value}: there are ${found.join(', ')}`;
		}
	}
	return null;
}

/** What a service would need, where the name is one that services can have. */
function origin(name: string): string {
	const needs = comesWith(name.replace(/_(bucket|sum|count)$/, '')) ?? comesWith(name);
	return needs === null ? '' : `; it comes with ${needs.replaceAll('`', '')}`;
}

/** Labels of every series of a name that the system has on a quiet day. */
function exporterOf(content: Content): (name: string) => readonly Labels[] {
	const world = createWorld({ ...content, contentHash: '' }, 'lint');
	const scraped = createObservation(world).queryable(initialWorldState(world), 0);
	const known = new Map<string, readonly Labels[]>();
	return (name) => {
		let labels = known.get(name);
		if (labels === undefined) {
			const byName: Matcher = { name: '__name__', op: '=', value: name, matches: (value) => value === name };
			labels = scraped.select([byName], -LOOKBACK_MS, 0).map((series) => series.labels);
			known.set(name, labels);
		}
		return labels;
	};
}

/** Every selector in a syntax tree, whatever stands around it. */
function selectorsIn(node: unknown): Selected[] {
	if (typeof node !== 'object' || node === null) return [];
	if (Array.isArray(node)) return node.flatMap(selectorsIn);
	const { type, name, matchers } = node as Partial<Selected> & { type?: string };
	if (type === 'selector') {
		const named = name ?? matchers?.find((matcher) => matcher.name === '__name__' && matcher.op === '=')?.value;
		return named === undefined ? [] : [{ name: named, matchers: matchers ?? [] }];
	}
	return Object.values(node).flatMap(selectorsIn);
}
