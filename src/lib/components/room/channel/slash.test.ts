import { expect, it } from 'vitest';
import { readSlash } from './slash.ts';

it.each([
	['hello', null],
	['/shrug', null],
	['/note heap climbs', { kind: 'send', body: { type: 'addNote', text: 'heap climbs' } }],
	['/note', { kind: 'ask', dialog: { type: 'entry', kind: 'note' } }],
	['/decide no more restarts', { kind: 'send', body: { type: 'recordDecision', text: 'no more restarts' } }],
	[
		'/hypothesis 80 the cache leaks',
		{ kind: 'send', body: { type: 'proposeHypothesis', text: 'the cache leaks', confidence: 0.8 } }
	],
	[
		'/hypothesis the cache leaks',
		{ kind: 'send', body: { type: 'proposeHypothesis', text: 'the cache leaks', confidence: 0.5 } }
	],
	['/hypothesis 400 % sure', { kind: 'ask', dialog: { type: 'entry', kind: 'hypothesis' } }],
	['/declare', { kind: 'ask', dialog: { type: 'declare' } }]
])('%s', (line, expected) => expect(readSlash(line)).toEqual(expected));
