/** scenario.yaml of the starter. Comments say what each part is for; the authoring guide says the rest. */
export const SCENARIO = `# yaml-language-server: $schema=../scenario.schema.json
format: 1
id: %id%
title: "%title%"
# Free of spoilers: what a trainee reads before joining.
synopsis: >-
  Late morning on a working day. You are on call, and the pager goes off: something customers need does not work. Find out
  what, stop it, and tell those who are waiting.
class: change
tags: [starter]
difficulty: 1
severity: { level: P1, note: Everybody who needs %victim% is hit. }
minutes: 15
team: solo
clock: { start: "2026-03-10T10:40", zone: Etc/UTC }
skills: [acknowledge and declare, correlate errors with changes, roll back first]
objectives:
  - Declare within five minutes
  - Ask first what changed

# The system: services of the archetype that take part.
topology:
  base: %topology%
  services: [%front%, %victim%, %other%]

# What was changed before; one of these is the trigger, the others are not.
changes:
  - id: release
    at: -2m
    service: %victim%
    kind: deploy
    title: "%victim% %bad%"
    detail: Small clean-ups.
    version: "%bad%"
    previous: "%good%"
    rollout: 90s
  - id: limits
    at: -3h
    service: %other%
    kind: config
    title: Connection limit of %other% raised
    detail: Planned.

# The fault as states: what is broken in each, and how it goes on.
faults:
  - id: release
    initial: healthy
    states:
      healthy:
        phase: healthy
        note: The new version is live; what it breaks has not been asked for yet.
        next:
          - { after: 30s, to: failing }
      failing:
        phase: outage
        note: Every third request to the new version fails.
        effects:
          - metric: "%victim%[version=%bad%].errors"
            ramp: { to: 35%, over: 60s }
            failing: fast
          - metric: %other%.cpu
            ramp: { to: 60%, over: 3m }
        logs:
          - service: %victim%
            level: error
            version: "%bad%"
            message: "unhandled exception in {endpoint}: missing field for customer {customer}"
            of_errors: 1
      mitigated:
        phase: mitigated
        note: No pod runs the new version any more.
        next:
          - { when: "metric(%victim%.errors) < 1% for 2m", to: resolved }
      resolved:
        phase: resolved

# Who suffers: share of users affected, from the worst of these.
impact:
  - { metric: %victim%.errors, floor: 1% }
  - { metric: %other%.errors, floor: 2% }
users: %users%
slis:
  - { id: availability, name: "%victim% answers without an error", metric: %victim%.errors, op: "<", objective: 1% }

# What one can look at. At least two must speak for the cause or its trigger.
diagnostics:
  - id: errors_by_version
    kind: dashboard
    command: errors %victim% by version
    aliases: [errors by version]
    title: Errors of %victim% by version
    takes: 5s
    proves: cause
    shows:
      - when: state(healthy)
        text: Errors of %victim% are at {{metric %victim%.errors}}, the same for every version.
      - when: action(rollback)
        text: Errors of %victim% are at {{metric %victim%.errors}}. %good% is the only version that serves.
      - text: |
          %bad%   {{metric %victim%[version=%bad%].errors}} of its requests fail
          %good%  {{metric %victim%[version=%good%].errors}}
  - id: recent_changes
    kind: deploy_history
    command: muster changes --since 60m
    aliases: [changes, what changed]
    title: Changes of the last hour
    takes: 5s
    proves: trigger
    shows:
      - text: "{{time -2m}}  %victim%  deploy  %good% -> %bad%"
  - id: other_load
    kind: dashboard
    command: load %other%
    title: Load of %other%
    takes: 4s
    proves: herring
    shows:
      - text: CPU of %other% is at {{metric %other%.cpu}}; it follows people who try again. Nothing fails there.

# What one can do. At least one helps; at least one tempts and does not.
mitigations:
  - id: rollback
    name: Roll %victim% back to %good%
    command: kubectl rollout undo deploy/%victim%
    aliases: [rollback]
    kind: rollback
    description: Starts pods of the version before and takes those of the present one away, a few at a time.
    takes: 90s
    confirm: incident_commander
    verdict: effective
    why: The errors live in %bad% alone, and nothing it wrote stands in the way of going back.
    to: { release: mitigated }
    deploys: { service: %victim%, version: "%good%" }
    prints: deployment "%victim%" successfully rolled out (%good%)
  - id: restart
    name: Restart the pods of %victim%
    command: kubectl rollout restart deploy/%victim%
    kind: restart
    description: Replaces every pod by a fresh one of the same version.
    takes: 2m
    verdict: ineffective
    why: The same version comes back.
    restarts: %victim%
    prints: deployment "%victim%" successfully rolled out (%bad%)
  - id: hotfix
    name: Mend the code and ship it
    command: ship %victim%
    kind: roll_forward
    description: A change, its review, tests and a rollout; some twelve minutes at this hour.
    takes: 12m
    verdict: partial
    why: It helps, after twelve more minutes in which customers suffer.
    to: { release: mitigated }
    deploys: { service: %victim%, version: "%good%" }
    prints: deployment "%victim%" successfully rolled out
  - id: restart_other
    name: Restart %other%
    command: restart %other%
    kind: restart
    description: Stops %other% and starts it again.
    takes: 20s
    verdict: harmful
    why: It had nothing to do with it; for some minutes nothing that stands on it works.
    after:
      - { metric: %other%.errors, spike: { to: 70%, over: 6m }, failing: fast }
    prints: %other% restarted

# What people write in meanwhile.
injects:
  - id: support
    at: 3m
    channel: ticket
    from: Support
    to: communications_lead
    asks: true
    text: Customers write that %purpose%. Do we know about it?
    expected: Answer in a sentence that we know and are on it, without a guess at the cause or the end.
  - id: advice
    at: 5m
    channel: chat
    from: A colleague
    text: The CPU of %other% is up. I would restart it.
    expected: Thank them, and look first.

runbooks: [error-share]

# Restored when all of these hold; with the status set to resolved the run is won.
restored:
  - metric(%victim%.errors) < 1% for 2m
expectations:
  - { title: An incident was declared, when: declared, by: 7m, objective: 1 }
  - { title: It was looked at which version fails, when: evidence(errors_by_version), objective: 2 }
  - { title: "%other% was left alone", when: not action(restart_other) }

truth:
  root_cause: "%bad% takes a field for granted that a third of all requests do not have."
  trigger: "%victim% %bad% was rolled out two minutes before."
  customers_see: For every third request %purpose%.
  whys:
    - { question: Why did requests fail?, answer: The new version takes a field for granted., category: technical }
    - { question: Why was that not seen in tests?, answer: Every fixture has the field., category: technical }
    - { question: Why did it reach everybody at once?, answer: There is no canary step., category: process, root_cause: true }
  red_herrings: [The load of %other% follows people who try again.]
  # What fires when nobody acts, in this order.
  alerts:
    - { name: ErrorShareHigh, service: %victim%, from: 1m, by: 5m }
  runbook: error-share
  debrief: [What told you that it was the release?, When did you know enough to roll back?]
  expected: { detection: 5m, mitigation: 8m, resolution: 12m, roles: [incident_commander], status_updates: 1 }
  actions:
    - { title: Roll out to a few pods first, owner: the team of %victim%, kind: prevent }

# Each says a little more than the one before.
hints:
  - What changed shortly before?
  - Compare the errors by version.
  - Roll %victim% back, watch two minutes, then resolve.

role_cards:
  incident_commander:
    brief: You decide and keep the overview. Acknowledge, declare, ask what changed.
on_call:
  - { seat: primary, name: You, title: On-call engineer }
facilitator_notes: For a first run. Say nothing until the page is acknowledged; then ask what would make the graph go down.

# What an expert does, in the commands people give. It must win, also with any one piece of evidence withheld.
ideal:
  - when: alert(ErrorShareHigh)
    do: { type: acknowledgeAlert, alertId: ErrorShareHigh }
  - when: alert(ErrorShareHigh)
    do: { type: takeRole, role: incident_commander }
  - when: alert(ErrorShareHigh)
    do: { type: declareIncident, severity: P1, title: "%victim% answers with errors", summary: Every third request fails since some minutes. }
  - when: declared
    do: { type: runDiagnostic, diagnosticId: errors_by_version }
  - when: declared
    do: { type: runDiagnostic, diagnosticId: recent_changes }
  - when: evidence(errors_by_version) or evidence(recent_changes)
    do: { type: proposeHypothesis, text: "%bad% fails, %good% does not", confidence: 0.9 }
  - when: evidence(errors_by_version) or evidence(recent_changes)
    do: { type: applyMitigation, mitigationId: rollback }
  - when: evidence(errors_by_version) or evidence(recent_changes)
    do:
      type: publishStatusUpdate
      channel: status_page
      state: mitigating
      impact: For some of you %purpose%.
      action: We are taking the last release back.
      nextUpdateInMinutes: 10
  - when: action(rollback)
    do: { type: changeStatus, status: monitoring, note: "%good% serves on all pods." }
  - when: state(resolved)
    do:
      type: changeStatus
      status: resolved
      note: The release was taken back.
      verification: Errors of %victim% are below 1 % for two minutes, and no new tickets come in.
`;
