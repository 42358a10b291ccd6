// What the studio draws of a scenario before anybody plays it: its services, its machines, the metrics it is about.

import type {
	StudioEdge,
	StudioMachine,
	StudioMetric,
	StudioNames,
	StudioSystem,
	StudioUnit
} from '../../protocol/studio.ts';
import type { MetricTarget } from '../../scenario/condition.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { allEffects } from '../../scenario/lint/names.ts';
import type { Scenario } from '../../scenario/scenario.schema.ts';
import { parseMetricTarget } from '../../scenario/units.ts';
import { readYaml } from '../../scenario/yaml-source.ts';
import { metricKey } from '../../world/index.ts';

/** More than a person chooses from. */
const MOST_METRICS = 160;
const MOST_POINTS = 160;
/** A little of the time before, so that a quiet beginning is seen. */
const BEFORE_MS = 2 * 60_000;

const USUAL = ['errors', 'latency', 'traffic', 'cpu', 'mem'];
const RATIOS = ['errors', 'traffic', 'cpu', 'mem', 'disk', 'disk_io', 'hit_ratio', 'up'];
const MILLISECONDS = ['latency', 'gc_pause', 'lag', 'queue_age'];

/** `text` is scenario.yaml as it was written: its conditions are shown in its author's words. */
export function describeSystem(compiled: CompiledScenario, text: string): StudioSystem {
	const { scenario, services, dependencies, startsAt, contentHash } = compiled;
	const metrics = metricsOf(compiled);
	return {
		title: scenario.title,
		minutes: scenario.minutes,
		startsAt,
		zone: scenario.clock.zone,
		contentHash,
		services: Object.entries(services).map(([id, { kind, about }]) => ({
			id,
			kind,
			about,
			dependsOn: dependencies.filter(({ from }) => from === id).map(({ to }) => to)
		})),
		machines: machinesOf(scenario, text),
		metrics,
		names: namesOf(compiled, metrics),
		grid: gridOf(scenario.minutes)
	};
}

function gridOf(minutes: number): StudioSystem['grid'] {
	const spanMs = minutes * 60_000 + BEFORE_MS;
	const stepMs = Math.max(5_000, Math.ceil(spanMs / MOST_POINTS / 5_000) * 5_000);
	return { fromMs: -BEFORE_MS, stepMs, points: Math.floor(spanMs / stepMs) + 1 };
}

/** What the scenario is about comes first; then what every service has. */
function metricsOf({ scenario, services }: CompiledScenario): StudioMetric[] {
	const found = new Map<string, StudioMetric>();
	const add = (target: MetricTarget, told: boolean) => {
		const key = metricKey(target);
		if (!found.has(key)) found.set(key, { key, service: target.service, unit: unitOf(target.metric), told });
	};
	for (const { metric } of [...scenario.slis, ...scenario.impact]) add(metric, true);
	for (const { effect } of allEffects(scenario)) add(effect.metric, true);
	for (const service of Object.keys(services)) {
		for (const metric of [...USUAL, ...Object.keys(services[service]?.baseline ?? {})]) {
			const target = parseMetricTarget(`${service}.${metric}`);
			if (target) add(target, false);
		}
	}
	return [...found.values()].slice(0, MOST_METRICS);
}

function unitOf(metric: string): StudioUnit {
	if (RATIOS.includes(metric)) return 'ratio';
	return MILLISECONDS.includes(metric) ? 'milliseconds' : 'count';
}

function machinesOf(scenario: Scenario, text: string): StudioMachine[] {
	const source = readYaml('scenario.yaml', text);
	const written = source.ok ? source.source.value : null;
	return scenario.faults.map((fault, at) => ({
		id: fault.id,
		initial: fault.initial,
		beginsMs: fault.begins,
		states: Object.entries(fault.states).map(([id, { phase, note }]) => ({ id, phase, note: note ?? '' })),
		edges: Object.entries(fault.states).flatMap(([state, spec]): StudioEdge[] => [
			...spec.next.map((next, i): StudioEdge => {
				const said = (field: string) => textAt(written, ['faults', at, 'states', state, 'next', i, field]);
				return next.after === undefined
					? { from: state, to: next.to, by: 'condition', label: said('when') }
					: { from: state, to: next.to, by: 'time', label: `after ${said('after')}` };
			}),
			...actionsOf(scenario, fault.id, state).map(({ id, to }): StudioEdge => ({
				from: state,
				to,
				by: 'mitigation',
				label: id
			}))
		])
	}));
}

/** Where each mitigation leads from a state: the state's own word beats the mitigation's. */
function actionsOf(scenario: Scenario, faultId: string, state: string): { id: string; to: string }[] {
	const spec = scenario.faults.find(({ id }) => id === faultId)?.states[state];
	return scenario.mitigations.flatMap(({ id, to, from }) => {
		const applies = from.length === 0 || from.includes(state);
		const target = spec?.on[id] ?? (applies ? to[faultId] : undefined);
		return target === undefined || target === 'same' || target === state ? [] : [{ id, to: target }];
	});
}

function textAt(value: unknown, path: readonly (string | number)[]): string {
	let at = value;
	for (const step of path) {
		if (typeof at !== 'object' || at === null) return '';
		at = (at as Record<string | number, unknown>)[step];
	}
	return typeof at === 'string' || typeof at === 'number' ? String(at) : '';
}

function namesOf(
	{ scenario, topology, services, rules, runbooks }: CompiledScenario,
	metrics: readonly StudioMetric[]
): StudioNames {
	return {
		archetype: [...new Set([...Object.keys(services), ...Object.keys(topology.services)])],
		services: Object.keys(services),
		metrics: metrics.map(({ key }) => key),
		states: [...new Set(scenario.faults.flatMap((fault) => Object.keys(fault.states)))],
		mitigations: scenario.mitigations.map(({ id }) => id),
		diagnostics: scenario.diagnostics.map(({ id }) => id),
		alerts: [
			...new Set(
				rules.groups.flatMap((group) => group.rules.flatMap(({ alert }) => (typeof alert === 'string' ? [alert] : [])))
			)
		],
		runbooks: runbooks.map(({ id }) => id)
	};
}
