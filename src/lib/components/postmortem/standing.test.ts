import { describe, expect, it } from 'vitest';
import { dueWords, standingWords, type Standing } from './standing.ts';

const at = Date.UTC(2026, 2, 3, 12);
const of = (over: Partial<Standing>): Standing => ({
	state: 'draft',
	revision: 1,
	published: null,
	dueAt: null,
	...over
});

describe('standingWords', () => {
	it.each<[Partial<Standing>, string]>([
		[{}, 'Draft'],
		[{ state: 'review' }, 'In review'],
		[{ state: 'published', published: { at, revision: 1 } }, 'Published 3 March 2026'],
		[{ state: 'published', published: { at, revision: 2 } }, 'Published 3 March 2026, revision 2'],
		[{ state: 'draft', revision: 2, published: { at, revision: 1 } }, 'Draft of revision 2, published 3 March 2026']
	])('%o', (over, words) => expect(standingWords(of(over))).toBe(words));
});

describe('dueWords', () => {
	const DAY = 86_400_000;
	it.each<[Partial<Standing>, string | null]>([
		[{}, null],
		[{ dueAt: at + 5 * DAY }, 'due 8 March 2026, in 5 days'],
		[{ dueAt: at + DAY / 2 }, 'due 4 March 2026, tomorrow at the latest'],
		[{ dueAt: at - 1 }, '1 day overdue (was due 3 March 2026)'],
		[{ dueAt: at - 3 * DAY }, '3 days overdue (was due 28 February 2026)'],
		[{ dueAt: at - DAY, state: 'published', published: { at, revision: 1 } }, null],
		[{ dueAt: at - DAY, revision: 2, published: { at, revision: 1 } }, null]
	])('%o', (over, words) => expect(dueWords(of(over), at)?.words ?? null).toBe(words));
});
