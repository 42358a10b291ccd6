import { describe, expect, it } from 'vitest';
import {
	compileRules,
	createMemoryStore,
	emptyRuleState,
	evaluateRules,
	type RuleFile,
	type RuleState,
	type Transition
} from '../index.ts';

const requests = (shareOf: (step: number) => number) => {
	const store = createMemoryStore();
	const totals = { '200': 0, '500': 0 };
	for (let step = 0; step <= 240; step += 1) {
		const share = shareOf(step);
		totals['500'] += 1000 * share;
		totals['200'] += 1000 * (1 - share);
		for (const status of ['200', '500'] as const) {
			store.append({ __name__: 'http_requests_total', service: 'checkout', status }, step * 15_000, totals[status]);
		}
	}
	return store;
};

function run(
	file: RuleFile,
	queryable: ReturnType<typeof createMemoryStore>,
	untilMs: number
): { state: RuleState; transitions: Transition[]; errors: string[]; store: ReturnType<typeof createMemoryStore> } {
	const compiled = compileRules(file);
	if (!compiled.ok) throw new Error(compiled.error.message);
	const store = createMemoryStore();
	let state = emptyRuleState;
	const transitions: Transition[] = [];
	const errors: string[] = [];
	for (let timeMs = 0; timeMs <= untilMs; timeMs += 15_000) {
		const step = evaluateRules(compiled.value, state, queryable, timeMs, { store });
		// State must survive storage between any two evaluations.
		state = JSON.parse(JSON.stringify(step.state)) as RuleState;
		transitions.push(...step.transitions);
		errors.push(...step.errors.map(({ error }) => error.message));
	}
	return { state, transitions, errors, store };
}

const ratio =
	'sum by (service) (rate(http_requests_total{status=~"5.."}[5m])) / sum by (service) (rate(http_requests_total[5m]))';

describe('evaluateRules', () => {
	it('takes an alert from pending over firing to resolved', () => {
		const data = requests((step) => (step >= 40 && step < 80 ? 0.5 : 0.001));
		const { transitions, errors } = run(
			{
				groups: [
					{
						name: 'slo',
						rules: [
							{
								alert: 'HighErrorRate',
								expr: `${ratio} > 0.05`,
								for: '2m',
								labels: { severity: 'page' },
								annotations: { summary: '{{ $labels.service }} fails {{ $value | humanizePercentage }}' }
							}
						]
					}
				]
			},
			data,
			3_600_000
		);
		expect(errors).toEqual([]);
		expect(transitions.map(({ kind, labels }) => [kind, labels])).toEqual(
			['pending', 'firing', 'resolved'].map((kind) => [
				kind,
				{ alertname: 'HighErrorRate', service: 'checkout', severity: 'page' }
			])
		);
		const [pending, firing] = transitions;
		expect((firing?.atMs ?? 0) - (pending?.atMs ?? 0)).toBe(120_000);
		expect(firing?.annotations.summary).toMatch(/^checkout fails \d\d\.?\d*%$/);
	});

	it('drops a pending alert that did not last', () => {
		const data = requests((step) => (step === 40 ? 1 : 0));
		const { transitions } = run(
			{
				groups: [
					{ name: 'g', rules: [{ alert: 'A', expr: 'rate(http_requests_total{status="500"}[30s]) > 0', for: '5m' }] }
				]
			},
			data,
			1_800_000
		);
		expect(transitions.map(({ kind }) => kind)).toEqual(['pending', 'inactive']);
	});

	it('keeps firing for as long as told', () => {
		const data = requests((step) => (step === 40 ? 1 : 0));
		const { transitions } = run(
			{
				groups: [
					{
						name: 'g',
						rules: [{ alert: 'A', expr: 'increase(http_requests_total{status="500"}[30s]) > 0', keep_firing_for: '5m' }]
					}
				]
			},
			data,
			1_800_000
		);
		expect(transitions.map(({ kind }) => kind)).toEqual(['firing', 'resolved']);
		expect((transitions[1]?.atMs ?? 0) - (transitions[0]?.atMs ?? 0)).toBe(15_000 + 300_000);
	});

	it('lets a rule read what an earlier one recorded, at once and over time', () => {
		const data = requests((step) => (step >= 40 ? 0.5 : 0));
		const { transitions, store, errors } = run(
			{
				groups: [
					{
						name: 'g',
						rules: [
							{ record: 'service:errors:ratio', expr: ratio, labels: { team: 'shop' } },
							{ alert: 'Now', expr: 'service:errors:ratio > 0.05' },
							{ alert: 'Lasting', expr: 'min_over_time(service:errors:ratio[2m]) > 0.05' },
							{
								alert: 'Both',
								expr: 'ALERTS{alertname="Now", alertstate="firing"} and on (service) ALERTS{alertname="Lasting"}'
							}
						]
					}
				]
			},
			data,
			1_200_000
		);
		expect(errors).toEqual([]);
		expect(transitions.map(({ alert, kind }) => `${alert} ${kind}`)).toEqual([
			'Now firing',
			'Lasting firing',
			'Both firing'
		]);
		expect(transitions[0]?.labels).toEqual({ alertname: 'Now', service: 'checkout', team: 'shop' });
		expect((transitions[1]?.atMs ?? 0) - (transitions[0]?.atMs ?? 0)).toBe(105_000);
		expect(store.series.map(({ labels }) => labels.__name__)).toContain('ALERTS_FOR_STATE');
	});

	it('evaluates a group only at its interval', () => {
		const data = requests(() => 0.5);
		const { store } = run(
			{ groups: [{ name: 'slow', interval: '1m', rules: [{ record: 'r', expr: 'vector(1)' }] }] },
			data,
			600_000
		);
		expect(store.series[0]?.length).toBe(11);
	});

	it('answers queries of templates at the time of the alert', () => {
		const data = requests(() => 0.5);
		const text =
			'{{ with query "sum by (status) (http_requests_total)" }}{{ range . | sortByLabel "status" }}{{ .Labels.status }}={{ .Value | printf "%.0f" }} {{ end }}{{ end }}';
		const { state } = run(
			{ groups: [{ name: 'g', rules: [{ alert: 'A', expr: 'vector(1)', annotations: { text } }] }] },
			data,
			150_000
		);
		expect(Object.values(state.alerts['g/A'] ?? {})[0]?.annotations.text).toBe('200=5500 500=5500 ');
	});

	it('names a rule that fails, and goes on with the others', () => {
		const data = requests(() => 0.5);
		const { errors, transitions } = run(
			{
				groups: [
					{
						name: 'g',
						rules: [
							{ alert: 'Twice', expr: 'http_requests_total / on (service) http_requests_total > 0' },
							{ alert: 'Fine', expr: 'vector(1)' }
						]
					}
				]
			},
			data,
			0
		);
		expect(errors).toEqual([
			expect.stringMatching(
				/^rule g\/Twice: found duplicate series for the match group \{service="checkout"\} on the right hand-side/
			)
		]);
		expect(transitions.map(({ alert }) => alert)).toEqual(['Fine']);
	});

	it('gives the same whether compiled once or anew at every evaluation', () => {
		const data = requests((step) => (step % 40 < 20 ? 0.5 : 0));
		const file: RuleFile = {
			groups: [
				{
					name: 'g',
					rules: [
						{ record: 'r', expr: ratio },
						{ alert: 'A', expr: 'avg_over_time(r[1m]) > 0.05', for: '1m' }
					]
				}
			]
		};
		const once = run(file, data, 3_600_000);
		const store = createMemoryStore();
		let state = emptyRuleState;
		const transitions: Transition[] = [];
		for (let timeMs = 0; timeMs <= 3_600_000; timeMs += 15_000) {
			const compiled = compileRules(file);
			if (!compiled.ok) throw new Error(compiled.error.message);
			const step = evaluateRules(compiled.value, state, data, timeMs, { store });
			state = step.state;
			transitions.push(...step.transitions);
		}
		expect(transitions).toEqual(once.transitions);
		expect(state).toEqual(once.state);
		expect(transitions.length).toBeGreaterThan(6);
	});
});

describe('compileRules', () => {
	it.each([
		[
			{ alert: 'A', expr: 'sum(' },
			'group "g", rule 1, "A": 1:5: could not parse expression: unexpected end of input, expected an expression',
			'groups[0].rules[0].expr'
		],
		[
			{ alert: 'A', expr: 'up', for: '5 minutes' },
			'group "g", rule 1, "A": not a valid duration string: "5 minutes"',
			'groups[0].rules[0].for'
		],
		[
			{ alert: 'A', expr: 'up', annotations: { summary: '{{ $labels.x | nope }}' } },
			'group "g", rule 1, "A": 1:16: template of annotation "summary": function "nope" not defined',
			'groups[0].rules[0].annotations.summary'
		],
		[
			{ record: 'r', expr: 'up', for: '1m' },
			`group "g", rule 1, "r": invalid field 'for' in recording rule`,
			'groups[0].rules[0].for'
		],
		[{ expr: 'up' }, `group "g", rule 1, "": one of 'record' or 'alert' must be set`, 'groups[0].rules[0].alert'],
		[
			{ alert: 'A', expr: 'up[5m]' },
			'group "g", rule 1, "A": rule result is not a vector or scalar but a range vector',
			'groups[0].rules[0].expr'
		]
	])('refuses %j', (rule, message, path) => {
		const compiled = compileRules({ groups: [{ name: 'g', rules: [rule] }] });
		expect(compiled).toMatchObject({ ok: false, error: { message, path } });
	});
});
