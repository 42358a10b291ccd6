import type { Condition } from '../condition.ts';
import type { FaultSpec, MitigationSpec, Scenario } from '../scenario.schema.ts';
import type { Findings } from './context.ts';
import { edgesOf, FaultGraph, RECOVERED } from './fault-graph.ts';
import { allConditions, leaves } from './names.ts';
import { Possible } from './possible.ts';

/** States that nothing leads to, states without a way out, machines without an end, actions without any effect, injects that cannot come. */
export function checkReachability(findings: Findings): void {
	const { scenario } = findings.content;
	const { scenario: source } = findings.sources;
	const possible = new Possible(scenario);
	scenario.faults.forEach((fault, index) => {
		const spin = spinningIn(fault);
		if (spin) {
			const message = `this goes round for ever within no time: ${spin.join(' > ')}. Give one of them an \`after\``;
			findings.error(source, ['faults', index, 'states', spin[0] ?? ''], 'endless_machine', message, 'key');
			return;
		}
		if (!Object.hasOwn(fault.states, fault.initial)) return;
		const graph = new FaultGraph(fault, edgesOf(scenario, fault, possible));
		const reached = graph.reached();
		const recovered = new Set(
			Object.entries(fault.states).flatMap(([state, { phase }]) => (RECOVERED.includes(phase) ? [state] : []))
		);
		for (const [state, spec] of Object.entries(fault.states)) {
			const path = ['faults', index, 'states', state];
			const led = reached.get(state);
			if (led === undefined) {
				const message = `nothing leads to "${state}": add a transition or a mitigation to it, or take it out`;
				findings.warning(source, path, 'unreachable_state', message, 'key');
			} else if (!recovered.has(state) && spec.phase !== 'lost' && graph.way(state, recovered) === null) {
				const how = led.filter((by) => by !== 'xstate.init').join(' > ');
				const message = `there is no way out of "${state}"${how === '' ? '' : ` (reached by ${how})`} to a mitigated or resolved state: add one, or mark it \`phase: lost\``;
				findings.warning(source, path, 'dead_end', message, 'key');
			}
		}
		if (endsWellAlone(fault)) {
			const message = `fault ${fault.id} passes by itself, by time alone: doing nothing would win`;
			findings.warning(source, ['faults', index, 'id'], 'wins_alone', message);
		}
	});
	checkMitigations(findings, possible);
	scenario.injects.forEach((inject, index) => {
		if (inject.at !== undefined && inject.at >= scenario.minutes * 60_000) {
			const message = `the run ends after ${scenario.minutes} minutes, before this comes`;
			findings.warning(source, ['injects', index, 'at'], 'inject_never', message);
		}
		if (inject.when !== undefined && !possible.canHold(inject.when)) {
			const message = 'this can never hold: what it asks for cannot come to be, or the run has ended by then';
			findings.warning(source, ['injects', index, 'when'], 'inject_never', message);
		}
	});
}

function checkMitigations(findings: Findings, possible: Possible): void {
	const { scenario } = findings.content;
	const { scenario: source } = findings.sources;
	const asked = new Set(
		allConditions(scenario).flatMap(({ condition }) =>
			leaves(condition).flatMap((leaf) => (leaf.type === 'action' ? [leaf.id] : []))
		)
	);
	scenario.mitigations.forEach((mitigation, index) => {
		if (mitigation.needs !== undefined && !possible.canHold(mitigation.needs)) {
			const message = 'this can never hold, so that nobody can ever carry it out: ask for less';
			findings.warning(source, ['mitigations', index, 'needs'], 'mitigation_never', message);
			return;
		}
		if (asked.has(mitigation.id) || movesAnything(scenario, mitigation, possible)) return;
		if (mitigation.verdict === 'ineffective' || mitigation.harm !== undefined) return;
		const message = `"${mitigation.id}" is ${mitigation.verdict} but changes nothing anywhere: give it a \`to\`, an effect, a \`harm\`, or a condition that asks for it`;
		findings.warning(source, ['mitigations', index, 'verdict'], 'no_effect', message);
	});
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

/** Whether a mitigation can move a fault out of a state that it can be in, or touches the system in any other way. */
function movesAnything(scenario: Scenario, mitigation: MitigationSpec, possible: Possible): boolean {
	return (
		mitigation.during.length > 0 ||
		mitigation.after.length > 0 ||
		mitigation.deploys !== undefined ||
		mitigation.restarts !== undefined ||
		mitigation.scales !== undefined ||
		scenario.faults.some((fault) =>
			[...(possible.reachable.get(fault.id) ?? [])].some((state) => {
				const own = fault.states[state]?.on[mitigation.id];
				const applies = mitigation.from.length === 0 || mitigation.from.includes(state);
				const to = own ?? (applies ? mitigation.to[fault.id] : undefined);
				return to !== undefined && to !== 'same' && to !== state;
			})
		)
	);
}

/**
 * A circle of states that is run through without any time passing, once it is entered: by timers of no time, or by conditions
 * that, once true, stay true.
 */
function spinningIn(fault: FaultSpec): string[] | null {
	const at = (state: string, trail: readonly string[]): string[] | null => {
		if (trail.includes(state)) return [...trail.slice(trail.indexOf(state)), state];
		for (const { after, when, to } of fault.states[state]?.next ?? []) {
			const instant = after === undefined ? when !== undefined && staysTrue(when) : after <= 0;
			const found = instant ? at(to, [...trail, state]) : null;
			if (found) return found;
		}
		return null;
	};
	for (const state of Object.keys(fault.states)) {
		const found = at(state, []);
		if (found) return found;
	}
	return null;
}

function staysTrue(condition: Condition): boolean {
	switch (condition.type) {
		case 'and':
			return condition.all.every(staysTrue);
		case 'or':
			return condition.any.some(staysTrue);
		case 'visited':
		case 'action':
		case 'evidence':
		case 'declared':
		case 'acknowledged':
		case 'answered':
			return true;
		case 'elapsed':
		case 'clock':
			return condition.op.startsWith('>');
		default:
			return false;
	}
}
