/** What a file holds when it is new: enough to be read, and to be changed. */

export const EMPTY_RULES = `groups:
  - name: own
    interval: 15s
    rules: []
`;

export function runbookText(id: string): string {
	const words = id.replace(/[-_]+/g, ' ');
	return `---
id: ${/^[a-z]+[-_][a-z0-9_-]*$/.test(id) ? id : JSON.stringify(id)}
name: ${words.charAt(0).toUpperCase()}${words.slice(1)}
alerts: []
steps:
  - id: look
    title: What to look at first
    kind: manual
---
# ${words.charAt(0).toUpperCase()}${words.slice(1)}

When it is meant for, and what to do.
`;
}
