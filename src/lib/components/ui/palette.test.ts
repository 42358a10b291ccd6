import { expect, test } from 'vitest';
import { matching, type Action } from './palette';

const action = (label: string, more: Partial<Action> = {}): Action => ({
	id: label,
	label,
	run: () => undefined,
	...more
});

const actions = [
	action('Acknowledge HighErrorRate', { group: 'Pager' }),
	action('Open logs', { keywords: 'search text' }),
	action('Declare an incident', { keywords: 'severity P1' }),
	action('Log a decision')
];

test.each([
	['', ['Acknowledge HighErrorRate', 'Open logs', 'Declare an incident', 'Log a decision']],
	['log', ['Log a decision', 'Open logs']],
	['pager', ['Acknowledge HighErrorRate']],
	['dec', ['Declare an incident', 'Log a decision']],
	['sev decl', ['Declare an incident']],
	['nothing such', []]
])('"%s" finds %j', (query, labels) => {
	expect(matching(actions, query).map(({ label }) => label)).toEqual(labels);
});
