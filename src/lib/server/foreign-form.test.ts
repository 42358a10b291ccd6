import { expect, it } from 'vitest';
import { isForeignForm } from './foreign-form.ts';

const home = 'http://muster.test';
const form = 'application/x-www-form-urlencoded';

it.each([
	['a form of our own page', 'POST', '/api/x', form, home, false],
	['a form of another site', 'POST', '/api/x', form, 'http://evil.test', true],
	['a form of nobody', 'POST', '/settings', 'multipart/form-data; boundary=x', null, true],
	['plain text of another site', 'PUT', '/api/x', 'text/plain', 'http://evil.test', true],
	['JSON, which no form can send', 'POST', '/api/x', 'application/json', null, false],
	['reading', 'GET', '/api/x', form, null, false],
	['a tool', 'POST', '/api/runs/a/prometheus/api/v1/query', form, null, false],
	['what only looks like a tool', 'POST', '/x/api/runs/a/prometheus/api/v1/query', form, null, true],
	['the access to tools is no tool', 'POST', '/api/runs/a/prometheus-access', form, null, true]
])('%s', (_what, method, path, type, origin, refused) => {
	const headers = { 'content-type': type, ...(origin !== null && { origin }) };
	expect(isForeignForm(new Request(home + path, { method, headers }), new URL(home + path))).toBe(refused);
});
