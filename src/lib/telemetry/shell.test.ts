import { describe, expect, it } from 'vitest';
import { shippedScenarios } from '../../../tests/replay/scenarios.ts';
import {
	createWorld,
	enterState,
	initialWorldState,
	oomKill,
	podHistory,
	type World,
	type WorldState
} from '../world/index.ts';
import { completeLine, createObservation, nearLines, printed, readLine, type ShellView } from './index.ts';
import { ask, MIN, testWorld, troubled } from './testing.ts';
import { age, interval } from './shell/times.ts';
import { applyFilters, checkFilters } from './shell/filters.ts';
import { splitLine } from './shell/words.ts';

const { world, quiet } = testWorld();
const trouble = troubled(world, quiet);
const observation = createObservation(world);
const view = (state: WorldState = trouble, nowMs = 24 * MIN): ShellView => ({ world, state, nowMs, observation });

/** What a line prints; the sentence where it is refused. */
function run(line: string, of: ShellView = view()): string {
	const reading = readLine(line, of.world.compiled);
	switch (reading.type) {
		case 'look':
			return printed(reading, of);
		case 'wrong':
			return `wrong: ${reading.message}`;
		case 'change':
			return `change: ${reading.canonical}`;
		case 'unknown':
			return 'unknown';
	}
}
const rows = (text: string) =>
	text
		.split('\n')
		.slice(1)
		.map((line) => line.split(/\s{2,}/));

describe('a line', () => {
	it.each([
		['a  b', ['a', 'b'], []],
		[`psql db -c "select 'x' from y"`, ['psql', 'db', '-c', "select 'x' from y"], []],
		[
			'a | grep b | wc -l',
			['a'],
			[
				['grep', 'b'],
				['wc', '-l']
			]
		],
		[`a 'b | c'`, ['a', 'b | c'], []]
	])('%s is split as a shell does', (line, words, filters) => expect(splitLine(line)).toEqual({ words, filters }));

	it.each([
		['-i BB', 'bb'],
		['-v b', 'a\nc'],
		['-c b', '1'],
		['-E a|c', 'a\nc']
	])('is led through grep %s', (args, text) =>
		expect(applyFilters('a\nbb\nc', [['grep', ...args.split(' ')]])).toBe(text)
	);

	it('says what a pipe can lead into', () => {
		expect(checkFilters([['awk', '{print $1}']])).toContain('grep, head, tail');
		expect(run('kubectl get pods | awk x')).toContain('awk is not known');
	});

	it.each([
		'kubectl get pods "',
		'kubectl',
		'psql',
		'redis-cli',
		'curl',
		'dig',
		'openssl',
		'promtool',
		'logs',
		'ssh',
		'df -h'
	])('%j is answered in a sentence, whatever lacks', (line) => expect(run(line).length).toBeGreaterThan(10));
});

it.each([
	[45_000, '45s'],
	[272_000, '4m32s'],
	[95 * MIN, '95m'],
	[195 * MIN, '3h15m'],
	[26 * 60 * MIN, '26h'],
	[51 * 60 * MIN, '2d3h'],
	[412 * 24 * 60 * MIN, '412d']
])('%d ms are an age of %s', (ms, text) => expect(age(ms)).toBe(text));

it('intervals are PostgreSQL’s', () => {
	expect(interval(2_134)).toBe('00:00:02.134');
	expect(interval(90_061_000)).toBe('1 day 01:01:01');
});

describe('kubectl', () => {
	const killed = oomKill(oomKill(trouble, 'search', 1, 21 * MIN), 'search', 1, 22 * MIN);
	const pod = podHistory(world, killed, 'search').find(({ ended }) => ended === 'oom')?.name ?? '';

	it('counts restarts as the metrics do, and says how long ago', () => {
		const table = rows(run('kubectl get pods -l app=search', view(killed)));
		const metrics = ask(
			observation.queryable(killed, 24 * MIN),
			'kube_pod_container_status_restarts_total{service="search"}',
			24 * MIN
		);
		expect(table).toHaveLength(3);
		for (const [name = '', , , restarts = ''] of table) {
			const metric = [...metrics].find(
				([labels]) => labels.includes(`pod=${name},`) || labels.includes(`pod=${name}`)
			)?.[1];
			expect(parseInt(restarts, 10)).toBe(metric);
		}
		expect(table.find(([name]) => name === pod)?.[3]).toBe('2 (2m ago)');
	});

	it('describes what killed a container, and keeps its last log', () => {
		const text = run(`kubectl describe pod ${pod}`, view(killed));
		expect(text).toMatch(/Last State: +Terminated\n +Reason: +OOMKilled\n +Exit Code: +137/);
		expect(text).toContain('Restart Count:');
		expect(run('kubectl get events', view(killed))).toContain('OOMKilling');
		expect(run(`kubectl logs ${pod} --previous --tail=3`, view(killed))).toContain('out of memory');
		expect(run('kubectl logs deploy/api --previous')).toContain('previous terminated container');
	});

	it.each([
		['kubectl get deploy', /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nlb +2\/2/],
		['kubectl get deploy api -o wide', /registry\.example\.com\/api:1\.5\.0/],
		['kubectl get sts', /^NAME +READY +AGE\ndb +2\/2/],
		['kubectl get svc', /db +ClusterIP +10\.100\.\d+\.\d+ +<none> +5432\/TCP/],
		['kubectl get nodes', /Ready +<none>/],
		['kubectl get hpa', /No resources found in test namespace/],
		['kubectl get cm', /api-config/],
		['kubectl describe cm api-config', /DB_POOL_SIZE:\n----\n40/],
		['kubectl get pods -n other', /No resources found in other namespace/],
		['kubectl get pod nothing', /\(NotFound\): pods "nothing" not found/],
		['kubectl get secrets', /Forbidden/],
		['kubectl rollout history deploy/api', /1\.4\.0[^]*1\.5\.0/],
		['kubectl rollout history deploy/nope', /deployments\.apps "nope" not found/],
		['kubectl rollout status deploy/search', /successfully rolled out/],
		['kubectl logs deploy/api --tail=3', /one in \d+ is kept\n\d{4}-\d\d-\d\dT/],
		['kubectl exec deploy/api -- ps aux', /java -XX/],
		['kubectl -n test get pods', /^NAME/]
	])('%s', (line, expected) => expect(run(line)).toMatch(expected));

	it('top agrees with what the container exporter says', () => {
		const table = rows(run('kubectl top pods'));
		expect(table.length).toBeGreaterThan(10);
		const memory = ask(observation.queryable(trouble, 24 * MIN), 'container_memory_working_set_bytes', 24 * MIN);
		for (const [name = '', , used = ''] of table) {
			const metric = [...memory].find(([labels]) => labels.split(',').includes(`pod=${name}`))?.[1] ?? 0;
			expect(parseInt(used, 10)).toBe(Math.round(metric / 1024 ** 2));
		}
	});

	it.each([
		'kubectl scale deploy/api --replicas=9',
		'kubectl delete pod x',
		'kubectl rollout undo deploy/api',
		'kubectl rollout restart deploy api',
		'kubectl edit cm api-config',
		'kubectl drain node-1',
		'psql db -c "select pg_terminate_backend(1)"',
		'psql db -c "update t set a = 1"',
		'redis-cli FLUSHALL',
		'curl -X POST http://api/orders',
		'kubectl exec deploy/api -- kill 1'
	])('%s would change the system', (line) => expect(run(line)).toMatch(/^change: /));

	it('reads the same line the same however it is written', () => {
		const canonical = (line: string) => {
			const reading = readLine(line, world.compiled);
			return 'canonical' in reading ? reading.canonical : reading.type;
		};
		for (const line of ['kubectl rollout undo deployment api', 'kubectl rollout undo deployments.apps/api -n test'])
			expect(canonical(line)).toBe(canonical('kubectl rollout undo deploy/api'));
		expect(canonical('kubectl scale --replicas 4 deploy api')).toBe(canonical('kubectl scale deploy/api --replicas=4'));
		expect(canonical('kubectl scale deploy/api --replicas=5')).not.toBe(
			canonical('kubectl scale deploy/api --replicas=4')
		);
	});
});

describe('psql', () => {
	it('counts sessions as the exporter does, within its noise', () => {
		const text = run('psql db -c "select state, count(*) from pg_stat_activity group by state order by 1"');
		const counts = new Map(
			text
				.split('\n')
				.slice(2, -1)
				.map((line) => line.split('|').map((cell) => cell.trim()) as [string, string])
		);
		const metrics = ask(
			observation.queryable(trouble, 24 * MIN),
			'sum by (state) (pg_stat_activity_count{service="db",role="primary"})',
			24 * MIN
		);
		expect(counts.size).toBe(3);
		for (const [labels, value] of metrics) {
			const told = Number(counts.get(labels.replace('state=', '')));
			expect(Math.abs(told - value)).toBeLessThan(2 + 0.2 * value);
		}
	});

	it.each([
		[`psql db -c "select * from pg_stat_activity where state <> 'idle' order by xact_start limit 3"`, /\(3 rows\)/],
		[
			'psql db -c "select pid, application_name, now() - xact_start as held from pg_stat_activity where state = \'active\' limit 2"',
			/00:00:0\d/
		],
		['psql db -c "select count(*) from pg_stat_activity"', /\(1 row\)/],
		[
			'psql db -c "select application_name, state, count(*) from pg_stat_activity group by 1, 2 order by 3 desc"',
			/api +\| idle/
		],
		[
			'psql db -c "select query, calls, mean_exec_time from pg_stat_statements order by mean_exec_time desc limit 3"',
			/SELECT[^]*\(3 rows\)/
		],
		['psql db -c "select * from pg_locks where not granted"', /\(0 rows\)/],
		['psql db -c "select * from pg_stat_replication"', /db-1 +\|[^]*streaming/],
		['psql db -c "show max_connections"', /200/],
		['psql db -c "select nothing from pg_stat_activity"', /column "nothing" does not exist/],
		['psql db -c "select * from customers"', /wrong: Of db one can read/],
		['psql db -c "select * from pg_stat_activity where a > (select 1)"', /wrong: The condition/],
		['psql nowhere -c "select 1"', /could not translate host name/]
	])('%s', (line, expected) => expect(run(line)).toMatch(expected));
});

describe('others', () => {
	it.each([
		['redis-cli info', /connected_clients:\d+[^]*instantaneous_ops_per_sec:\d+/],
		['redis-cli info memory', /used_memory:\d+/],
		['redis-cli dbsize', /\(integer\) \d+/],
		['redis-cli slowlog get', /\(empty array\)|\(integer\)/],
		['redis-cli client list', /addr=10\./],
		['redis-cli memory stats', /dataset\.bytes/],
		['redis-cli bigkeys please', /wrong: /],
		['curl -i http://api/healthz', /HTTP\/1\.1 200 OK/],
		['curl http://nowhere/healthz', /Could not resolve host: nowhere/],
		['curl http://db:5432/', /speaks 5432\/TCP/],
		['dig api.test.svc.cluster.local', /status: NOERROR[^]*IN\tA\t10\.100\./],
		['dig nowhere.example.org', /NXDOMAIN/],
		['openssl s_client -connect lb.example.com:443', /NotAfter: .* 2026 GMT[^]*0 \(ok\)/],
		['openssl s_client -connect api:443', /Connection refused/],
		['ssh db-0 df -h', /\/var/],
		['ssh db free -m', /Mem: +65536/],
		['ssh db uptime', /load average/],
		['df -h db', /\/var/],
		['df -h', /Say where/],
		["promtool query instant 'count(up)'", /\{\} => \d+ @/],
		['promtool query instant "rate("', /wrong: query error/],
		['muster changes --since 4h', /search +config +search: new synonyms/],
		['logs api level=error since=5m', /ERROR/],
		['help', /kubectl get pods/],
		['vim', /unknown/]
	])('%s', (line, expected) => expect(run(line)).toMatch(expected));

	it('offer what is near', () => {
		expect(nearLines('kubctl get pods', world.compiled)).toEqual(['kubectl get pods']);
		expect(nearLines('xyzzy', world.compiled)).toEqual([]);
	});
});

describe('completion', () => {
	const complete = (line: string) => completeLine(line, view(), ['kubectl rollout history deploy/api']);
	it.each([
		['kub', 'kubectl '],
		['kubectl ', 'kubectl get'],
		['kubectl describe deploy a', 'kubectl describe deploy api'],
		['kubectl rollout history deploy/s', 'kubectl rollout history deploy/search'],
		['kubectl logs deploy/ap', 'kubectl logs deploy/api'],
		['psql ', 'psql db'],
		['redis-cli sl', 'redis-cli slowlog get 10'],
		['curl http://ap', 'curl http://api/healthz']
	])('%j can go on as %j', (line, expected) => expect(complete(line)).toContain(expected));
	it('knows the names of pods', () => {
		const [name = ''] = rows(run('kubectl get pods -l app=api'))[0] ?? [];
		expect(complete(`kubectl logs ${name.slice(0, 9)}`)).toContain(`kubectl logs ${name}`);
	});
});

/** A world in which every fault has entered each of its states, five minutes apart. */
function everything(of: World): WorldState {
	let state = initialWorldState(of);
	let at = MIN;
	for (const fault of of.compiled.scenario.faults) {
		for (const name of Object.keys(fault.states)) {
			state = enterState(of, state, fault.id, name, at);
			at += 5 * MIN;
		}
	}
	return state;
}

const { scenarios } = shippedScenarios();

it.each(scenarios.map((compiled) => [compiled.scenario.id, compiled] as const))(
	'every example answers in %s, the same each time, at any moment',
	(_, compiled) => {
		const shipped = createWorld(compiled, 'shipped');
		const state = everything(shipped);
		const seen = createObservation(shipped);
		const lines = ['kub', 'kubectl ', 'psql ', 'redis-cli ', 'ssh ', 'curl ', 'dig ']
			.flatMap((start) => completeLine(start, { world: shipped, state, nowMs: 9 * MIN, observation: seen }, []))
			.concat(
				run('help', { world: shipped, state, nowMs: 0, observation: seen })
					.split('\n')
					.filter((line) => line.startsWith('  '))
			);
		expect(lines.length).toBeGreaterThan(20);
		for (const nowMs of [2 * MIN, 13 * MIN, 26 * MIN]) {
			const at = { world: shipped, state, nowMs, observation: seen };
			for (const line of lines) {
				const text = run(line.trim(), at);
				expect(text, line).not.toMatch(/undefined|NaN|\[object/);
				expect(text.length, line).toBeGreaterThan(0);
				expect(run(line.trim(), { ...at, observation: createObservation(shipped) }), line).toBe(text);
			}
		}
	}
);
