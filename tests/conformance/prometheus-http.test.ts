// The HTTP API of a run against what Prometheus publishes of its own (an OpenAPI document), and against what real clients were
// seen to send. Skipped, by name, where the shared data is missing.

import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shippedScenario } from '../support/scenarios.ts';
import { openTestMuster, TestPerson, type Started, type TestMuster } from '../support/test-muster.ts';
import { openToolServer, type ToolServer } from '../support/tool-server.ts';

const folder = join(process.cwd(), '../shared/conformance/http');
const documentFile = join(folder, 'prometheus-openapi.yaml');
const requestsFile = join(folder, 'client-requests.json');

interface Operation {
	responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
interface Document {
	paths: Record<string, { get?: Operation; post?: Operation }>;
}
interface Recorded {
	m: string;
	u: string;
	ct: string;
	ua: string;
	acc?: string;
	body: string;
}

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
	await test.pass(420);
});
afterAll(async () => {
	host.socket.disconnect();
	await tools.close();
	await test.close();
});

const now = () => test.muster.hub.context.now() / 1000;
/** Paths of the document with parameters under which they have something to say. */
const asked: [path: string, parameters: () => string][] = [
	['/query', () => 'query=up'],
	['/query', () => 'query=1'],
	['/query', () => 'query=rate(http_requests_total[5m])>0.5'],
	['/query', () => 'query=http_requests_total[1m]'],
	['/query', () => 'query=-http_requests_total/0'],
	['/query', () => 'query=rate(up[5m])'],
	['/query_range', () => `query=sum(rate(http_requests_total[5m]))&start=${now() - 600}&end=${now()}&step=30`],
	['/query_exemplars', () => `query=http_request_duration_seconds_bucket&start=${now() - 300}&end=${now()}`],
	['/format_query', () => 'query=up'],
	[
		'/parse_query',
		() => 'query=sum by (a) (rate(b{c="d"}[5m] offset 1m)) > bool on (a) group_left () max_over_time(e[1h:1m])'
	],
	['/labels', () => ''],
	['/labels', () => `match[]=up&start=${now() - 60}&end=${now()}`],
	['/label/{name}/values', () => ''],
	['/series', () => 'match[]=up'],
	['/metadata', () => ''],
	['/targets', () => ''],
	['/rules', () => ''],
	['/rules', () => 'type=alert&exclude_alerts=true'],
	['/alerts', () => ''],
	['/alertmanagers', () => ''],
	['/status/config', () => ''],
	['/status/runtimeinfo', () => ''],
	['/status/buildinfo', () => ''],
	['/status/flags', () => '']
];

describe.skipIf(!existsSync(documentFile))('answers as the OpenAPI document of Prometheus has them', () => {
	const ajv = new Ajv2020({ strict: false, allErrors: true });
	addFormats(ajv);
	let document: Document;
	beforeAll(() => {
		document = parse(readFileSync(documentFile, 'utf8')) as Document;
		ajv.addSchema(document as object, 'prometheus');
	});
	const check = (path: string, method: 'get' | 'post', status: '200' | 'default', body: unknown) => {
		const at = [path, method, 'responses', status, 'content', 'application/json', 'schema']
			.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
			.join('/');
		const validate = ajv.getSchema(`prometheus#/paths/${at}`) ?? ajv.compile({ $ref: `prometheus#/paths/${at}` });
		expect(validate(body), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
	};

	it.each(asked)('GET %s?%s', async (path, parameters) => {
		const query = parameters().replaceAll('[', '%5B').replaceAll(' ', '%20');
		const response = await tools.ask(run.incidentId, `api/v1${path.replace('{name}', 'job')}?${query}`);
		const body: unknown = await response.json();
		expect(response.status, JSON.stringify(body).slice(0, 300)).toBe(200);
		check(path, 'get', '200', body);
	});

	it.each(asked.filter(([path]) => /^\/(query|labels|series|format|parse)/.test(path)))(
		'POST %s %s',
		async (path, parameters) => {
			const body = new URLSearchParams(parameters());
			const response = await tools.ask(run.incidentId, `api/v1${path}`, { method: 'POST', body });
			expect(response.status).toBe(200);
			check(path, 'post', '200', await response.json());
		}
	);

	it.each(['/query', '/query_range', '/series', '/format_query', '/query_exemplars'])(
		'the error of %s',
		async (path) => {
			const response = await tools.ask(run.incidentId, `api/v1${path}?query=sum(&start=1&end=2&step=1`);
			expect(response.status).toBe(400);
			check(path, 'get', 'default', await response.json());
		}
	);
});

describe.skipIf(!existsSync(requestsFile))('requests of real clients, as they were recorded', () => {
	const requests = existsSync(requestsFile) ? (JSON.parse(readFileSync(requestsFile, 'utf8')) as Recorded[]) : [];
	/** What each is answered with: a status, and what stands in the answer. */
	const expected: Record<string, [status: number, says: RegExp]> = {
		'POST /api/v1/query': [200, /"resultType":"vector"/],
		'POST /api/v1/query_range': [200, /"resultType":"matrix","result":\[\]/],
		'GET /api/v1/series': [200, /^\{"status":"success","data":\[\]\}$/],
		'GET /api/v1/label/job/values': [200, /"core-api"/],
		'POST /api/v1/read': [404, /remote read is not offered/],
		'GET /metrics': [200, /^# HELP /],
		'GET /federate': [200, /^# TYPE .* untyped$/m],
		'POST /api/v2/alerts': [404, /Send alerts to an Alertmanager/],
		'POST /hook': [404, /there is no .*hook/]
	};

	it('are all known', () => {
		expect(requests.map(({ m, u }) => `${m} ${u.split('?')[0]}`).sort()).toEqual(Object.keys(expected).sort());
	});

	it.each(requests)('$m $u', async ({ m, u, ct, ua, acc, body }) => {
		const headers = { 'user-agent': ua, ...(ct && { 'content-type': ct }), ...(acc && { accept: acc }) };
		const init = { method: m, headers, ...(m === 'POST' && { body }) };
		const response = await tools.ask(run.incidentId, u.slice(1), init);
		const [status, says] = expected[`${m} ${u.split('?')[0]}`] ?? [0, /^$/];
		expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(says)]);
	});

	it('vmalert: parameters in the address, a JSON content type and an empty body', async () => {
		const path = `api/v1/query?query=${encodeURIComponent('count(up)')}&step=15s&time=${Math.floor(now())}`;
		const headers = { 'content-type': 'application/json' };
		const response = await tools.ask(run.incidentId, path, { method: 'POST', headers, body: '' });
		expect(await response.json()).toMatchObject({ status: 'success', data: { result: [{ metric: {} }] } });
	});
});
