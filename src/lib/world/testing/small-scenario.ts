import type { CompiledScenario } from '../../scenario/library.ts';
import { loadScenario } from '../../scenario/load.ts';

/**
 * A small scenario for tests of the world and of the engine: a bad release behind a balancer, a slow leak in a JVM beside
 * it, one of everything that a scenario can have. Words beginning with CANARY stand in hidden fields.
 */
export function smallScenario(change: (yaml: string) => string = (yaml) => yaml): CompiledScenario {
	const files = { 'scenario.yaml': change(SCENARIO), 'rules.yaml': RULES, 'runbooks/errors.md': RUNBOOK };
	const loaded = loadScenario('small', files, { 'tiny.yaml': TOPOLOGY });
	if (!loaded.ok) {
		throw new Error(loaded.problems.map((p) => `${p.file}:${p.line}:${p.column}: ${p.code}: ${p.message}`).join('\n'));
	}
	return loaded.compiled;
}

const TOPOLOGY = `
format: 1
id: tiny
about: A balancer, an API, its cache and its database.
season: { peak: "11:00", trough: "03:00", ratio: 4, weekend: 0.5 }
load: 400
services:
  lb: { kind: network, traffic: 1, replicas: 2, runtime: native }
  api:
    kind: api
    traffic: 1
    replicas: 4
    version: 1.4.0
    endpoints:
      - { method: GET, path: /prices, share: 0.6 }
      - { method: POST, path: /orders, share: 0.4, slower: 2 }
  cache: { kind: cache, traffic: 2, replicas: 1, runtime: native }
  search: { kind: api, traffic: 0.3, replicas: 3, runtime: jvm, memory: 0.5 }
  db: { kind: db, traffic: 1.5, replicas: 1, runtime: native, max_connections: 200 }
dependencies:
  - { from: lb, to: api, errors: 0.9, latency: 1, delay: 5s }
  - { from: api, to: db, errors: 0.8, latency: 2, delay: 5s }
  - { from: api, to: cache, errors: 0.1, latency: 1, delay: 5s }
  - { from: api, to: search, errors: 0.3, latency: 0.3, delay: 5s }
`;

const SCENARIO = `
format: 1
id: small
title: Errors after a release
synopsis: It is a quiet morning.
class: change
difficulty: 1
severity: { level: P1 }
minutes: 30
team: solo
clock: { start: "2026-03-10T10:40", zone: Europe/Paris }
skills: [roll back first]
objectives: [Declare within five minutes]
topology: { base: tiny, services: [lb, api, cache, search, db] }
changes:
  - { id: release, at: -4m, service: api, kind: deploy, title: "api 1.5.0", detail: new prices, version: 1.5.0, previous: 1.4.0, rollout: 2m, share: 0.75 }
  - { id: old_one, at: -25m, service: search, kind: config, title: "search: new synonyms" }
  - { id: later, at: 6m, service: cache, kind: config, title: "cache: more memory" }
faults:
  - id: release_bug
    initial: healthy
    states:
      healthy: { phase: healthy, next: [{ after: 1m, to: degraded }] }
      degraded:
        phase: degraded
        note: CANARY-state-note
        effects:
          - { metric: "api[version=1.5.0].errors", ramp: { to: 12%, over: 2m } }
        logs:
          - { service: api, level: error, message: "NullCurrency for {customer}", of_errors: 0.9 }
        next:
          - { after: 4m, to: outage }
      outage:
        phase: outage
        effects:
          - { metric: "api[version=1.5.0].errors", step: { to: 32% } }
          - { metric: api.latency, ramp: { to: 420ms, over: 2m } }
          - { metric: lb.traffic, ramp: { to: 130%, over: 4m } }
        on: { restart_api: same }
      mitigated:
        phase: mitigated
        effects:
          - { metric: lb.traffic, decay: { to: 100%, over: 4m } }
        next: [{ when: "metric(api.errors) < 1% for 2m", to: resolved }]
      resolved: { phase: resolved }
  - id: leak
    initial: leaking
    begins: -20m
    states:
      leaking:
        phase: latent
        effects: [{ metric: search.mem, leak: { from: 50%, to: 100%, over: 40m } }]
        next: [{ after: 10m, to: watched }]
      watched:
        phase: latent
        next: [{ when: "metric(search.restarts) >= 2", to: known }]
      known: { phase: degraded }
      fixed: { phase: resolved }
impact:
  - { metric: api.errors, floor: 2% }
users: 1000
cost: { per_minute: 5600, assumption: lost sales }
slis:
  - { id: api_errors, name: Requests that succeed, metric: api.errors, op: "<", objective: 1% }
diagnostics:
  - id: rollout_history
    kind: deploy_history
    command: kubectl rollout history deploy/api
    aliases: [rollout history]
    title: Releases of api
    shows:
      - { when: state(mitigated), text: "revision 419 (1.4.0)" }
      - { text: "revision 418 (1.5.0) at {{time -4m}}, errors {{metric api.errors}}, was {{state release_bug}}" }
    proves: cause
  - id: db_locks
    kind: sql
    command: SELECT * FROM pg_locks WHERE NOT granted
    title: Locks
    takes: 20s
    seats: [technical_lead]
    shows: [{ text: "(0 rows)" }]
  - id: heap
    kind: profile
    command: jcmd 1 GC.class_histogram
    title: Heap of search
    needs: evidence(rollout_history)
    shows: [{ text: "char[] {{metric search.mem}}" }]
mitigations:
  - id: rollback_api
    name: Roll back api
    command: kubectl rollout undo deploy/api
    aliases: [rollback]
    kind: rollback
    description: Puts the release before this one back.
    takes: 2m
    confirm: incident_commander
    verdict: effective
    why: CANARY-why
    to: { release_bug: mitigated }
    from: [degraded, outage]
    deploys: { service: api, version: 1.4.0 }
    prints: deployment.apps/api rolled back
  - id: restart_api
    name: Restart api
    command: kubectl rollout restart deploy/api
    kind: restart
    description: Starts every pod of api again, one by one.
    takes: 2m
    verdict: ineffective
    verdict_in: { outage: harmful }
    why: the same build comes back
    to: { release_bug: mitigated }
    restarts: api
    during: [{ metric: api.latency, step: { to: 600ms } }]
    prints: deployment.apps/api restarted
  - id: scale_api
    name: Scale api out
    command: kubectl scale deploy/api --replicas=8
    kind: scale_out
    description: Adds four pods.
    takes: 90s
    chance: 0.5
    verdict: ineffective
    why: more pods with the same bug
    scales: { service: api, by: 4 }
    prints: deployment.apps/api scaled
  - id: flush
    name: Flush the cache
    command: redis-cli FLUSHALL
    kind: clear_cache
    description: Empties the cache.
    takes: 10s
    verdict: harmful
    why: everybody is logged out
    needs: elapsed > 1m
    otherwise: "(error) LOADING Redis is loading the dataset in memory"
    after: [{ metric: api.errors, spike: { to: 60%, over: 3m } }]
    prints: OK
  - id: fix_search
    name: Ship the fixed library
    command: ./ship search 2.0.1
    kind: roll_forward
    description: Builds and ships search.
    takes: 5m
    verdict: effective
    why: it ends the leak
    to: { leak: fixed }
    deploys: { service: search, version: 2.0.1 }
    prints: shipped
injects:
  - { id: support, at: 2m, channel: ticket, from: Support, text: "Customers see errors. Is something up?", asks: true, to: communications_lead, expected: CANARY-expected }
  - { id: colleague, at: 4m, channel: chat, from: Dana, text: "I would flush the cache." }
  - { id: vp, when: "state(outage) and elapsed > 5m", channel: exec, from: VP Product, text: "ETA?", asks: true }
runbooks: [errors]
restored: ["metric(api.errors) < 1% for 3m"]
expectations:
  - { title: CANARY-expectation, when: severity == P1, by: 5m }
truth:
  root_cause: CANARY-root-cause
  trigger: CANARY-trigger
  customers_see: errors
  whys:
    - { question: Why did requests fail?, answer: CANARY-answer, category: technical }
    - { question: Why was it not seen?, answer: no such fixture, category: process }
    - { question: Why everyone at once?, answer: no canary, category: process, root_cause: true }
  red_herrings: [CANARY-herring]
  runbook: errors
  expected: { detection: 5m, mitigation: 10m, resolution: 15m, roles: [incident_commander], status_updates: 1 }
hints: [CANARY-hint-one, CANARY-hint-two]
role_cards:
  incident_commander: { brief: You lead., knows: a customer is in a demo }
on_call:
  - { seat: primary, name: Ada, title: SRE }
  - { seat: secondary, name: Ben, title: SRE }
facilitator_notes: CANARY-facilitator-notes
ideal:
  - { when: alert(HighErrorRate), do: { type: acknowledgeAlert, alertId: HighErrorRate } }
  - { when: alert(HighErrorRate), do: { type: declareIncident, severity: P1, title: Errors on api } }
  - { when: declared, do: { type: applyMitigation, mitigationId: rollback_api } }
  - { when: "metric(api.errors) < 1% for 3m and declared", do: { type: changeStatus, status: resolved, verification: watched the error ratio for three minutes } }
`;

const RULES = `
groups:
  - name: api
    rules:
      - alert: HighErrorRate
        expr: sum by (service) (rate(http_requests_total{status=~"5.."}[5m])) / sum by (service) (rate(http_requests_total[5m])) > 0.05
        for: 1m
        labels: { severity: critical }
        annotations:
          summary: High 5xx error rate detected
          description: "Error rate is {{ $value | humanizePercentage }} in {{ $labels.service }}"
          runbook_url: https://runbooks.example/errors
          dashboard_url: https://grafana.example/d/errors
          escalation: Call the database team.
          automated_response: None.
      - alert: MemoryHigh
        expr: avg by (service) (container_memory_working_set_bytes / container_spec_memory_limit_bytes) > 0.9
        for: 2m
        labels: { severity: warning }
        annotations: { summary: Memory above 90 %, description: "{{ $labels.service }} is at {{ $value | humanizePercentage }}" }
`;

const RUNBOOK = `---
id: errors
name: High error rate
alerts: [HighErrorRate]
updated: "2025-11-02"
steps:
  - { id: history, title: List releases, kind: automated, command: kubectl rollout history deploy/api, runs: rollout_history }
  - { id: flush, title: Flush the cache, kind: automated, runs: flush, defect: trap, defect_note: CANARY-defect }
  - { id: decide, title: Was there a release within 30 minutes?, kind: decision, text: Then roll back. }
  - { id: ask, title: CANARY-missing-step, kind: manual, defect: missing, defect_note: nobody wrote it }
  - { id: back, title: Roll back, kind: automated, runs: rollback_api }
---
# High error rate

Look at what changed.
`;
