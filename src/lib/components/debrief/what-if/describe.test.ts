import { describe, expect, it } from 'vitest';
import type { FutureAnswer } from '$lib/protocol/debrief.ts';
import { compare, describeEdit, ending } from './describe.ts';

const future = (parts: Partial<FutureAnswer> = {}): FutureAnswer => ({
	outcome: 'resolved',
	cut: null,
	endedMs: 1_800_000,
	detectionMs: 120_000,
	mitigationMs: 600_000,
	resolutionMs: null,
	impactMinutes: 9.2,
	cost: { currency: 'EUR', total: 1000 },
	impact: [],
	phases: [],
	marks: [],
	refused: [],
	unplayed: [],
	...parts
});

describe('futures', () => {
	it('are laid side by side with the difference, and which way it goes', () => {
		const rows = compare(future(), future({ mitigationMs: 300_000, impactMinutes: 11, resolutionMs: 60_000 }));
		expect(rows.map(({ difference, better }) => [difference, better])).toEqual([
			['the same', null],
			['−5m 00s', true],
			['came to it', true],
			['+1.8', false],
			['the same', null]
		]);
	});

	it.each([
		[future(), /restored, ended after 30m/],
		[future({ outcome: 'unresolved', cut: 'limit' }), /cut at the limit, after 30m 00s; it would have gone on/],
		[future({ outcome: 'unresolved', cut: 'host' }), /when the host ended it/]
	])('say how they ended', (one, words) => {
		expect(ending(one)).toMatch(words);
	});

	it('are asked for in words', () => {
		const commands = [{ n: 7, simMs: 0, kind: 'mitigation' as const, title: 'Restart', verdict: 'harmful' }];
		const names = new Map([['rollback', 'Roll back']]);
		expect(describeEdit({ type: 'remove', n: 7 }, commands, names)).toBe('Without “Restart”');
		expect(describeEdit({ type: 'move', n: 7, toMs: 7 * 60_000 }, commands, names)).toBe('“Restart” at minute 7');
		const body = { type: 'applyMitigation' as const, mitigationId: 'rollback', runbookId: null, stepId: null };
		expect(describeEdit({ type: 'add', atMs: 450_000, body }, commands, names)).toBe('“Roll back” at minute 7.5');
	});
});
