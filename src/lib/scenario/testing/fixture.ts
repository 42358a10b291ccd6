import type { Files } from '../load.ts';

/** The smallest scenario without a blemish, for tests that spoil one line of it. */
export const FIXTURE_TOPOLOGIES: Files = {
	'tiny.yaml': `format: 1
id: tiny
about: Two services.
season: { peak: "10:30", trough: "03:00", ratio: 9, weekend: 0.3 }
load: 100
services:
  front:
    kind: network
    traffic: 1
    endpoints:
      - { method: GET, path: "/", share: 0.4 }
      - { method: POST, path: "/", share: 0.6 }
  api:
    kind: api
    version: "1.0.0"
    traffic: 0.8
    exports: [http, pool]
    pool: { name: main, size: 10 }
dependencies:
  - { from: front, to: api }
`,
	'tiny.rules.yaml': `groups:
  - name: shared
    rules:
      - record: job:errors:ratio_rate5m
        expr: sum(rate(http_requests_total{status=~"5.."}[5m]))
`
};

export const FIXTURE: Files = {
	'scenario.yaml': `format: 1
id: tiny-case
title: A tiny case
synopsis: Something breaks.
class: change
difficulty: 1
severity: { level: P2 }
minutes: 10
team: solo
clock: { start: "10:40", zone: Europe/Paris }
skills: [look]
objectives: [Look]
topology: { base: tiny, services: [front, api] }
changes:
  - { id: release, at: -3m, service: api, kind: deploy, title: api 1.1.0, version: "1.1.0", previous: "1.0.0" }
faults:
  - id: bug
    initial: calm
    states:
      calm:
        phase: healthy
        next:
          - { after: 20s, to: broken }
      broken:
        phase: degraded
        effects:
          - { metric: "api[version=1.1.0].errors", ramp: { to: 9%, over: 3m }, failing: fast }
        logs:
          - { service: api, level: error, message: "request {request} failed", of_errors: 1 }
      mended:
        phase: mitigated
impact:
  - { metric: api.errors, floor: 1% }
users: 100
slis:
  - { id: up, name: It answers, metric: api.errors, op: "<", objective: 1% }
diagnostics:
  - id: history
    kind: deploy_history
    command: rollout history
    title: Deploys
    proves: trigger
    shows:
      - { when: state(mended), text: "rolled back" }
      - { text: "api 1.1.0 since {{time -3m}}, {{metric api.errors}} fail in {{state bug}}" }
  - id: diff
    kind: git_diff
    command: git diff
    title: The change
    proves: cause
    shows:
      - { when: state(mended), text: "nothing" }
      - { text: "a bug" }
mitigations:
  - id: undo
    name: Undo
    command: rollout undo
    kind: rollback
    description: Takes the release back.
    takes: 1m
    verdict: effective
    why: It is the release.
    to: { bug: mended }
    deploys: { service: api, version: "1.0.0" }
    prints: done
  - id: restart
    name: Restart
    command: rollout restart
    kind: restart
    description: Restarts.
    takes: 1m
    verdict: ineffective
    why: The same comes back.
    restarts: api
    prints: done
injects:
  - { id: ask, at: 3m, channel: ticket, from: Support, text: What is up? }
  - { id: over, when: state(mended), channel: ticket, from: Support, text: Is it over? }
runbooks: [errors]
restored: ["metric(api.errors) < 0.5% for 2m"]
expectations:
  - { title: Declared, when: declared, by: 5m, objective: 1 }
truth:
  alerts: [{ name: HighErrorRate, service: api, from: 1m, by: 6m }]
  root_cause: A bug.
  trigger: A release.
  customers_see: Errors.
  whys:
    - { question: Why?, answer: A bug., category: technical, root_cause: true }
    - { question: Why?, answer: No test., category: process }
    - { question: Why?, answer: No time., category: people }
  runbook: errors
  expected: { roles: [incident_commander] }
hints: [Look at the deploys.]
role_cards:
  incident_commander: { brief: You decide. }
on_call:
  - { seat: primary, name: You, title: Engineer }
ideal:
  - { when: alert(HighErrorRate), do: { type: acknowledgeAlert, alertId: HighErrorRate } }
  - { when: alert(HighErrorRate), do: { type: runStep, runbookId: errors, stepId: look } }
  - { when: evidence(history), do: { type: applyMitigation, mitigationId: undo } }
  - { when: action(undo), do: { type: changeStatus, status: resolved, verification: Looked. } }
`,
	'rules.yaml': `groups:
  - name: own
    rules:
      - alert: HighErrorRate
        expr: |
          sum by (service) (rate(http_requests_total{status=~"5.."}[5m]))
            / sum by (service) (rate(http_requests_total[5m])) > 0.05
        for: 2m
        labels: { severity: critical }
        annotations:
          summary: "Errors in {{ $labels.service }}"
`,
	'runbooks/errors.md': `---
id: errors
name: Errors
alerts: [HighErrorRate]
steps:
  - { id: look, title: Look, kind: automated, runs: history }
  - { id: think, title: Think, kind: manual }
---
# Errors
Look first.
`
};
