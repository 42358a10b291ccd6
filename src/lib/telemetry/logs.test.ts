import { describe, expect, it } from 'vitest';
import { enterState, metricHandle, oomKill, requestsPerSecond } from '../world/index.ts';
import { compileLogPattern, createObservation, type LogQuery, type LogRecord } from './index.ts';
import { askOne, MIN, testWorld, troubled } from './testing.ts';

const { world, quiet } = testWorld();
const trouble = troubled(world, quiet);
const all: LogQuery = { fromMs: 20 * MIN, toMs: 24 * MIN, services: [], levels: [], text: '', limit: 100_000 };
const page = (query: Partial<LogQuery>, state = trouble) => createObservation(world).logs(state, { ...all, ...query });
const isRequest = (record: LogRecord) => 'http.response.status_code' in record.fields;
const failed = (record: LogRecord) => (record.fields['http.response.status_code'] ?? '').startsWith('5');

const field = (name: string, value: string, op: '=' | '!=' = '=') => ({ name, op, value });
function pattern(text: string) {
	const compiled = compileLogPattern(text);
	if (!compiled.ok) throw new Error(compiled.message);
	return compiled.pattern;
}

describe('logs and metrics', () => {
	it.each([
		['api', 2, 'quiet'],
		['api', 24, 'trouble'],
		['lb', 24, 'trouble'],
		['search', 24, 'trouble']
	])('%s at minute %i: the share of errors is the same, within the sampling error', (service, minute) => {
		const lines = page({ fromMs: (minute - 4) * MIN, toMs: minute * MIN, services: [service] }).records.filter(
			isRequest
		);
		const share = lines.filter(failed).length / lines.length;
		const ratio = `sum(rate(http_requests_total{service="${service}",status=~"5.."}[4m])) / sum(rate(http_requests_total{service="${service}"}[4m]))`;
		const metric = askOne(createObservation(world).queryable(trouble, minute * MIN), ratio, minute * MIN);
		const deviation = Math.sqrt((metric * (1 - metric)) / lines.length);
		expect(Math.abs(share - metric)).toBeLessThan(3.5 * deviation + 0.004);
	});

	it('as many lines as requests, one in so many of them', () => {
		const { records, sampledOneIn } = page({ services: ['lb'] });
		let requests = 0;
		for (let t = 20 * MIN; t < 24 * MIN; t += 1000) requests += requestsPerSecond(world, trouble, 'lb', t);
		const told = records.filter(isRequest).length * sampledOneIn;
		expect(told / requests).toBeGreaterThan(0.88);
		expect(told / requests).toBeLessThan(1.12);
	});

	it('errors are written by the version that has them, with the words of the fault', () => {
		const lines = page({ services: ['api'], levels: ['error'] }).records.filter(failed);
		const guilty = lines.filter((line) => line.version === '1.5.0');
		expect(guilty.length / lines.length).toBeGreaterThan(0.97);
		const worded = guilty.filter((line) => line.fields['error.type'] === 'NullCurrency');
		expect(worded.length / guilty.length).toBeGreaterThan(0.8);
		expect(worded.length / guilty.length).toBeLessThan(0.97);
		const line = worded[0];
		expect(line?.msg).toMatch(/^NullCurrency for .+ in req_[0-9a-f]{12}$/);
		expect(line?.fields.tenant).not.toContain('{');
		expect(line?.stack).toHaveLength(2);
		expect(line?.traceId).toMatch(/^[0-9a-f]{32}$/);
		expect(line?.spanId).toMatch(/^[0-9a-f]{16}$/);
	});

	it('who is only hit blames the service that it called', () => {
		const lines = page({ services: ['lb'], levels: ['error'] }).records;
		expect(
			lines.filter((line) => line.msg.includes('api answered with an error')).length / lines.length
		).toBeGreaterThan(0.9);
	});

	it('lines at a steady pace come at that pace', () => {
		const lines = page({ services: ['search'], text: 'is old' }).records;
		expect(lines.length).toBeGreaterThan(80);
		expect(lines.length).toBeLessThan(165);
		expect(page({ services: ['search'], text: 'is old', fromMs: 0, toMs: 4 * MIN }).records).toEqual([]);
	});

	it('tell of pods that begin and are killed', () => {
		const killed = oomKill(trouble, 'search', 1, 21 * MIN);
		const lines = page({ services: ['search'], levels: ['fatal'] }, killed).records;
		expect(lines.map((line) => [line.simMs, line.fields['k8s.event.reason']])).toEqual([[21 * MIN, 'OOMKilled']]);
		expect(page({ services: ['search'], text: 'starting' }, killed).records.length).toBe(1);
	});

	it('durations agree with the truth: one in twenty takes longer than the 95th percentile', () => {
		const seconds = page({ services: ['search'], fromMs: -10 * MIN, toMs: 4 * MIN })
			.records.filter((line) => isRequest(line) && !failed(line))
			.map((line) => parseFloat(line.fields['http.server.request.duration'] ?? ''));
		const p95 = metricHandle(world, trouble, 'search', {}, 'latency')(0) / 1000;
		const slower = seconds.filter((each) => each > p95).length / seconds.length;
		expect(slower).toBeGreaterThan(0.03);
		expect(slower).toBeLessThan(0.075);
	});
});

describe('a page of logs', () => {
	it('is the same for any window that holds it, and whatever was asked before', () => {
		const wide = page({ services: ['api', 'search'], fromMs: 20 * MIN, toMs: 22 * MIN }).records;
		const narrow = page({ services: ['api', 'search'], fromMs: 21 * MIN, toMs: 21.5 * MIN }).records;
		expect(narrow.length).toBeGreaterThan(50);
		expect(wide.filter((line) => line.simMs >= 21 * MIN && line.simMs <= 21.5 * MIN)).toEqual(narrow);
	});

	it('does not change by what happens later', () => {
		const later = enterState(world, trouble, 'bug', 'mitigated', 30 * MIN);
		expect(page({ limit: 500 }, later).records).toEqual(page({ limit: 500 }).records);
	});

	it('is the newest that match, oldest first, and says that there is more', () => {
		const { records, truncated } = page({ limit: 40 });
		expect(records).toHaveLength(40);
		expect(truncated).toBe(true);
		const times = records.map((line) => line.simMs);
		expect([...times].sort((a, b) => a - b)).toEqual(times);
		const whole = page({}).records.map((line) => line.simMs);
		expect(times).toEqual(whole.slice(-40));
	});

	it.each<[string, Partial<LogQuery>, (line: LogRecord) => boolean]>([
		['services', { services: ['db'] }, (line) => line.service === 'db'],
		['levels', { levels: ['warn'] }, (line) => line.level === 'warn'],
		[
			'text, in any case',
			{ text: 'NULLcurrency' },
			(line) => line.msg.includes('NullCurrency') || line.fields['error.type'] === 'NullCurrency'
		],
		['text in fields', { text: 'http.route=/prices' }, (line) => line.fields['http.route'] === '/prices'],
		['a field', { fields: [field('http.route', '/prices')] }, (line) => line.fields['http.route'] === '/prices'],
		[
			'a field that it must not have',
			{ fields: [field('http.response.status_code', '200', '!=')] },
			(line) => line.fields['http.response.status_code'] !== '200'
		],
		[
			'a field of a fault',
			{ fields: [field('error.type', 'NullCurrency')] },
			(line) => line.fields['error.type'] === 'NullCurrency'
		],
		[
			'fields together',
			{ fields: [field('version', '1.5.0'), field('http.request.method', 'POST')] },
			(line) => line.version === '1.5.0' && line.fields['http.request.method'] === 'POST'
		],
		[
			'a pattern',
			{ pattern: pattern('^(GET|POST) /orders 5\\d\\d') },
			(line) => /^(GET|POST) \/orders 5\d\d/.test(line.msg)
		],
		['a pattern over the stack', { pattern: pattern('PriceFormatter\\.java:\\d+$') }, (line) => line.stack.length > 0]
	])('is filtered by %s', (_, query, holds) => {
		const { records } = page(query);
		expect(records.length).toBeGreaterThan(0);
		expect(records.every(holds)).toBe(true);
	});

	it('is found by the trace of a line', () => {
		const line = page({ limit: 5, services: ['api'] }).records.find(isRequest);
		const found = page({ text: line?.traceId.slice(0, 20) ?? '' }).records;
		expect(found).toEqual([line]);
	});

	it('has a histogram that agrees with its lines', () => {
		const { records, histogram, sampledOneIn } = page({ services: ['api'] });
		expect(histogram).toHaveLength(60);
		const told = histogram.reduce((sum, slice) => sum + slice.error, 0);
		const written = records.filter((line) => line.level === 'error').length * sampledOneIn;
		expect(Math.abs(told - written) / told).toBeLessThan(0.15);
		const errorsOnly = page({ services: ['api'], levels: ['error'] }).histogram;
		expect(errorsOnly.every((slice) => slice.info === 0 && slice.warn === 0)).toBe(true);
	});

	it('counts matches where it is searched for text', () => {
		const { histogram, records, sampledOneIn } = page({ services: ['api'], text: 'nullcurrency' });
		expect(histogram.reduce((sum, slice) => sum + slice.error, 0)).toBe(records.length * sampledOneIn);
	});

	it('is empty for an empty window', () => {
		expect(page({ fromMs: 5 * MIN, toMs: 5 * MIN })).toMatchObject({ records: [], histogram: [] });
	});

	it('is found in pieces as at once', () => {
		const query = { ...all, services: ['api'], text: 'nullcurrency' };
		const search = createObservation(world).logSearch(trouble, query);
		let pieces = 0;
		for (;;) {
			const step = search.next();
			if (step.done) {
				expect(step.value).toEqual(page({ services: ['api'], text: 'nullcurrency' }));
				break;
			}
			pieces += 1;
		}
		expect(pieces).toBeGreaterThan(3);
	});

	it('says how far back it was searched where it had to end before', () => {
		const short = page({ text: 'nothing of the kind', fromMs: 20 * MIN, toMs: 21 * MIN });
		expect(short).toMatchObject({ truncated: false, searchedFromMs: 20 * MIN });
		const long = page({ text: 'nothing of the kind', fromMs: -300 * MIN, toMs: 24 * MIN });
		expect(long.truncated).toBe(true);
		expect(long.searchedFromMs).toBeGreaterThan(-300 * MIN);
	});

	it('folds a stack trace of its runtime under a failure that has no words of its own', () => {
		const lines = page({ services: ['api'], levels: ['error'] }).records.filter(
			(line) => line.fields['error.type'] === 'internal_error'
		);
		expect(lines.length).toBeGreaterThan(0);
		expect(lines.every((line) => line.stack.some((frame) => frame.includes('at com.example.api.web.')))).toBe(true);
		expect(lines[0]?.fields['request.id']).toMatch(/^req_[0-9a-f]{12}$/);
	});
});

describe('a pattern', () => {
	it.each([
		['(unclosed', 'missing closing ): `(unclosed`'],
		['(?<!a)b', 'cannot look ahead or behind'],
		['(a)\\1', 'no back references'],
		['*', 'Put a dot before it'],
		['.{600}.{600}.{600}', 'repeats too much'],
		['x'.repeat(501), '501 characters']
	])('%s is refused in words', (text, words) => {
		const compiled = compileLogPattern(text);
		expect(compiled).toMatchObject({ ok: false, message: expect.stringContaining(words) });
	});
	it('that makes others run for ever takes no longer here', () => {
		const { matches } = pattern('(a+)+$');
		expect(matches(`${'a'.repeat(20_000)}!`)).toBe(false);
	});
});
