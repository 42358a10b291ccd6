import { describe, expect, it } from 'vitest';
import { maySee, viewKey, type Viewer } from '../actor.ts';
import type { ResponseCommand } from '../command.ts';
import { decide, type Decision } from '../decide.ts';
import type { EventBody, EventType } from '../event.ts';
import { foldEvent } from '../fold.ts';
import { sealCommand, sealEvent } from '../seal.ts';
import { seatsOf } from '../seats.ts';
import { DEFAULT_SEVERITY_POLICY } from '../severity.ts';
import type { IncidentState } from '../state.ts';
import { LogBuilder, STARTS_AT } from '../testing.ts';

const joined = (participantId: string, as: 'responder' | 'observer' | 'facilitator' = 'responder'): EventBody => ({
	type: 'participant.joined',
	payload: { participantId, as }
});
const ended: EventBody = { type: 'run.ended', payload: { outcome: 'resolved', reason: 'success', endedMs: 0 } };
const opened: EventBody = { type: 'hotwash.answers_opened', payload: {} };
const truth: EventBody = { type: 'truth.opened', payload: {} };
/** Ana and Ben responded, Oli observed, Fay facilitated, and it is over. */
const over = (...more: EventBody[]) =>
	new LogBuilder()
		.at(0)
		.then(joined('ana'), joined('ben'), joined('oli', 'observer'), joined('fay', 'facilitator'), ended, ...more).state;

function give(state: IncidentState, who: string, command: ResponseCommand, host = false): Decision {
	return decide(state, command, {
		at: STARTS_AT,
		simMs: 0,
		by: { participantId: who, host },
		commandNumber: 7,
		seats: seatsOf(state, who),
		policy: DEFAULT_SEVERITY_POLICY
	});
}
const types = (decision: Decision): EventType[] | string =>
	decision.ok ? decision.events.map((event) => event.type) : decision.code;
const after = (state: IncidentState, decision: Decision): IncidentState =>
	decision.ok ? decision.events.reduce(foldEvent, state) : state;

const ANSWER: ResponseCommand = { type: 'answerHotwash', wentWell: 'calm', surprisedMe: '', unclear: '' };
const SURVEY: ResponseCommand = { type: 'answerSurvey', answers: { strain: 4, clarity: 3, voice: 5, useful: 4 } };
const to = (step: 'moments' | 'truth' | 'scores', moment: string | null = null): ResponseCommand => ({
	type: 'moveHotwash',
	step,
	moment
});

describe('the three answers', () => {
	it('are kept from the others until all who responded have written', () => {
		const state = over();
		const first = give(state, 'ana', ANSWER);
		expect(types(first)).toEqual(['hotwash.answered', 'hotwash.written']);
		expect(types(give(after(state, first), 'ana', ANSWER))).toEqual(['hotwash.answered']);
		const audience = first.ok ? first.events[0]?.audience : undefined;
		const closed: Viewer = { seats: ['responder'], truthOpen: false, answersOpen: false, own: null };
		const see = (viewer: Viewer) => audience && maySee(audience, viewer);
		expect([see(closed), see({ ...closed, own: 'ana' }), see({ ...closed, own: 'ben' })]).toEqual([false, true, false]);
		expect(see({ ...closed, seats: ['facilitator'] })).toBe(false);
		expect([see({ ...closed, answersOpen: true }), see({ ...closed, truthOpen: true })]).toEqual([true, true]);
		expect(types(give(after(state, first), 'ben', ANSWER))).toEqual([
			'hotwash.answered',
			'hotwash.written',
			'hotwash.answers_opened'
		]);
	});

	it('are opened by whoever leads, once', () => {
		expect(types(give(over(), 'ben', { type: 'openAnswers' }))).toBe('forbidden');
		expect(types(give(over(), 'ben', { type: 'openAnswers' }, true))).toEqual(['hotwash.answers_opened']);
		expect(types(give(over(), 'fay', { type: 'openAnswers' }))).toEqual(['hotwash.answers_opened']);
		expect(types(give(over(opened), 'fay', { type: 'openAnswers' }))).toBe('wrong_state');
	});

	it('give two people who keep their own two views, and one view once they are open', () => {
		const view = (own: string | null, answersOpen = false) =>
			viewKey({ seats: ['responder'], truthOpen: false, answersOpen, own });
		expect(new Set([view(null), view('ana'), view('ben'), view(null, true)]).size).toBe(4);
	});
});

describe('leading the room', () => {
	it.each<[string, IncidentState, ResponseCommand, EventType[] | string]>([
		['the answers come first', over(), to('moments'), 'wrong_state'],
		['then the moments', over(opened), to('moments', 'recognition'), ['hotwash.moved']],
		['no scores before the truth', over(opened), to('scores'), 'wrong_state'],
		['the scores last', over(opened, truth), to('scores'), ['hotwash.moved']],
		[
			'going where the room is says nothing',
			after(over(opened), give(over(opened), 'fay', to('moments'))),
			to('moments'),
			[]
		]
	])('%s', (_title, state, command, expected) => {
		expect(types(give(state, 'fay', command))).toEqual(expected);
		expect(types(give(state, 'ben', command))).toBe('forbidden');
	});
});

describe('the survey', () => {
	it('keeps who answered apart from what was answered, and takes one answer of each', () => {
		const decision = give(over(), 'ana', SURVEY);
		expect(types(decision)).toEqual(['survey.taken', 'survey.answered']);
		const answered = decision.ok ? decision.events[1] : undefined;
		expect(JSON.stringify([answered?.payload, answered?.actor])).not.toContain('ana');
		for (const seats of [['facilitator'], ['observer']] as const) {
			expect(answered && maySee(answered.audience, { seats, truthOpen: true, answersOpen: true, own: 'ana' })).toBe(
				false
			);
		}
		expect(types(give(after(over(), decision), 'ana', SURVEY))).toBe('wrong_state');
		expect(answered && sealEvent(answered).payload).toEqual({ answers: null });
		expect(sealCommand({ body: SURVEY }).body).toEqual({ type: 'answerSurvey', answers: null });
		expect(types(give(over(), 'ana', { type: 'answerSurvey', answers: null }))).toBe('incomplete');
	});
});

describe('ratings by evaluators', () => {
	const rate = (rating: 'P' | 'M' | null): ResponseCommand => ({
		type: 'giveRating',
		of: { kind: 'dimension', id: 'roles' },
		rating,
		note: 'seen'
	});
	it.each<[string, IncidentState, string, boolean, EventType[] | string]>([
		['a facilitator', over(), 'fay', false, ['rating.given']],
		['an observer before the truth', over(), 'oli', false, 'forbidden'],
		['an observer after it', over(truth), 'oli', false, ['rating.given']],
		['who took part', over(truth), 'ana', false, 'forbidden'],
		['the host after it', over(truth), 'ana', true, ['rating.given']]
	])('%s', (_title, state, who, host, expected) => {
		expect(types(give(state, who, rate('M'), host))).toEqual(expected);
	});

	it('replace each other, and can be taken back', () => {
		const first = after(over(), give(over(), 'fay', rate('M')));
		const second = after(first, give(first, 'fay', rate('P')));
		expect(second.debrief?.ratings.map(({ by, rating }) => [by, rating])).toEqual([['fay', 'P']]);
		expect(after(second, give(second, 'fay', rate(null))).debrief?.ratings).toEqual([]);
	});
});
