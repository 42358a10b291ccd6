import type { Condition } from '../condition.ts';
import type { FaultSpec, MitigationSpec, Scenario } from '../scenario.schema.ts';
import type { Findings } from './context.ts';
import { allConditions, leaves } from './names.ts';

const RECOVERED: readonly string[] = ['healthy', 'mitigated', 'resolved'];

/** States that nothing leads to, states without a way out, actions without any effect, injects that cannot come. */
export function checkReachability(findings: Findings): void {
	const { scenario } = findings.content;
	const { scenario: source } = findings.sources;
	const reachable = new Map<string, Set<string>>();
	scenario.faults.forEach((fault, index) => {
		const edges = edgesOf(scenario, fault);
		const reached = closure(fault.initial, edges);
		reachable.set(fault.id, reached);
		for (const [state, spec] of Object.entries(fault.states)) {
			const path = ['faults', index, 'states', state];
			if (!reached.has(state)) {
				const message = `nothing leads to "${state}": add a transition or a mitigation to it, or take it out`;
				findings.warning(source, path, 'unreachable_state', message, 'key');
			} else if (!RECOVERED.includes(spec.phase) && spec.phase !== 'lost') {
				const ways = [...closure(state, edges)].map((name) => fault.states[name]?.phase ?? '');
				if (ways.some((phase) => RECOVERED.includes(phase))) continue;
				const message = `there is no way out of "${state}" to a mitigated or resolved state`;
				findings.warning(source, path, 'dead_end', message, 'key');
			}
		}
		if (endsWellAlone(fault)) {
			const message = `fault ${fault.id} passes by itself, by time alone: doing nothing would win`;
			findings.warning(source, ['faults', index, 'id'], 'wins_alone', message);
		}
	});

	const asked = new Set(
		allConditions(scenario).flatMap(({ condition }) =>
			leaves(condition).flatMap((leaf) => (leaf.type === 'action' ? [leaf.id] : []))
		)
	);
	scenario.mitigations.forEach((mitigation, index) => {
		if (asked.has(mitigation.id) || movesAnything(scenario, mitigation)) return;
		if (mitigation.verdict === 'ineffective' || mitigation.harm !== undefined) return;
		const message = `"${mitigation.id}" is ${mitigation.verdict} but changes nothing anywhere: give it a \`to\`, an effect, a \`harm\`, or a condition that asks for it`;
		findings.warning(source, ['mitigations', index, 'verdict'], 'no_effect', message);
	});
	scenario.injects.forEach((inject, index) => {
		if (inject.at !== undefined && inject.at >= scenario.minutes * 60_000) {
			const message = `the run ends after ${scenario.minutes} minutes, before this comes`;
			findings.warning(source, ['injects', index, 'at'], 'inject_never', message);
		}
		if (inject.when !== undefined && !canHold(inject.when, scenario, reachable)) {
			const message = 'this can never hold: the state is unreachable, or the run has ended by then';
			findings.warning(source, ['injects', index, 'when'], 'inject_never', message);
		}
	});
}

type Edges = ReadonlyMap<string, ReadonlySet<string>>;

function edgesOf(scenario: Scenario, fault: FaultSpec): Edges {
	const edges = new Map<string, Set<string>>();
	for (const [state, spec] of Object.entries(fault.states)) {
		const out = new Set([...spec.next.map(({ to }) => to), ...Object.values(spec.on)]);
		for (const mitigation of scenario.mitigations) {
			const to = mitigation.to[fault.id];
			const applies = mitigation.from.length === 0 || mitigation.from.includes(state);
			if (to !== undefined && applies && !Object.hasOwn(spec.on, mitigation.id)) out.add(to);
		}
		out.delete('same');
		edges.set(state, out);
	}
	return edges;
}

function closure(from: string, edges: Edges): Set<string> {
	const reached = new Set([from]);
	for (const state of reached) for (const next of edges.get(state) ?? []) reached.add(next);
	return reached;
}

/** Whether timers alone lead from the initial state through harm to a state that is over. */
function endsWellAlone(fault: FaultSpec): boolean {
	let state = fault.initial;
	let harmed = false;
	for (let i = 0; i <= Object.keys(fault.states).length; i++) {
		const spec = fault.states[state];
		if (!spec) return false;
		if (RECOVERED.includes(spec.phase)) {
			if (harmed) return true;
		} else if (spec.phase !== 'latent') harmed = true;
		const next = spec.next.find(({ after }) => after !== undefined);
		if (!next) return false;
		state = next.to;
	}
	return false;
}

function movesAnything(scenario: Scenario, mitigation: MitigationSpec): boolean {
	return (
		Object.values(mitigation.to).some((to) => to !== 'same') ||
		mitigation.during.length > 0 ||
		mitigation.after.length > 0 ||
		mitigation.deploys !== undefined ||
		mitigation.restarts !== undefined ||
		mitigation.scales !== undefined ||
		scenario.faults.some((fault) =>
			Object.values(fault.states).some(({ on }) => on[mitigation.id] !== undefined && on[mitigation.id] !== 'same')
		)
	);
}

/** False only where it is certain; an optimist otherwise. */
function canHold(
	condition: Condition,
	scenario: Scenario,
	reachable: ReadonlyMap<string, ReadonlySet<string>>
): boolean {
	switch (condition.type) {
		case 'and':
			return condition.all.every((part) => canHold(part, scenario, reachable));
		case 'or':
			return condition.any.some((part) => canHold(part, scenario, reachable));
		case 'state':
		case 'visited':
			return condition.fault === null
				? [...reachable.values()].some((states) => states.has(condition.state))
				: (reachable.get(condition.fault)?.has(condition.state) ?? false);
		case 'elapsed':
			return !(condition.op.startsWith('>') && condition.ms >= scenario.minutes * 60_000);
		default:
			return true;
	}
}
