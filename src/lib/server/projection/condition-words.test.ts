import { expect, it } from 'vitest';
import { parseCondition } from '../../scenario/condition-parser.ts';
import { conditionWords } from './condition-words.ts';

it.each([
	'metric(core-api.errors) < 0.005 for 3m',
	'metric(core-api[version=4.18.0].errors) > 0.02',
	'state(release.rolled_back)',
	'visited(outage)',
	'action(rollback_api)',
	'evidence(release_diff)',
	'elapsed >= 1h30m',
	'role(incident_commander)',
	'acknowledged(HighErrorRate)',
	'answered(vp_asks)',
	'declared',
	'not declared'
])('%s reads as it was written', (text) => {
	const parsed = parseCondition(text);
	if (!parsed.ok) throw new Error(parsed.message);
	expect(conditionWords(parsed.condition).replace(/^(not )?([\w-]+(\[.*\])?\.\w+ [<>])/, '$1$2')).toBe(
		text.replace(/metric\(([^)]*)\)/, '$1')
	);
});
