import { describe, expect, it } from 'vitest';
import { oomKill, podHistory } from '../world/index.ts';
import { createObservation, dashboardPanels } from './index.ts';
import { parse } from '../promql/index.ts';
import { ask, askOne, MIN, testWorld, troubled } from './testing.ts';

const { world, quiet } = testWorld();
const trouble = troubled(world, quiet);

/** Values of a query every half minute. */
function series(text: string, fromMin: number, toMin: number, state = quiet): number[] {
	const observation = createObservation(world);
	const values: number[] = [];
	for (let t = fromMin * MIN; t <= toMin * MIN; t += 30_000)
		values.push(askOne(observation.queryable(state, t), text, t));
	return values;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
function correlation(a: readonly number[], b: readonly number[]): number {
	return mean(a.map((value, i) => (value - mean(a)) * ((b[i] ?? 0) - mean(b)))) / (deviation(a) * deviation(b));
}

describe('the quiet baseline', () => {
	const rate = 'sum(rate(http_requests_total{service="api"}[1m]))';
	const cpu = 'sum(rate(container_cpu_usage_seconds_total{service="api"}[1m]))';

	it('is alive: traffic moves by a few per cent from minute to minute', () => {
		const values = series(rate, 0, 60);
		const relative = deviation(values) / mean(values);
		expect(relative).toBeGreaterThan(0.01);
		expect(relative).toBeLessThan(0.12);
	});

	it('errors are few, but not always the same', () => {
		const values = series(
			'sum(rate(http_requests_total{service="api",status=~"5.."}[1m])) / sum(rate(http_requests_total{service="api"}[1m]))',
			0,
			60
		);
		expect(mean(values)).toBeCloseTo(0.002, 3);
		expect(deviation(values)).toBeGreaterThan(0.00005);
		expect(Math.max(...values)).toBeLessThan(0.006);
	});

	it('signals of one service move together, those of two do not', () => {
		const traffic = series(rate, 0, 60);
		expect(correlation(traffic, series(cpu, 0, 60))).toBeGreaterThan(0.7);
		expect(
			Math.abs(correlation(traffic, series('sum(rate(http_requests_total{service="search"}[1m]))', 0, 60)))
		).toBeLessThan(0.5);
	});

	it('has the shape of the day', () => {
		const at = (hours: number) => {
			const t = hours * 60 * MIN;
			return askOne(
				createObservation(world).queryable(quiet, 0),
				`sum(rate(http_requests_total{service="lb"}[10m] offset ${-t / MIN}m))`,
				0
			);
		};
		expect(at(-24) / at(-7)).toBeGreaterThan(2.5);
	});

	it('looks healthy everywhere it is measured', () => {
		for (const minute of [0, 20, 40, 60]) {
			const health = createObservation(world).health(quiet, minute * MIN);
			expect(health.filter((each) => each.level === 'bad' || each.level === 'warn')).toEqual([]);
			expect(health.find((each) => each.service === 'psp')?.level).toBe('unknown');
		}
	});
});

describe('a fault at a leaf', () => {
	it('reaches the front after the delay of the dependency, and nothing that does not depend on it', () => {
		const errors = (service: string) =>
			`sum(rate(http_requests_total{service="${service}",status=~"5.."}[1m])) / sum(rate(http_requests_total{service="${service}"}[1m]))`;
		const [api, lb, search] = ['api', 'lb', 'search'].map((service) => series(errors(service), 0, 25, trouble));
		const first = (values: number[] | undefined) => (values ?? []).findIndex((value) => value > 0.03);
		expect(first(api)).toBeGreaterThan(0);
		expect(first(lb)).toBeGreaterThanOrEqual(first(api));
		expect(first(lb) - first(api)).toBeLessThan(4);
		expect(Math.max(...(search ?? []))).toBeLessThan(0.006);
		const last = (lb?.at(-1) ?? 0) / (api?.at(-1) ?? 1);
		expect(last).toBeGreaterThan(0.8);
		expect(last).toBeLessThan(1);
	});

	it('is what health says, in words and numbers', () => {
		const health = createObservation(world).health(trouble, 25 * MIN);
		const api = health.find((each) => each.service === 'api');
		expect(api?.level).toBe('bad');
		expect(api?.note).toMatch(/5xx \d+\.\d %/);
		expect(api?.errorRatio).toBeGreaterThan(0.1);
		expect(health.find((each) => each.service === 'search')?.level).toBe('ok');
		const early = createObservation(world).health(trouble, 4 * MIN);
		expect(early.find((each) => each.service === 'api')?.level).toBe('ok');
	});

	it('shows as latency at the front where it is contention', () => {
		const p95 = 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service="lb"}[2m])))';
		const queryable = createObservation(world).queryable(trouble, 30 * MIN);
		expect(askOne(queryable, p95, 28 * MIN)).toBeGreaterThan(1.8 * askOne(queryable, p95, 4 * MIN));
	});
});

describe('a killed container', () => {
	const killed = oomKill(trouble, 'search', 1, 8 * MIN);
	const pod = podHistory(world, killed, 'search').find((life) => life.ended === 'oom')?.name ?? '';

	it('is counted as a restart, and its memory begins anew', () => {
		const queryable = createObservation(world).queryable(killed, 10 * MIN);
		expect(
			askOne(queryable, `increase(kube_pod_container_status_restarts_total{pod="${pod}"}[5m])`, 10 * MIN)
		).toBeGreaterThan(0.9);
		expect(askOne(queryable, `resets(process_cpu_seconds_total{pod="${pod}"}[5m])`, 10 * MIN)).toBe(1);
		const memory = `container_memory_working_set_bytes{pod="${pod}"}`;
		expect(askOne(queryable, memory, 8.6 * MIN)).toBeLessThan(0.9 * askOne(queryable, memory, 7.9 * MIN));
	});
});

describe('panels and catalogue', () => {
	const panels = dashboardPanels(world.compiled);

	it('every panel has a query that parses, and series of its own', () => {
		const queryable = createObservation(world).queryable(trouble, 20 * MIN);
		const answers = new Map<string, Map<string, number>>();
		for (const panel of panels) {
			const parsed = parse(panel.query);
			expect(parsed.ok, panel.query).toBe(true);
			const answer = answers.get(panel.query) ?? ask(queryable, panel.query, 20 * MIN);
			answers.set(panel.query, answer);
			const own = [...answer.keys()].filter((key) =>
				Object.entries(panel.where).every(([name, value]) => key.split(',').includes(`${name}=${value}`))
			);
			expect(own.length, panel.id).toBeGreaterThan(0);
			if (panel.legend === '') expect(own.length, panel.id).toBe(1);
		}
		expect(answers.size).toBeLessThan(70);
	});

	it('have ids of their own', () => expect(new Set(panels.map((panel) => panel.id)).size).toBe(panels.length));

	it('every family that the catalogue names has its type and help', () => {
		const { families } = createObservation(world).catalogue();
		expect(new Set(families.map((family) => family.name)).size).toBe(families.length);
		expect(families.every((family) => family.help.endsWith('.'))).toBe(true);
	});

	it('tells changes as a metric, with their age', () => {
		const queryable = createObservation(world).queryable(trouble, 5 * MIN);
		const changes = [...ask(queryable, 'changes', 5 * MIN).keys()];
		expect(changes).toHaveLength(1);
		expect(changes[0]).toContain('age=15m');
		expect(changes[0]).toContain('version=1.5.0');
		expect(ask(queryable, 'changes{service="cache"}', 5 * MIN).size).toBe(0);
		expect(ask(createObservation(world).queryable(trouble, 7 * MIN), 'changes{service="cache"}', 7 * MIN).size).toBe(1);
	});
});
