import { expect, test } from 'vitest';
import { moveCaret, textChange } from './text-change.ts';

test.each([
	['', 'abc', { at: 0, remove: 0, insert: 'abc' }],
	['abc', '', { at: 0, remove: 3, insert: '' }],
	['the cache', 'the big cache', { at: 4, remove: 0, insert: 'big ' }],
	['aaa', 'aa', { at: 2, remove: 1, insert: '' }],
	['same', 'same', null],
	['x😀', 'x😁', { at: 1, remove: 2, insert: '😁' }]
])('%j becomes %j by one replacement', (before, after, change) => {
	expect(textChange(before, after)).toEqual(change);
	if (change) expect(before.slice(0, change.at) + change.insert + before.slice(change.at + change.remove)).toBe(after);
});

test.each([
	[2, { at: 5, remove: 0, insert: 'xx' }, 2],
	[5, { at: 2, remove: 0, insert: 'xx' }, 7],
	[5, { at: 2, remove: 2, insert: '' }, 3],
	[3, { at: 2, remove: 4, insert: 'y' }, 3]
])('a caret at %i moves with a change before it', (caret, change, moved) => {
	expect(moveCaret(caret, change)).toBe(moved);
});
