import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openToolServer, type ToolServer } from '../../../../tests/support/tool-server.ts';
import { shippedScenario } from '../../../../tests/support/scenarios.ts';
import { openTestMuster, TestPerson, type Started, type TestMuster } from '../../../../tests/support/test-muster.ts';
import { toolToken } from './access.ts';

let test: TestMuster;
let tools: ToolServer;
let run: Started;
let host: TestPerson;

beforeAll(async () => {
	test = await openTestMuster({ compiled: [shippedScenario('high-error-rate-bad-deploy')] });
	tools = await openToolServer(test.muster);
	run = await test.start();
	host = await TestPerson.enter(test.url, run);
	await host.must({ type: 'beginRun' });
	await test.pass(600);
});
afterAll(async () => {
	host.socket.disconnect();
	await tools.close();
	await test.close();
});

interface Body {
	status: string;
	// Whatever the endpoint gives; each test says what it expects.
	data: never;
	errorType?: string;
	error?: string;
}
const get = async (path: string, init?: RequestInit) => {
	const response = await tools.ask(run.incidentId, path, init);
	return { status: response.status, body: (await response.json()) as Body };
};
const now = () => test.muster.hub.context.now() / 1000;

describe('asking', () => {
	it('answers a query of now with the present', async () => {
		const { status, body } = await get('api/v1/query?query=count(up)');
		expect(status).toBe(200);
		expect(body).toMatchObject({ status: 'success', data: { resultType: 'vector', result: [{ metric: {} }] } });
		const [{ value }] = (body.data as { result: { value: [number, string] }[] }).result as [
			{ value: [number, string] }
		];
		expect(value[0]).toBe(now());
		expect(Number(value[1])).toBeGreaterThan(5);
	});

	it('gives samples that end at the wall time of the client', async () => {
		const { body } = await get(`api/v1/query?query=timestamp(up)&time=${now()}`);
		const stamps = (body.data as { result: { value: [number, string] }[] }).result.map(({ value }) => Number(value[1]));
		expect(Math.max(...stamps)).toBeLessThanOrEqual(now());
		expect(Math.max(...stamps)).toBeGreaterThan(now() - 20);
	});

	it('keeps its shift while the run goes on, and moves it at a pause', async () => {
		const last = async () => {
			const { body } = await get('api/v1/query?query=max(timestamp(up{job="redis"}))');
			return Number((body.data as { result: { value: [number, string] }[] }).result[0]?.value[1]);
		};
		const before = await last();
		await test.pass(30);
		expect((await last()) - before).toBe(30);
		await host.must({ type: 'pauseRun', reason: 'a break', cause: 'host' });
		const paused = await last();
		await test.pass(300);
		expect((await last()) - paused).toBe(300);
		await host.must({ type: 'resumeRun' });
	});

	it('takes absolute simulated times with clock=sim', async () => {
		const { startsAt } = shippedScenario('high-error-rate-bad-deploy');
		const at = startsAt / 1000 + 300;
		const { body } = await get(`api/v1/query?clock=sim&query=time()&time=${at}`);
		expect(body.data).toEqual({ resultType: 'scalar', result: [at, String(at)] });
		const up = await get(`api/v1/query?clock=sim&query=count(up)&time=${at}`);
		expect(up.body.data).toMatchObject({ result: [{ value: [at, expect.any(String)] }] });
	});

	it('answers a range with what rules recorded, too', async () => {
		const range = `start=${now() - 300}&end=${now()}&step=15`;
		const { body } = await get(`api/v1/query_range?query=job:slo_errors:ratio_rate5m&${range}`);
		expect(body.data).toMatchObject({ resultType: 'matrix' });
		const [series] = (body.data as { result: { metric: object; values: unknown[] }[] }).result;
		expect(series?.metric).toMatchObject({ __name__: 'job:slo_errors:ratio_rate5m' });
		expect(series?.values).toHaveLength(21);
	});

	it('shows nothing that is still to come', async () => {
		const { body } = await get(`api/v1/query?query=up&time=${now() + 3600}`);
		expect(body.data).toEqual({ resultType: 'vector', result: [] });
	});
});

describe('looking around', () => {
	it.each([
		['api/v1/labels', expect.arrayContaining(['__name__', 'instance', 'job', 'service'])],
		['api/v1/label/job/values', expect.arrayContaining(['core-api', 'redis'])],
		['api/v1/label/job/values?match[]=pg_up', ['postgres']],
		['api/v1/label/nothing/values', []],
		['api/v1/format_query?query=sum(rate(x[5m]))by(y)', 'sum by (y) (rate(x[5m]))'],
		['api/v1/metadata?metric=up', { up: [{ type: 'gauge', help: expect.any(String), unit: '' }] }]
	])('%s', async (path, expected) => {
		const { status, body } = await get(path);
		expect(status).toBe(200);
		expect(body.data).toEqual(expected);
	});

	it('tells types only of families that are there', async () => {
		const { body } = await get('api/v1/metadata');
		expect(Object.keys(body.data)).toContain('http_request_duration_seconds');
		expect(Object.keys(body.data)).not.toContain('mysql_up');
	});

	it('lists series by selector, limited and saying so', async () => {
		const { body } = await get('api/v1/series?match[]=up&match[]=redis_up&limit=2');
		expect(body).toMatchObject({ data: { length: 2 }, warnings: ['results truncated due to limit'] });
		const none = await get('api/v1/series');
		expect(none).toMatchObject({
			status: 400,
			body: { errorType: 'bad_data', error: 'no match[] parameter provided' }
		});
	});

	it('tells the rules and what fires', async () => {
		const { body } = await get('api/v1/rules?type=alert');
		const rules = (body.data as { groups: { rules: { name: string; state: string }[] }[] }).groups.flatMap(
			(g) => g.rules
		);
		expect(rules.find(({ name }) => name === 'HighErrorRate')?.state).toBe('firing');
		const alerts = await get('api/v1/alerts');
		expect(alerts.body.data).toMatchObject({
			alerts: expect.arrayContaining([
				expect.objectContaining({
					state: 'firing',
					labels: expect.objectContaining({ alertname: 'HighErrorRate' }),
					value: expect.stringMatching(/^\d(\.\d+)?e[-+]\d\d+$/)
				})
			])
		});
		const firing = await get('api/v1/query?query=ALERTS{alertname="HighErrorRate",alertstate="firing"}');
		const standing = (alerts.body.data as { alerts: { labels: { alertname: string }; state: string }[] }).alerts.filter(
			({ labels, state }) => labels.alertname === 'HighErrorRate' && state === 'firing'
		);
		expect((firing.body.data as { result: unknown[] }).result).toHaveLength(standing.length);
	});

	it('gives exemplars whose traces stand in the log', async () => {
		const query = encodeURIComponent(
			'histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{service="core-api"}[5m])))'
		);
		const { body } = await get(`api/v1/query_exemplars?query=${query}&start=${now() - 300}&end=${now()}`);
		const groups = body.data as { seriesLabels: { le: string }; exemplars: { labels: object; value: string }[] }[];
		expect(groups.length).toBeGreaterThan(3);
		for (const { seriesLabels, exemplars } of groups) {
			expect(exemplars[0]?.labels).toMatchObject({ trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
			expect(Number(exemplars[0]?.value)).toBeLessThanOrEqual(Number(seriesLabels.le.replace('+Inf', 'Infinity')));
		}
	});

	it('says nothing of the scenario in its configuration', async () => {
		for (const path of ['config', 'flags', 'buildinfo', 'runtimeinfo']) {
			const { status, body } = await get(`api/v1/status/${path}`);
			expect(status).toBe(200);
			expect(JSON.stringify(body)).not.toMatch(/bad-deploy|high-error-rate/);
		}
	});

	it('exposes its samples without timestamps', async () => {
		const metrics = await (await tools.ask(run.incidentId, 'metrics')).text();
		expect(metrics).toMatch(
			/^# HELP http_requests_total .+\n# TYPE http_requests_total counter\nhttp_requests_total\{/m
		);
		expect(metrics).toMatch(/^# TYPE http_request_duration_seconds histogram$/m);
		expect(metrics).not.toMatch(/ALERTS|ratio_rate5m/);
		for (const line of metrics.split('\n').filter((line) => line && !line.startsWith('#'))) {
			expect(line).toMatch(/^[a-zA-Z_:][\w:]*(\{.*\})? (NaN|[+-]?Inf|-?\d[\d.e+-]*)$/);
		}
		const federated = await (
			await tools.ask(run.incidentId, 'federate?match[]={__name__=~"job:.*"}&match[]=ALERTS')
		).text();
		expect(federated).toMatch(/^# TYPE ALERTS untyped\nALERTS\{/m);
		expect(federated).toMatch(/^job:slo_errors:ratio_rate5m\{/m);
		expect(federated).not.toMatch(/^up/m);
	});
});

describe('being wrong', () => {
	it.each([
		['api/v1/query?query=sum(', 400, 'bad_data', /^invalid parameter "query": 1:5: parse error: /],
		['api/v1/query?query=', 400, 'bad_data', /^invalid parameter "query": .*parse error/],
		[
			'api/v1/query?query=up&time=soon',
			400,
			'bad_data',
			/^invalid parameter "time": cannot parse "soon" to a valid timestamp$/
		],
		[
			'api/v1/query_range?query=up&start=2&end=1&step=1',
			400,
			'bad_data',
			/^invalid parameter "end": end timestamp must not/
		],
		[
			'api/v1/query_range?query=up&start=1&end=2&step=0',
			400,
			'bad_data',
			/^invalid parameter "step": zero or negative/
		],
		[
			'api/v1/query_range?query=up&start=1&end=2&step=x',
			400,
			'bad_data',
			/^invalid parameter "step": cannot parse "x"/
		],
		[
			'api/v1/query_range?query=up&start=0&end=99999&step=1',
			400,
			'bad_data',
			/^exceeded maximum resolution of 11,000 points/
		],
		['api/v1/query_range?query=up[5m]&start=1&end=2&step=1', 400, 'bad_data', /invalid expression type "range vector"/],
		['api/v1/query?query=label_replace(up,"a","b","c","(")', 422, 'execution', /./],
		['api/v1/label/9/values', 400, 'bad_data', /^invalid label name: "9"/],
		['api/v1/rules?type=x', 400, 'bad_data', /not supported value/],
		['api/v1/query?query=up&clock=moon', 400, 'bad_data', /^invalid parameter "clock"/],
		['api/v1/read', 404, 'not_found', /remote read is not offered/],
		['api/v1/nothing', 404, 'not_found', /there is no "api\/v1\/nothing" here/],
		['api/v1/toString', 404, 'not_found', /there is no/]
	])('%s', async (path, status, errorType, error) => {
		expect(await get(path)).toEqual({
			status,
			body: { status: 'error', errorType, error: expect.stringMatching(error) }
		});
	});

	it('wants the token of this run', async () => {
		const other = await toolToken(test.muster.storage, 'another');
		const path = `${tools.base(run.incidentId)}/api/v1/query?query=1`;
		for (const headers of [{}, { authorization: `Bearer ${other}` }, { authorization: 'Basic !!' }]) {
			const response = await fetch(path, { headers: headers as Record<string, string> });
			expect(response.status).toBe(401);
			expect(response.headers.get('www-authenticate')).toMatch(/^Basic /);
			expect(await response.json()).toMatchObject({ status: 'error', errorType: 'unauthorized' });
		}
	});

	it('takes it in four ways', async () => {
		const token = await toolToken(test.muster.storage, run.incidentId);
		const base = tools.base(run.incidentId);
		const basic = `Basic ${Buffer.from(`anybody:${token}`).toString('base64')}`;
		for (const [url, authorization] of [
			[`${base}/api/v1/query?query=1`, `Bearer ${token}`],
			[`${base}/api/v1/query?query=1`, basic],
			[`${base}/api/v1/query?query=1&token=${token}`, ''],
			[`${base}/t/${token}/api/v1/query?query=1`, '']
		] as const) {
			const response = await fetch(url, { headers: authorization ? { authorization } : {} });
			expect(response.status).toBe(200);
		}
	});
});
