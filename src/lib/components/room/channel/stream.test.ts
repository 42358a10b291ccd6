import { expect, it } from 'vitest';
import type { EventBody, ViewEvent } from '../../../incident/event.ts';
import { foldAll } from '../../../incident/fold.ts';
import { timelineOf } from '../timeline/lines.ts';
import { streamOf } from './stream.ts';

const log = (...bodies: EventBody[]): ViewEvent[] =>
	bodies.map((body, i) => ({
		...body,
		viewSeq: i + 1,
		occurredAt: (i + 1) * 1000,
		simMs: (i + 1) * 1000,
		actor: { kind: 'participant', id: 'p1' } as const
	}));

it('tells messages, questions, pins and what happened in one line of time, and leaves out what only crowds', () => {
	const events = log(
		{ type: 'participant.joined', payload: { participantId: 'p1', as: 'responder' } },
		{ type: 'message.posted', payload: { messageId: 'm1', text: 'hello', said: null } },
		{ type: 'telemetry.viewed', payload: { tool: 'logs', services: [] } },
		{
			type: 'stakeholder.asked',
			payload: { questionId: 'q1', from: 'Sales', channel: 'chat', text: '?', needsAnswer: true, to: 'responder' }
		},
		{
			type: 'evidence.pinned',
			payload: { evidenceId: 'e1', source: 'note', title: 'heap', text: '', of: null, series: [] }
		},
		{ type: 'incident.declared', payload: { severity: 'P1', title: 'Down', summary: '' } },
		{ type: 'message.corrected', payload: { messageId: 'm1', text: 'hello all' } }
	);
	const lines = streamOf(foldAll('practice', events), events, () => 'Ada');
	expect(lines.map(({ kind }) => kind)).toEqual(['event', 'message', 'question', 'pin', 'event']);
	const message = lines.find((line) => line.kind === 'message');
	expect(message?.kind === 'message' && [message.message.text, message.message.corrected[0]?.text]).toEqual([
		'hello all',
		'hello'
	]);
});

it('shows what people write in who ask nothing, and a question once, though it is an inject as well', () => {
	const wrote = { channel: 'chat', to: null };
	const [question, ...others] = log(
		{
			type: 'stakeholder.asked',
			payload: {
				questionId: 'q1',
				from: 'Sales',
				channel: 'chat',
				text: 'How long?',
				needsAnswer: true,
				to: 'responder'
			}
		},
		{ type: 'inject.delivered', payload: { ...wrote, injectId: 'ask', from: 'Sales', text: 'How long?' } },
		{ type: 'inject.delivered', payload: { ...wrote, injectId: 'advice', from: 'A colleague', text: 'Restart it.' } }
	);
	if (!question) throw new Error('no question');
	const events = [question, ...others.map((event, i) => ({ ...event, occurredAt: (i + 1) * 1000 }))];
	const lines = streamOf(foldAll('practice', events), events, () => 'Ada');
	expect(lines.map((line) => (line.kind === 'heard' ? line.from : line.kind))).toEqual(['question', 'A colleague']);
});

it('does not say again what the bot writes down', () => {
	const [declared] = log({ type: 'incident.declared', payload: { severity: 'P1', title: 'Down', summary: '' } });
	const note = log({ type: 'note.added', payload: { noteId: 'n1', text: 'Declared P1: Down', said: null } }).map(
		(event): ViewEvent => ({ ...event, viewSeq: 2, actor: { kind: 'system', name: 'bot' } })
	);
	const events = [...(declared ? [declared] : []), ...note];
	const state = foldAll('practice', events);
	expect(streamOf(state, events, () => 'Ada')).toHaveLength(1);
	expect(timelineOf(events, state, () => 'Ada', false).map(({ words, bot }) => [words.what, bot])).toEqual([
		['Declared P1', true]
	]);
});
