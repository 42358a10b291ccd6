import { describe, expect, it } from 'vitest';
import { parseSelector } from '../../promql/index.ts';
import { loadScenario } from '../../scenario/load.ts';
import { FIXTURE, FIXTURE_TOPOLOGIES } from '../../scenario/testing/fixture.ts';
import { createObservation } from '../../telemetry/index.ts';
import { createWorld, initialWorldState } from '../../world/index.ts';
import { readMapping, Renamer } from './mapping.ts';
import { rehearse, type RehearsalStep } from './session.ts';

const loaded = loadScenario('tiny-case', FIXTURE, FIXTURE_TOPOLOGIES);
if (!loaded.ok) throw new Error('the fixture loads');
const { compiled } = loaded;

const RULES = `groups:
  - name: team
    rules:
      - record: share
        expr: sum by (service) (rate(http_requests_total{status=~"5.."}[1m])) / sum by (service) (rate(http_requests_total[1m]))
      - alert: Late
        expr: share > 0.05
        for: 1m
      - alert: Soon
        expr: share{service="api"} > 0.008
      - alert: Always
        expr: up == 1
      - alert: Never
        expr: up == 0
      - alert: Broken
        expr: up * on (job) up > 0
`;

function steps(rules: string, mapping: string | null = null): RehearsalStep[] {
	const told: RehearsalStep[] = [];
	const request = {
		rules: { file: 'rules.yaml', text: rules },
		mapping: mapping === null ? null : { file: 'map.yaml', text: mapping },
		seed: '1'
	};
	rehearse([compiled], request, (step) => told.push(step));
	return told;
}

function resultOf(told: RehearsalStep[]) {
	const step = told.find((one) => one.type === 'scenario');
	if (step?.type !== 'scenario') throw new Error(`no result: ${JSON.stringify(told)}`);
	return step.result;
}

describe('a rehearsal', () => {
	const told = steps(RULES);
	const { team, muster, impactMs } = resultOf(told);
	const rule = (name: string) => team.rules.find(({ alert }) => alert === name);

	it('tells what it does, and ends', () => {
		expect(told[0]).toMatchObject({ type: 'checked', rules: 6 });
		const shares = told.flatMap((step) => (step.type === 'progress' ? [step.share] : []));
		expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
		expect(told.at(-1)).toMatchObject({ type: 'done', team: { scenarios: 1 } });
	});

	it('says when each rule fires, and how that stands to the impact', () => {
		expect(impactMs).toBeGreaterThan(20_000);
		const late = rule('Late');
		expect(late?.timing).toBe('after');
		expect(late?.leadMs).toBe((impactMs ?? 0) - (late?.firedMs ?? 0));
		expect((late?.firedMs ?? 0) - (late?.activeMs ?? 0)).toBe(60_000);
		expect(rule('Soon')?.firedMs).toBeLessThan(late?.firedMs ?? 0);
		expect(team.first?.alert).toBe('Soon');
		expect(team.missed).toBe(false);
	});

	it('tells false alarms from alarms', () => {
		const always = rule('Always');
		expect(always?.timing).toBe('silent');
		expect(always?.falseAlarms.length).toBeGreaterThan(0);
		expect(rule('Late')?.falseAlarms).toEqual([]);
		expect(rule('Never')).toBeUndefined();
		expect(team.silent).toBe(1);
	});

	it('names a rule that fails when it is evaluated', () => {
		expect(rule('Broken')?.problem).toContain('many-to-many');
	});

	it("has Muster's own rules beside it", () => {
		expect(muster.rules.map(({ alert }) => alert)).toEqual(['HighErrorRate']);
		expect(muster.falseAlarms).toBe(0);
	});

	it('says what is missed', () => {
		const { team } = resultOf(steps('groups: [{ name: g, rules: [{ alert: A, expr: up == 0 }] }]'));
		expect(team).toMatchObject({ rules: [], silent: 1, first: null, missed: true });
	});

	it('is the same every time', () => {
		expect(steps(RULES)).toEqual(told);
	});

	it('refuses a file without a rule', () => {
		expect(steps('groups: []')).toMatchObject([{ type: 'refused', problems: [{ code: 'no_rules' }] }]);
		expect(steps('groups: [')).toMatchObject([{ type: 'refused', problems: [{ code: 'yaml' }] }]);
	});
});

describe('a mapping', () => {
	const MAP = `metrics:
  http_requests_total: app_requests_total
  http_request_duration_seconds: { name: app_latency, labels: { endpoint: route } }
labels: { service: app, status: code }
add: { cluster: eu }
`;

	it('lets rules speak of what is measured under their own names', () => {
		const rules = RULES.replaceAll('http_requests_total', 'app_requests_total')
			.replaceAll('status', 'code')
			.replaceAll('service', 'app');
		const mapped = resultOf(steps(rules, MAP));
		const plain = resultOf(steps(RULES));
		const when = ({ team }: typeof plain) => team.rules.map(({ alert, firedMs, leadMs }) => [alert, firedMs, leadMs]);
		expect(when(mapped)).toEqual(when(plain));
		expect(mapped.team.rules.find(({ alert }) => alert === 'Soon')?.labels).toEqual([{ app: 'api' }]);
		expect(mapped.muster).toEqual(plain.muster);
	});

	it('renames metrics with their suffixes, labels, and adds some', () => {
		const read = readMapping('m', MAP, new Set(['http_requests_total', 'http_request_duration_seconds_bucket']));
		if (!read.ok) throw new Error(read.problems[0]?.message);
		const world = createWorld(compiled, 's');
		const queryable = new Renamer(read.mapping).over(createObservation(world).queryable(initialWorldState(world), 0));
		const select = (text: string) => {
			const selector = parseSelector(text);
			if (!selector.ok) throw new Error(selector.error.message);
			return queryable.select(selector.value, -60_000, 0);
		};
		const [bucket] = select('app_latency_bucket{app="api",route="/",cluster="eu",le="+Inf"}');
		expect(bucket?.labels.__name__).toBe('app_latency_bucket');
		expect(bucket?.length).toBeGreaterThan(0);
		expect(select('http_requests_total')).toEqual([]);
		expect(select('app_requests_total{service!=""}')).toEqual([]);
		expect(select('{__name__=~"app_requests.*"}').length).toBeGreaterThan(0);
		expect(select('app_requests_total')[0]).toBe(select('app_requests_total')[0]);
	});

	it.each([
		['metrics: { http_requests_totl: x }', 'did you mean http_requests_total?'],
		['metrics: { http_requests_total: x, up: x }', 'two metrics need two names'],
		['labels: { a: x, b: x }', 'two labels would be called x'],
		['series: {}', 'there is no field "series"'],
		['metrics: [a]', 'expected names with texts'],
		['labels: {', 'not valid YAML']
	])('refuses %j', (text, message) => {
		const [first] = steps(RULES, text);
		expect(first?.type).toBe('refused');
		expect(first?.type === 'refused' ? first.problems[0]?.message : '').toContain(message);
	});
});
