import type { CompiledScenario } from '../../scenario/library.ts';
import { keyed, keyedHash } from '../../world/index.ts';
import { outcomesOf, routesOf } from '../families/http.ts';
import { durationAt, failureOf, successOf } from '../shapes/durations.ts';
import { USUAL_CERT_DAYS } from '../families/tls.ts';
import { clusterIp, isEdge, isOurs, podsOf, serviceIn, truthOf, valueOf, workloads } from './cluster.ts';
import { portsOf } from './kubectl/get.ts';
import { look, SECOND, wrong, type Program, type ShellView } from './types.ts';
import { readArgs } from './words.ts';

/** curl, dig and openssl: one request, one name, one certificate, as they are at this moment. */

const HEALTH = /^\/(healthz?|health\/(live|ready)|ready(z)?|livez|status|ping)?$/;
const TIMEOUT_S = 10;

/** `http://core-api.prod.svc:80/healthz` and shorter; null for what is no address. */
function addressOf(text: string): { scheme: string; host: string; path: string } | null {
	const match = /^(?:(https?):\/\/)?([a-z0-9.-]+)(?::\d+)?(\/[^?#]*)?(?:[?#].*)?$/i.exec(text);
	return match === null ? null : { scheme: match[1] ?? 'http', host: match[2] ?? '', path: match[3] ?? '/' };
}

function serviceOf(host: string, compiled: CompiledScenario): string | null {
	const name = host.toLowerCase().split('.')[0] ?? '';
	const known = [name, host.toLowerCase()].find((each) => Object.hasOwn(compiled.services, each));
	return known ?? null;
}

const CURL_VALUED = new Set([
	'-o',
	'-w',
	'-H',
	'-m',
	'--max-time',
	'-X',
	'-d',
	'--data',
	'-u',
	'-A',
	'--connect-timeout',
	'--resolve'
]);

export const curl: Program = {
	examples: (compiled) => [
		`curl -i http://${workloads(compiled).find((name) => compiled.services[name]?.kind === 'api') ?? ''}/healthz`
	],
	read(words, compiled) {
		const args = readArgs(words, CURL_VALUED);
		const [target] = args.rest;
		if (target === undefined)
			return wrong('curl: say which address: curl -i http://<service>/healthz', curl.examples(compiled));
		const method = args.flags.get('-X') ?? (args.flags.has('-d') || args.flags.has('--data') ? 'POST' : 'GET');
		const address = addressOf(target);
		if (address === null) return wrong(`curl: (3) URL using bad/illegal format: ${target}`, curl.examples(compiled));
		const canonical = ['curl', method, target].join(' ');
		if (!['GET', 'HEAD', 'OPTIONS'].includes(method.toUpperCase()))
			return { type: 'change', canonical, subject: serviceOf(address.host, compiled) };
		const headers =
			['-i', '-I', '-v', '-sI', '-si', '-is', '--include', '--head'].some((name) => args.flags.has(name)) ||
			[...args.flags.keys()].some((name) => /^-[a-zA-Z]*[iIv][a-zA-Z]*$/.test(name));
		return look(
			canonical,
			'synthetic',
			(view) => fetched(view, address, headers, args.flags.get('-w') ?? null),
			2 * SECOND
		);
	},
	next: (_, view) => workloads(view.world.compiled).map((name) => `http://${name}/healthz`)
};

function fetched(
	view: ShellView,
	{ host, path, scheme }: { scheme: string; host: string; path: string },
	headers: boolean,
	format: string | null
): string {
	const { compiled, seed } = view.world;
	const service = serviceOf(host, compiled);
	if (service === null || !isOurs(serviceIn(view, service))) return `curl: (6) Could not resolve host: ${host}`;
	const spec = serviceIn(view, service);
	const ready = podsOf(view, service).filter((pod) => pod.ready);
	const truth = truthOf(view);
	const up = truth.metric(service, 'up')(view.nowMs);
	const tlsErrors = scheme === 'https' ? truth.metric(service, 'tls_errors')(view.nowMs) : 0;
	const second = Math.floor(view.nowMs / 1_000);
	if (!spec.exports.includes('http'))
		return `curl: (52) Empty reply from server (${service} speaks ${portsOf(view, service)})`;
	if (ready.length === 0 || up < 0.5) return `curl: (7) Failed to connect to ${host} port 80: Connection refused`;
	if (keyed(seed, 'curl-tls', service, second) < tlsErrors) return `curl: (35) TLS connect error: ${host}`;
	const pod = ready[keyedHash(view.world.seedHash, 'curl', service, second) % ready.length];
	const version = pod?.version ?? spec.version;
	if (HEALTH.test(path) && !routesOf(spec).some((route) => route.path === path))
		return answer(
			'200 OK',
			`{"status":"ok","service":"${service}","version":"${version}"}`,
			0.004,
			headers,
			format,
			version
		);
	if (path === '/metrics') return `# as scraped: ask with promtool query instant '…' or in Dashboards`;
	const routes = routesOf(spec);
	const route = routes.find((each) => matches(each.path, path) && each.method === 'GET');
	if (route === undefined) return answer('404 Not Found', '{"error":"no such route"}', 0.005, headers, format, version);
	const part = { version, endpoint: route.path };
	const errors = truth.metric(service, 'errors', part)(view.nowMs);
	const failing = truth.failing(service, part, view.nowMs);
	const failed = keyed(seed, 'curl-outcome', service, second) < errors;
	const p95 = truth.metric(service, 'latency', part)(view.nowMs);
	const u = 0.02 + 0.96 * keyed(seed, 'curl-duration', service, second);
	const seconds = durationAt(failed ? failureOf(failing, p95, spec.p95) : successOf(p95), u);
	if (failed && seconds > TIMEOUT_S * 2)
		return `curl: (28) Operation timed out after ${Math.round(seconds * 1_000)} milliseconds`;
	let share = keyed(seed, 'curl-status', service, second);
	const kind = failed ? failing : 'ok';
	const status = outcomesOf(route).find((outcome) => (share -= outcome[kind]) < 0)?.status ?? (failed ? '500' : '200');
	const words: Record<string, string> = {
		'200': 'OK',
		'404': 'Not Found',
		'500': 'Internal Server Error',
		'503': 'Service Unavailable',
		'504': 'Gateway Timeout'
	};
	const body = failed ? '{"error":"internal error"}' : status === '404' ? '{"error":"not found"}' : '{"…":"…"}';
	return answer(`${status} ${words[status] ?? ''}`.trim(), body, seconds, headers, format, version);
}

function answer(
	status: string,
	body: string,
	seconds: number,
	headers: boolean,
	format: string | null,
	version: string
): string {
	const timed = seconds.toFixed(3);
	const written = format
		?.replace(/%\{http_code\}|%\{response_code\}/g, status.slice(0, 3))
		.replace(/%\{time_total\}/g, timed)
		.replace(/\\n/g, '\n');
	const head = [
		`HTTP/1.1 ${status}`,
		'content-type: application/json',
		`x-service-version: ${version}`,
		`x-response-time: ${timed}s`,
		''
	];
	return [...(headers ? head : []), body, ...(written === undefined ? [] : [written.trim()])].join('\n');
}

function matches(pattern: string, path: string): boolean {
	const expression = pattern
		.replace(/[.+?^$()|[\]\\]/g, '\\$&')
		.replace(/\{\w+\}/g, '[^/]+')
		.replace(/\*/g, '.*');
	return new RegExp(`^${expression}$`).test(path);
}

const DIG_VALUED = new Set(['-t', '-p']);

export const dig: Program = {
	examples: (compiled) => [`dig ${workloads(compiled)[0] ?? ''}.${compiled.topology.namespace}.svc.cluster.local`],
	read(words, compiled) {
		const args = readArgs(
			words.filter((word) => !word.startsWith('@')),
			DIG_VALUED
		);
		const short = args.rest.includes('+short');
		const names = args.rest.filter(
			(word) => !word.startsWith('+') && !/^(A|AAAA|ANY|CNAME|SRV|MX|TXT|NS)$/i.test(word)
		);
		const [name] = names;
		if (name === undefined) return wrong('dig: say which name.', dig.examples(compiled));
		return look(`dig ${words.join(' ')}`, 'dns', (view) => resolved(view, name, short));
	},
	next: (_, view) =>
		workloads(view.world.compiled).map((name) => `${name}.${view.world.compiled.topology.namespace}.svc.cluster.local`)
};

function resolved(view: ShellView, name: string, short: boolean): string {
	const { compiled, seed } = view.world;
	const service = serviceOf(name, compiled);
	const resolver = Object.keys(compiled.services).find((each) => compiled.services[each]?.exports.includes('dns'));
	const truth = truthOf(view);
	const second = Math.floor(view.nowMs / 1_000);
	const errors = Math.max(
		resolver === undefined ? 0 : truth.metric(resolver, 'dns_errors')(view.nowMs),
		service === null ? 0 : truth.metric(service, 'dns_errors')(view.nowMs)
	);
	const failed = keyed(seed, 'dig', name, second) < errors;
	const status = failed ? 'SERVFAIL' : service === null || !isOurs(serviceIn(view, service)) ? 'NXDOMAIN' : 'NOERROR';
	const p95 = resolver === undefined ? 4 : Math.max(1, truth.metric(resolver, 'latency')(view.nowMs));
	const ms = Math.max(0, Math.round(p95 * (0.2 + 0.7 * keyed(seed, 'dig-time', name, second))));
	const address = service === null ? '' : clusterIp(view, service);
	if (short) return status === 'NOERROR' ? address : `;; ${status}`;
	const id = keyedHash(view.world.seedHash, 'dig-id', name, second) % 65_536;
	return [
		`;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: ${id}`,
		`;; flags: qr rd ra; QUERY: 1, ANSWER: ${status === 'NOERROR' ? 1 : 0}`,
		'',
		';; QUESTION SECTION:',
		`;${name.replace(/\.$/, '')}.\t\tIN\tA`,
		...(status === 'NOERROR' ? ['', ';; ANSWER SECTION:', `${name.replace(/\.$/, '')}.\t30\tIN\tA\t${address}`] : []),
		'',
		`;; Query time: ${ms} msec`,
		';; SERVER: 10.100.0.10#53(10.100.0.10)'
	].join('\n');
}

const DAY_MS = 86_400_000;

export const openssl: Program = {
	examples: (compiled) => [`openssl s_client -connect ${edgeOf(compiled)}.example.com:443`],
	read(words, compiled) {
		const args = readArgs(words, new Set(['-connect', '-servername', '-host', '-port']));
		const target = args.flags.get('-connect') ?? args.flags.get('-servername');
		if (args.rest[0] !== 's_client' || target === undefined)
			return wrong('Known here: openssl s_client -connect <host>:443', openssl.examples(compiled));
		return look(
			`openssl s_client ${target}`,
			'tls',
			(view) => certificate(view, target.split(':')[0] ?? ''),
			2 * SECOND
		);
	},
	next: (before, view) =>
		before.length === 0 ? ['s_client'] : [`-connect ${edgeOf(view.world.compiled)}.example.com:443`]
};

function edgeOf(compiled: CompiledScenario): string {
	return (
		Object.keys(compiled.services).find((name) => compiled.services[name]?.exports.includes('tls')) ??
		workloads(compiled)[0] ??
		''
	);
}

function certificate(view: ShellView, host: string): string {
	const { compiled } = view.world;
	const startMs = compiled.startsAt;
	const service = serviceOf(host, compiled);
	if (service === null) return `BIO_lookup_ex: Name or service not known: ${host}`;
	if (!isEdge(compiled, service)) return `connect: Connection refused (${service} does not speak TLS)`;
	// The same that the probe reports: seconds from the begin of the run until the first certificate of the chain ends.
	const told = valueOf(view, `min(probe_ssl_earliest_cert_expiry{service="${service}"})`);
	const expires = startMs + (told === null ? USUAL_CERT_DAYS * DAY_MS : told * 1_000);
	const expired = expires < startMs + view.nowMs;
	const date = (ms: number) =>
		new Date(ms).toUTCString().replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$2 $1 $4 $3 GMT');
	return [
		'CONNECTED(00000003)',
		`depth=0 CN = ${service}.example.com`,
		`verify return:${expired ? 0 : 1}`,
		'---',
		'Certificate chain',
		` 0 s:CN = ${service}.example.com`,
		'   i:C = XX, O = Example Trust, CN = Example Trust R3',
		`   v:NotBefore: ${date(expires - 90 * DAY_MS)}; NotAfter: ${date(expires)}`,
		'---',
		'New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384',
		`Verify return code: ${expired ? '10 (certificate has expired)' : '0 (ok)'}`
	].join('\n');
}
