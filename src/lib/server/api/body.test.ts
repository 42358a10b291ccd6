import { describe, expect, it } from 'vitest';
import { readBytes, readJson } from './body.ts';
import { joinSchema, severityPolicySchema, startRunSchema } from './requests.schema.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../incident/severity.ts';

const request = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
	new Request('http://x/', { method: 'POST', body, headers: { 'content-type': type } });

describe('readJson', () => {
	it('reads what fits', async () => {
		const read = await readJson(request('{"scenario":"a","name":"  Ada \\n Lovelace "}'), startRunSchema);
		expect(read).toEqual({ ok: true, value: { scenario: 'a', name: 'Ada Lovelace' } });
	});

	it.each([
		['no JSON', '{"a', 'application/json', 'malformed'],
		['another type', '{}', 'text/plain', 'malformed'],
		['a field too many', '{"name":"A","as":"responder","admin":true}', 'application/json', 'malformed'],
		['a blank name', '{"name":"  ","as":"responder"}', 'application/json', 'malformed'],
		['a long name', `{"name":"${'x'.repeat(61)}","as":"responder"}`, 'application/json', 'too_large'],
		['NUL', '{"name":"A\\u0000","as":"responder"}', 'application/json', 'malformed'],
		['half a character', '{"name":"A\\ud800","as":"responder"}', 'application/json', 'malformed'],
		['too much', `{"name":"${'x'.repeat(70_000)}"}`, 'application/json', 'too_large']
	])('refuses %s', async (_case, body, type, code) => {
		const read = await readJson(request(body, type), joinSchema);
		expect(read).toMatchObject({ ok: false, code });
	});

	it('takes the classification as it is shipped', () => {
		expect(severityPolicySchema.parse(DEFAULT_SEVERITY_POLICY)).toEqual(DEFAULT_SEVERITY_POLICY);
	});
});

it('stops reading where a body is larger than allowed', async () => {
	expect(await readBytes(request(new Uint8Array(2_000)), 1_000)).toMatchObject({ ok: false, code: 'too_large' });
	expect(await readBytes(request(new Uint8Array(1_000)), 1_000)).toMatchObject({ ok: true });
});
