import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { CommandBody, CommandType, ResponseCommand, RunCommand } from './command.ts';
import {
	type commandSchema,
	parseCommand,
	type responseCommandSchema,
	type runCommandSchema
} from './command.schema.ts';
import type { Actor, Audience } from './actor.ts';
import type { EventBody, EventType } from './event.ts';
import { type eventBodySchema, parseEvent, type actorSchema, type audienceSchema } from './event.schema.ts';

/** True where each of two types can stand for the other. Ids are flavoured strings, so identity would ask too much. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type ByType<Union extends { type: string }> = { [T in Union['type']]: Extract<Union, { type: T }> };
type Differences<A extends { type: string }, B extends { type: string }> = {
	[T in A['type'] | B['type']]: T extends A['type'] & B['type']
		? Same<ByType<A>[T], ByType<B>[T]> extends true
			? Same<keyof ByType<A>[T], keyof ByType<B>[T]> extends true
				? never
				: T
			: T
		: T;
}[A['type'] | B['type']];

describe('schemas and hand-written unions say the same', () => {
	it('for commands', () => {
		expectTypeOf<Differences<z.infer<typeof responseCommandSchema>, ResponseCommand>>().toBeNever();
		expectTypeOf<Differences<z.infer<typeof runCommandSchema>, RunCommand>>().toBeNever();
		expectTypeOf<Differences<z.infer<typeof commandSchema>, CommandBody>>().toBeNever();
		expectTypeOf<Exclude<CommandType, z.infer<typeof commandSchema>['type']>>().toBeNever();
	});

	it('for events', () => {
		expectTypeOf<Differences<z.infer<typeof eventBodySchema>, EventBody>>().toBeNever();
		expectTypeOf<Exclude<EventType, z.infer<typeof eventBodySchema>['type']>>().toBeNever();
		expectTypeOf<Same<z.infer<typeof actorSchema>, Actor>>().toEqualTypeOf<true>();
		expectTypeOf<Same<z.infer<typeof audienceSchema>, Audience>>().toEqualTypeOf<true>();
	});
});

describe('parseCommand', () => {
	it.each<[unknown, string]>([
		[null, 'malformed'],
		[{}, 'malformed'],
		[{ type: 'dropTables' }, 'malformed'],
		[{ type: 'leave', extra: 1 }, 'malformed'],
		[{ type: 'takeRole', role: 'king' }, 'malformed'],
		[{ type: 'setSpeed', speed: Number.NaN }, 'malformed'],
		[{ type: 'setSpeed', speed: 61 }, 'malformed'],
		[{ type: 'postMessage', text: 'x'.repeat(9000) }, 'too_large'],
		[{ type: 'handOffRole', role: 'scribe', to: 'p', briefing: '', items: Array(51).fill('x') }, 'too_large']
	])('refuses %j', (body, code) => {
		expect(parseCommand(body)).toMatchObject({ ok: false, code });
	});

	it('never repeats what was sent', () => {
		const answer = parseCommand({ type: 'leave', 'canary-4711': 'canary-4711' });
		expect(JSON.stringify(answer)).not.toContain('canary');
	});

	it('accepts a message said by somebody else', () => {
		const body = { type: 'postMessage', text: 'hello', said: { by: 'Ben on the phone', at: 5 } };
		expect(parseCommand(body)).toEqual({ ok: true, command: body });
	});
});

describe('parseEvent', () => {
	const stored = {
		type: 'clock.resumed',
		payload: {},
		seq: 1,
		recordedAt: 1,
		occurredAt: 1,
		simMs: null,
		actor: { kind: 'system', name: 'muster' },
		audience: { kind: 'everyone' },
		causedBy: null
	};
	it('reads an event of the log', () => expect(parseEvent(stored)).toEqual(stored));
	it.each([{ seq: 0 }, { actor: { kind: 'ghost' } }, { surplus: 1 }, { payload: { surplus: 1 } }, { type: 'x.y' }])(
		'refuses one with %j',
		(wrong) => expect(() => parseEvent({ ...stored, ...wrong })).toThrow()
	);
});
