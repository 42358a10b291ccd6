/** The one runbook of the starter. */
export const RUNBOOK = `---
id: error-share
name: Error share
alerts: [ErrorShareHigh]
updated: "2026-02-17"
steps:
  - id: by_version
    title: Show the errors by version
    kind: automated
    command: errors %victim% by version
    runs: errors_by_version
  - id: recent
    title: List the changes of the last hour
    kind: automated
    command: muster changes --since 60m
    runs: recent_changes
  - id: decide
    title: Do the errors belong to one version? Take it back first.
    kind: decision
    text: If all failing requests carry the new version, roll it back before you look for the cause.
  - id: tell
    title: Publish a status update within ten minutes of declaring
    kind: manual
    text: What customers see, what we are doing, when they hear from us next.
---
# Error share

A service answers more than 5 % of its requests with an error.

See which version fails and what changed. A fresh change whose version carries all errors is taken back first; the cause can
wait. Otherwise look at what the service stands on. Watch a few minutes before you say that it is over.
`;
