import { describe, expect, it } from 'vitest';
import type { EventBody } from './event.ts';
import { LogBuilder, STARTS_AT } from './testing.ts';
import { timeline } from './timeline.ts';

const seat = (role: 'scribe' | 'incident_commander' | 'technical_lead', participantId: string): EventBody => ({
	type: 'role.assigned',
	payload: { role, participantId, bot: false }
});
const opened: EventBody = { type: 'runbook.opened', payload: { runbookId: 'leak', name: 'memory_leak' } };
const only = (log: LogBuilder) => timeline(log.events).at(-1);

describe('timeline', () => {
	it('stands in the order in which things happened, not were written down', () => {
		const log = new LogBuilder()
			.at(5)
			.by('ana', { type: 'note.added', payload: { noteId: 'n1', text: 'second', said: null } })
			.at(3)
			.by('ana', { type: 'note.added', payload: { noteId: 'n2', text: 'first', said: { by: 'ben' } } });
		expect(timeline(log.events).map(({ title, at }) => [title, (at - STARTS_AT) / 60_000])).toEqual([
			['first', 3],
			['second', 5]
		]);
	});

	it('says that the bot wrote down key moments while nobody is scribe', () => {
		const log = new LogBuilder()
			.at(1)
			.alert('a1', 'HighErrorRate')
			.by('ana', seat('scribe', 'ana'))
			.at(2)
			.alert('a2', 'Slow');
		expect(
			timeline(log.events)
				.filter(({ key }) => key)
				.map(({ title, bot }) => [title, bot])
		).toEqual([
			['HighErrorRate fired', true],
			['Slow fired', false]
		]);
	});

	it('says once what the bot wrote beside a key moment, and keeps what it says of its own', () => {
		const log = new LogBuilder().at(1).alert('a1', 'HighErrorRate');
		const note = (text: string): EventBody => ({ type: 'note.added', payload: { noteId: text, text, said: null } });
		log.then(note('HighErrorRate fires')).at(2).then(note('Ten minutes without an update'));
		for (const event of log.events) if (event.type === 'note.added') event.actor = { kind: 'system', name: 'bot' };
		expect(timeline(log.events).map(({ title, bot }) => [title, bot])).toEqual([
			['HighErrorRate fired', true],
			['Page reached the primary on call', false],
			['Ten minutes without an update', true]
		]);
	});

	it('tells an automated step of the runbook and the tool, not of who pressed the button', () => {
		const log = new LogBuilder().by('ana', opened, {
			type: 'runbook.step_completed',
			payload: { runbookId: 'leak', stepId: 's4', title: 'Rolling restart', automated: true, result: 'ok' }
		});
		expect(only(log)).toMatchObject({
			title: 'Runbook "memory_leak": Rolling restart ran',
			by: { kind: 'system', name: 'automation' }
		});
	});

	it('names the runbook that a mitigation came from', () => {
		const log = new LogBuilder().by('ana', opened, {
			type: 'mitigation.started',
			payload: {
				attemptId: 'x1',
				mitigationId: 'm',
				name: 'Rolling restart',
				command: 'kubectl',
				readyAt: 0,
				runbookId: 'leak',
				stepId: 's4'
			}
		});
		expect(only(log)?.title).toBe('Rolling restart started, as runbook "memory_leak" says');
	});

	it.each<[string, LogBuilder, string]>([
		['of their seat', new LogBuilder().by('ana', seat('incident_commander', 'ana')), 'incident_commander'],
		[
			'that fits, if they hold several',
			new LogBuilder().by('ana', seat('incident_commander', 'ana'), seat('technical_lead', 'ana')),
			'technical_lead'
		],
		['that fits, if they hold none', new LogBuilder(), 'technical_lead']
	])('puts what somebody did in the lane %s', (_title, log, lane) => {
		log.by('ana', {
			type: 'hypothesis.proposed',
			payload: { hypothesisId: 'h1', text: 'leak', confidence: 0.5, said: null }
		});
		expect(only(log)?.lane).toBe(lane);
	});

	it('tells a question once, though it was asked again for another seat', () => {
		const asked: EventBody = {
			type: 'stakeholder.asked',
			payload: {
				questionId: 'q1',
				from: 'CTO',
				channel: 'exec',
				text: 'when?',
				needsAnswer: true,
				to: 'communications_lead'
			}
		};
		const log = new LogBuilder().from('CTO', asked, asked);
		expect(timeline(log.events).map(({ title }) => title)).toEqual(['CTO (exec): when?']);
	});

	it('never names a person in words', () => {
		const log = new LogBuilder().by(
			'ana-4711',
			{ type: 'participant.joined', payload: { participantId: 'ana-4711', as: 'responder' } },
			seat('scribe', 'ana-4711')
		);
		for (const { title, detail } of timeline(log.events)) expect(title + detail).not.toContain('ana-4711');
	});
});
