import { createMatcher, evaluateInstant, parse, type Matcher, type Queryable, type Series } from '../promql/index.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import { resolveServices } from '../scenario/services.ts';
import { readScenario, readTopology } from '../scenario/sources.ts';
import { startTime } from '../scenario/start-time.ts';
import { createWorld, enterState, initialWorldState, type World, type WorldState } from '../world/index.ts';
import { DURATION_BOUNDS } from './shapes/durations.ts';

/** A small system with one of every exporter, a release that goes wrong, and helpers to ask about it. For tests only. */

export const MIN = 60_000;

/** Compiled without the checks of what makes a scenario playable: this one only has to be seen. */
export function testScenario(change: (yaml: string) => string = (yaml) => yaml): CompiledScenario {
	const scenario = readScenario('scenario.yaml', change(SCENARIO));
	const topology = readTopology('mini.yaml', TOPOLOGY);
	if (!scenario.ok) throw new Error(scenario.problems.map((problem) => problem.message).join('\n'));
	if (!topology.ok) throw new Error(topology.problems.map((problem) => problem.message).join('\n'));
	const { services, dependencies, problems } = resolveServices(scenario.parsed, topology.parsed);
	if (problems.length > 0) throw new Error(problems.map((problem) => problem.message).join('\n'));
	return {
		scenario: scenario.parsed.value,
		topology: topology.parsed.value,
		services,
		dependencies,
		rules: { groups: [] },
		runbooks: [],
		runbookBodies: {},
		contentHash: '',
		startsAt: startTime(scenario.parsed.value.clock) ?? 0
	};
}

export function testWorld(seed = 'seed-1', change?: (yaml: string) => string): { world: World; quiet: WorldState } {
	const world = createWorld(testScenario(change), seed);
	return { world, quiet: initialWorldState(world) };
}

/** The release goes wrong: degraded from minute 5, an outage from minute 15 on. */
export function troubled(world: World, quiet: WorldState): WorldState {
	return enterState(world, enterState(world, quiet, 'bug', 'degraded', 5 * MIN), 'bug', 'outage', 15 * MIN);
}

/** Matchers as in a selector: `name{label="value"}` by parts. */
export function matchers(name: string, labels: Record<string, string> = {}): Matcher[] {
	return [
		createMatcher('__name__', '=', name),
		...Object.entries(labels).map(([label, value]) => createMatcher(label, '=', value))
	];
}

/** Labels (sorted) to value of an instant query. Throws where the query is refused. */
export function ask(queryable: Queryable, text: string, tMs: number): Map<string, number> {
	const query = parse(text);
	if (!query.ok) throw new Error(`${text}: ${query.error.message}`);
	const result = evaluateInstant(query.value, queryable, tMs);
	if (!result.ok) throw new Error(`${text}: ${result.error.message}`);
	const { value } = result.value;
	if (value.type !== 'vector') throw new Error(`${text} is no vector`);
	return new Map(value.samples.map((sample) => [signature(sample.labels), sample.value]));
}

/** The one value of a query that has one. */
export function askOne(queryable: Queryable, text: string, tMs: number): number {
	const values = [...ask(queryable, text, tMs).values()];
	if (values.length !== 1 || values[0] === undefined) throw new Error(`${text} has ${values.length} values`);
	return values[0];
}

export function signature(labels: Readonly<Record<string, string>>): string {
	return Object.keys(labels)
		.sort()
		.map((name) => `${name}=${labels[name] ?? ''}`)
		.join(',');
}

/** Samples as plain data: [time, value], null for a stale marker. */
export function samplesOf(series: Series): [number, number | null][] {
	return Array.from({ length: series.length }, (_, i) => [
		series.times[i] ?? NaN,
		series.stale?.[i] === 1 ? null : (series.values[i] ?? NaN)
	]);
}

/** Index of the bucket of request durations that a duration falls into. */
export function bucketOf(seconds: number): number {
	const at = DURATION_BOUNDS.findIndex((bound) => seconds <= bound);
	return at < 0 ? DURATION_BOUNDS.length : at;
}

const TOPOLOGY = `
format: 1
id: mini
about: A balancer, an API with its database and cache, a leaking search beside it, and a job.
season: { peak: "11:00", trough: "03:00", ratio: 4, weekend: 0.5 }
load: 900
namespace: test
region: eu-west-1
services:
  lb:
    kind: network
    traffic: 1
    replicas: 2
    runtime: native
    p95: 240ms
    exports: [http, tls]
  api:
    kind: api
    traffic: 1
    replicas: 4
    version: 1.4.0
    runtime: jvm
    endpoints:
      - { method: GET, path: /prices, share: 0.5 }
      - { method: POST, path: /orders, share: 0.3, slower: 2 }
      - { method: GET, path: /orders, share: 0.2, slower: 0.5 }
    exports: [http, pool, threadpool, cache, business]
    pool: { name: main, size: 40, used: 0.3 }
  search: { kind: api, traffic: 0.3, replicas: 3, runtime: jvm, memory: 0.5, exports: [http, business] }
  db: { kind: db, traffic: 1.5, replicas: 2, runtime: native, max_connections: 200, exports: [postgres, node] }
  legacy-db: { kind: db, traffic: 0.1, replicas: 2, runtime: native, exports: [mysql] }
  cache: { kind: cache, traffic: 2, replicas: 1, runtime: native, exports: [redis] }
  mail-queue: { kind: queue, traffic: 0.1, replicas: 1, runtime: native, exports: [queue, kafka] }
  names: { kind: network, traffic: 0.8, replicas: 2, exports: [http, dns] }
  report-batch: { kind: job, traffic: 0.01, replicas: 1, runtime: python, exports: [batch] }
  psp: { kind: vendor, traffic: 0.1, replicas: 1, runtime: none }
dependencies:
  - { from: lb, to: api, errors: 0.9, latency: 1, delay: 20s }
  - { from: api, to: db, errors: 0.8, latency: 2, delay: 5s }
  - { from: api, to: cache, errors: 0.1, latency: 1, delay: 5s }
  - { from: api, to: psp, errors: 0.1, latency: 0.1, delay: 5s }
`;

const SCENARIO = `
format: 1
id: probe
title: Errors after a release
synopsis: It is a quiet morning.
class: change
difficulty: 1
severity: { level: P1 }
minutes: 60
team: solo
clock: { start: "2026-03-10T10:40", zone: Europe/Paris }
skills: [roll back first]
objectives: [Declare within five minutes]
topology: { base: mini, services: [lb, api, search, db, legacy-db, cache, mail-queue, names, report-batch, psp] }
changes:
  - { id: release, at: -10m, service: api, kind: deploy, title: "api 1.5.0", version: 1.5.0, previous: 1.4.0, rollout: 3m, share: 0.5 }
  - { id: synonyms, at: -3h, service: search, kind: config, title: "search: new synonyms" }
  - { id: later, at: 6m, service: cache, kind: config, title: "cache: more memory" }
faults:
  - id: bug
    initial: calm
    states:
      calm: { phase: healthy }
      degraded:
        phase: degraded
        effects:
          - { metric: "api[version=1.5.0].errors", ramp: { to: 12%, over: 5m } }
        logs: &words
          - { service: api, level: error, message: "NullCurrency for {customer} in {request}", of_errors: 0.9, version: 1.5.0, fields: { error.type: NullCurrency, tenant: "{customer}" }, stack: ["NullCurrency: {endpoint}", "  at PriceFormatter.java:{n}"] }
          - { service: search, level: warn, message: "index {n} is old", per_minute: 30 }
      outage:
        phase: outage
        logs: *words
        effects:
          - { metric: "api[version=1.5.0].errors", step: { to: 40% } }
          - { metric: api.latency, ramp: { to: 900ms, over: 5m } }
          - { metric: lb.traffic, ramp: { to: 130%, over: 4m } }
          - { metric: api.pool_avail, step: { to: 0 } }
      hanging:
        phase: outage
        effects:
          - { metric: api.errors, step: { to: 50% }, failing: slow }
      mitigated: { phase: mitigated }
  - id: blind
    initial: seeing
    states:
      seeing: { phase: healthy }
      absent: { phase: healthy, instruments: [{ service: search, family: http_requests_total, mode: absent }] }
      stale: { phase: healthy, instruments: [{ service: search, mode: stale }] }
      frozen: { phase: healthy, instruments: [{ service: search, family: http_request_duration_seconds, mode: frozen }] }
      late: { phase: healthy, instruments: [{ service: search, family: http_requests_total, mode: late, by: 180 }] }
      scaled: { phase: healthy, instruments: [{ service: search, family: container_memory_working_set_bytes, mode: scaled, by: 0.5 }] }
impact: [{ metric: api.errors, floor: 2% }]
users: 1000
slis: [{ id: errors, name: Requests that succeed, metric: api.errors, op: "<", objective: 1% }]
diagnostics: [{ id: look, kind: logs, command: look, title: Look, shows: [{ text: nothing }] }]
mitigations:
  - { id: rollback, name: Roll back, command: roll back, kind: rollback, description: Puts the old release back., takes: 2m, verdict: effective, why: it works, to: { bug: mitigated }, prints: done }
restored: ["metric(api.errors) < 1% for 3m"]
truth:
  root_cause: a missing currency
  trigger: a release
  customers_see: errors
  whys:
    - { question: Why one?, answer: because, category: technical }
    - { question: Why two?, answer: because, category: process }
    - { question: Why three?, answer: because, category: process, root_cause: true }
  expected: {}
hints: [look at what changed]
ideal: [{ at: 1m, do: { type: applyMitigation, mitigationId: rollback } }]
`;
