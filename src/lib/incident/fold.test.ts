import { describe, expect, it } from 'vitest';
import { EVERYONE } from './actor.ts';
import type { EventBody, EventDraft } from './event.ts';
import { foldAll, foldEvent, initialIncidentState } from './fold.ts';

const at = (occurredAt: number, body: EventBody): EventDraft => ({
	...body,
	occurredAt,
	simMs: occurredAt,
	actor: { kind: 'participant', id: 'ana' },
	audience: EVERYONE,
	causedBy: null
});
const context = {
	summary: '',
	description: '',
	runbookUrl: null,
	dashboardUrl: null,
	recentChanges: [],
	affectedEndpoints: [],
	escalation: null,
	automatedResponse: null,
	expr: null
};
const fired = at(1000, {
	type: 'alert.fired',
	payload: { alertId: 'a1', name: 'HighErrorRate', labels: {}, level: 'critical', value: 1, activeAt: null, context }
});

describe('foldEvent', () => {
	it('shares what did not change and leaves the state given alone', () => {
		const before = foldAll('practice', [fired]);
		const frozen = JSON.stringify(before);
		const after = foldEvent(before, at(2000, { type: 'alert.acknowledged', payload: { alertId: 'a1' } }));
		expect(JSON.stringify(before)).toBe(frozen);
		expect(after.alerts[0]?.acknowledged).toEqual({ at: 2000, by: { kind: 'participant', id: 'ana' } });
		expect(after.messages).toBe(before.messages);
	});

	it('keeps the first acknowledgement', () => {
		const ack = (time: number) => at(time, { type: 'alert.acknowledged', payload: { alertId: 'a1' } });
		expect(foldAll('practice', [fired, ack(2000), ack(3000)]).alerts[0]?.acknowledged?.at).toBe(2000);
	});

	it.each<EventBody>([
		{ type: 'alert.acknowledged', payload: { alertId: 'a9' } },
		{ type: 'message.corrected', payload: { messageId: 'm9', text: '' } },
		{ type: 'handoff.item_acknowledged', payload: { handoffId: 'ho9', itemId: 'i1' } },
		{ type: 'task.done', payload: { taskId: 't9', result: '' } },
		{ type: 'stakeholder.answered', payload: { questionId: 'q9', text: '' } },
		{ type: 'hypothesis.revised', payload: { hypothesisId: 'h9', confidence: 1 } },
		{ type: 'runbook.step_skipped', payload: { runbookId: 'r', stepId: 's', title: '', reason: '' } },
		{ type: 'mitigation.finished', payload: { attemptId: 'x9', mitigationId: 'm', name: '', ran: true, message: '' } },
		{ type: 'participant.left', payload: { participantId: 'nobody' } }
	])('$type of something not visible changes nothing but the time', (body) => {
		const before = initialIncidentState('practice');
		expect(foldEvent(before, at(5, body))).toEqual({ ...before, lastAt: 5 });
	});

	it('passes over an event type of a later version', () => {
		const later = { ...fired, type: 'toString' } as unknown as EventDraft;
		expect(foldAll('practice', [later]).alerts).toEqual([]);
	});

	it('walks through the life of a run', () => {
		const events: EventBody[] = [
			{ type: 'run.began', payload: { speed: 1 } },
			{ type: 'clock.paused', payload: { reason: 'coffee', cause: 'host' } },
			{ type: 'clock.resumed', payload: {} },
			{ type: 'exercise.frozen', payload: { by: 'ana' } },
			{ type: 'clock.resumed', payload: {} },
			{ type: 'run.ended', payload: { outcome: 'resolved', reason: 'success', endedMs: 6 } }
		];
		const seen = events.map((_, index) =>
			foldAll(
				'practice',
				events.slice(0, index + 1).map((body, time) => at(time, body))
			)
		);
		expect(seen.map((state) => [state.lifecycle, state.frozen])).toEqual([
			['running', false],
			['paused', false],
			['running', false],
			['paused', true],
			['running', false],
			['ended', false]
		]);
	});

	it('keeps earlier wordings of a message, oldest first', () => {
		const state = foldAll('practice', [
			at(1, { type: 'message.posted', payload: { messageId: 'm1', text: 'one', said: null } }),
			at(2, { type: 'message.corrected', payload: { messageId: 'm1', text: 'two' } }),
			at(3, { type: 'message.corrected', payload: { messageId: 'm1', text: 'three' } })
		]);
		expect(state.messages[0]).toMatchObject({ text: 'three', corrected: [{ text: 'one' }, { text: 'two' }] });
		expect(state.counters).toEqual({ message: 1 });
	});

	it('remembers for ever who facilitated', () => {
		const join = (as: 'observer' | 'facilitator') =>
			at(1, { type: 'participant.joined', payload: { participantId: 'fay', as } });
		expect(foldAll('practice', [join('facilitator'), join('observer')]).participants[0]).toMatchObject({
			as: 'observer',
			facilitated: true
		});
	});

	it('closes and reopens a real incident', () => {
		const closed = at(9, {
			type: 'status.changed',
			payload: { from: 'resolved', to: 'closed', note: '', verification: null }
		});
		expect(foldAll('real', [closed])).toMatchObject({ lifecycle: 'ended', status: 'closed', ended: { at: 9 } });
		const reopened = at(10, { type: 'incident.reopened', payload: { reason: 'back again' } });
		expect(foldAll('real', [closed, reopened])).toMatchObject({ lifecycle: 'running', status: 'investigating' });
	});
});
