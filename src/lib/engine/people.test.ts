import { describe, expect, it } from 'vitest';
import { routeTo } from '../incident/route-to.ts';
import { Player, SETTINGS, plainEngine } from './testing/player.ts';

const MIN = 60_000;

describe('injects', () => {
	it('[EN22] come once: at their time, or when their condition holds', () => {
		const player = new Player().begun().to(12 * MIN);
		expect(player.told('inject.delivered').map(({ injectId, second }) => [injectId, second])).toEqual([
			['support', 120],
			['colleague', 240],
			['vp', 301]
		]);
	});

	it('[EN22] are fired, skipped and delayed by a facilitator', () => {
		const player = new Player().begun();
		player.give({ type: 'join', as: 'facilitator' }, 'p2', true);
		expect(player.give({ type: 'fireInject', injectId: 'vp' }, 'p2')).toBeNull();
		expect(player.give({ type: 'skipInject', injectId: 'colleague' }, 'p2')).toBeNull();
		expect(player.give({ type: 'delayInject', injectId: 'support', byMs: 90_000 }, 'p2')).toBeNull();
		expect(player.give({ type: 'fireInject', injectId: 'vp' }, 'p2')?.code).toBe('wrong_state');
		expect(player.give({ type: 'fireInject', injectId: 'nobody' }, 'p2')?.code).toBe('unknown_id');
		player.to(12 * MIN);
		expect(player.told('inject.delivered').map(({ injectId, second }) => [injectId, second])).toEqual([
			['vp', 0],
			['support', 210]
		]);
		const interventions = player.events.filter((event) => event.type === 'facilitator.intervened');
		expect(interventions.map(({ audience }) => audience.kind)).toEqual(['facilitator', 'facilitator', 'facilitator']);
	});

	it('[EN23] that ask go to the seat they are for, if somebody sits there', () => {
		const alone = new Player().begun().to(2 * MIN);
		expect(alone.events.findLast((event) => event.type === 'stakeholder.asked')?.audience).toEqual({
			kind: 'everyone'
		});
		const seated = new Player().begun();
		seated.give({ type: 'takeRole', role: 'communications_lead' });
		seated.to(2 * MIN);
		const asked = seated.events.findLast((event) => event.type === 'stakeholder.asked');
		expect(asked?.audience).toEqual(routeTo('communications_lead', seated.state.incident));
		expect(asked?.audience.kind).toBe('seats');
		expect(asked?.actor).toEqual({ kind: 'character', name: 'Support' });
	});
});

describe('hints', () => {
	it('[EN24] are given one step at a time', () => {
		const player = new Player().begun();
		player.give({ type: 'join', as: 'facilitator' }, 'p2', true);
		player.give({ type: 'requestHint' });
		expect(player.give({ type: 'giveHint', text: 'look at the releases' }, 'p2')).toBeNull();
		expect(player.give({ type: 'giveHint', text: null }, 'p2')).toBeNull();
		expect(player.give({ type: 'requestHint' })?.code).toBe('wrong_state');
		expect(player.told('hint.given')).toMatchObject([
			{ step: 1, text: 'CANARY-hint-one' },
			{ step: 0, text: 'look at the releases' },
			{ step: 2, text: 'CANARY-hint-two' }
		]);
	});
});

describe('who may do what', () => {
	it.each([
		['a responder', 'p3', { type: 'pauseRun', reason: '', cause: 'host' }, 'forbidden'],
		['a responder', 'p3', { type: 'setSpeed', speed: 4 }, 'forbidden'],
		['a responder', 'p3', { type: 'fireInject', injectId: 'vp' }, 'forbidden'],
		['the host alone', 'p1', { type: 'fireInject', injectId: 'vp' }, 'forbidden'],
		['the host alone', 'p1', { type: 'recordObservation', text: 'x' }, 'forbidden'],
		[
			'a facilitator',
			'p2',
			{ type: 'applyMitigation', mitigationId: 'flush', runbookId: null, stepId: null },
			'forbidden'
		],
		['an observer', 'p4', { type: 'runDiagnostic', diagnosticId: 'heap' }, 'forbidden'],
		['a stranger', 'p9', { type: 'runDiagnostic', diagnosticId: 'heap' }, 'forbidden'],
		['a stranger', 'p9', { type: 'freezeForRealIncident' }, 'forbidden'],
		['an observer', 'p4', { type: 'freezeForRealIncident' }, null],
		['a facilitator', 'p2', { type: 'pauseRun', reason: '', cause: 'host' }, null],
		['a facilitator', 'p2', { type: 'recordObservation', text: 'they look at the cache' }, null],
		['the host', 'p1', { type: 'setSpeed', speed: 60 }, null],
		['the host', 'p1', { type: 'setSpeed', speed: 61 }, 'incomplete'],
		['the host', 'p1', { type: 'beginRun' }, 'wrong_state']
	] as const)('[EN31] %s (%s) %j: %s', (_, who, body, code) => {
		const player = new Player().begun();
		player.give({ type: 'join', as: 'facilitator' }, 'p2', true);
		player.give({ type: 'join', as: 'responder' }, 'p3');
		player.give({ type: 'join', as: 'observer' }, 'p4');
		const before = player.state;
		const refusal = player.give({ ...body }, who);
		expect(refusal?.code ?? null).toBe(code);
		// [EN6] A refusal changes nothing at all.
		if (code !== null) expect(player.state).toBe(before);
	});

	it('[EN31] nothing moves before the begin or after the end', () => {
		const lobby = new Player();
		lobby.give({ type: 'join', as: 'responder' });
		expect(lobby.give({ type: 'runDiagnostic', diagnosticId: 'heap' })?.code).toBe('not_started');
		const ended = new Player().begun();
		ended.give({ type: 'endRun', reason: 'host' });
		expect(ended.state.outcome).toBe('unresolved');
		expect(ended.give({ type: 'runDiagnostic', diagnosticId: 'heap' })?.code).toBe('ended');
		expect(ended.give({ type: 'answerHotwash', wentWell: 'a', surprisedMe: '', unclear: '' })).toBeNull();
		expect(ended.to(5 * MIN).state.simMs).toBe(0);
	});
});

describe('the timeline bot', () => {
	it('[EN32] writes a line for key events that everyone saw, while it keeps the seat', () => {
		const player = new Player().begun().to(7 * MIN);
		player.give({ type: 'declareIncident', severity: 'P1', title: 'Errors', summary: '' });
		const texts = player.told('note.added').map(({ text }) => text);
		expect(texts).toEqual(
			expect.arrayContaining(['Declared P1: Errors', expect.stringMatching(/^HighErrorRate fires/)])
		);
		const without = new Player(plainEngine(), 's', { ...SETTINGS, bots: [] }).begun().to(7 * MIN);
		expect(without.told('note.added')).toEqual([]);
	});
});
