import { expect, it } from 'vitest';
import { parseCondition } from './condition-parser.ts';
import { conditionText, timeText } from './condition-text.ts';

it.each([
	'metric(core-api.errors) < 0.005 for 3m',
	'metric(core-api[version=4.18.0].errors) > 2',
	'state(release.outage) and not action(rollback)',
	'(visited(outage) or elapsed > 8m) and severity == P1',
	'clock >= 06:00',
	'role(incident_commander) and comms(status_page) >= 1',
	'declared and status == resolved and alert(HighErrorRate) and handoff_complete and evidence(log)'
])('%s comes back as it was written', (text) => {
	const parsed = parseCondition(text);
	if (!parsed.ok) throw new Error(parsed.message);
	expect(conditionText(parsed.condition)).toBe(text);
});

it.each([
	[0, '0s'],
	[90_000, '1m30s'],
	[-2_700_000, '-45m'],
	[3_600_000, '1h'],
	[250, '250ms']
] as const)('%i ms is %s', (ms, text) => expect(timeText(ms)).toBe(text));
