// What of a scenario is for facilitators alone.

import type { Spoilers } from '../../protocol/learning.ts';
import { conditionText, timeText } from '../../scenario/condition-text.ts';
import type { CompiledScenario } from '../../scenario/library.ts';

export function spoilersOf({ scenario, runbooks }: CompiledScenario): Spoilers {
	const { truth, faults, mitigations, injects, diagnostics, hints, facilitator_notes: notes } = scenario;
	const runbook = runbooks.find(({ id }) => id === truth.runbook);
	return {
		rootCause: truth.root_cause,
		trigger: truth.trigger,
		customersSee: truth.customers_see,
		whys: truth.whys.map(({ question, answer, root_cause: root }) => ({ question, answer, root })),
		herrings: truth.red_herrings,
		runbook: runbook?.name ?? null,
		faults: faults.map(({ id, states }) => ({
			id,
			states: Object.entries(states).map(([state, { phase, note = '', next, on }]) => ({
				id: state,
				phase,
				note,
				leads: [
					...next.map(({ after, when, to }) => {
						const why = [
							after === undefined ? '' : `after ${timeText(after)}`,
							when ? `when ${conditionText(when)}` : ''
						];
						return `${to} ${why.filter((part) => part !== '').join(' and ')}`.trim();
					}),
					...Object.entries(on).map(([action, to]) => `${to === 'same' ? 'stays' : to} on ${action}`)
				]
			}))
		})),
		evidence: diagnostics
			.filter(({ proves }) => proves !== 'context')
			.map(({ title, command, proves }) => ({ title, command, proves })),
		mitigations: mitigations.map(({ name, verdict, why, harm }) => ({ name, verdict, why, harm: harm?.what ?? '' })),
		injects: injects.map(({ at, when, channel, from, text, expected }) => ({
			when: at !== undefined ? `at ${timeText(at)}` : when ? `when ${conditionText(when)}` : '',
			channel,
			from,
			text,
			expected
		})),
		alerts: truth.alerts.map(({ name, from, by }) => ({ name, fromMs: from, byMs: by })),
		hints,
		questions: truth.debrief,
		notes
	};
}
