import { describe, expect, it } from 'vitest';
import type { EventBody } from '../incident/event.ts';
import { LogBuilder, STARTS_AT, truth } from '../incident/testing.ts';
import { detectionMinutes, resolveMinutes } from './facts.ts';
import { FACT_EVENTS, factsOf } from './from-log.ts';

const declared: EventBody = {
	type: 'incident.declared',
	payload: { severity: 'P2', title: 'Checkout fails', summary: '' }
};
const resolved: EventBody = {
	type: 'status.changed',
	payload: { from: 'investigating', to: 'resolved', note: '', verification: null }
};
const attempt = (id: string): EventBody => ({
	type: 'mitigation.started',
	payload: {
		attemptId: id,
		mitigationId: 'rollback',
		name: 'Roll back',
		command: '',
		readyAt: 0,
		runbookId: null,
		stepId: null
	}
});
/** Types that other parts of the product write, and this room only reads. */
const foreign = (type: string, payload: object): EventBody => ({ type, payload }) as unknown as EventBody;

describe('a row of facts', () => {
	const run = { scenarioId: 'cache', contentHash: 'abcdef0123456789' };
	const log = new LogBuilder()
		.at(0)
		.then(truth({ scenario: 'cache', failureClass: 'Change', severity: 'P1', services: ['cache', 'api'] }))
		.then({ type: 'run.began', payload: { speed: 1 } })
		.at(1)
		.then(
			{ type: 'impact.started', payload: { share: 0.5 } },
			{ type: 'sli.breached', payload: { sli: 'a', objective: '', value: 1 } }
		)
		.at(4)
		.alert('a1', 'Memory')
		.at(5)
		.by('ana', declared)
		.at(8)
		.by('ana', attempt('m1'))
		.at(9)
		.then({
			type: 'mitigation.judged',
			payload: { attemptId: 'm1', mitigationId: 'rollback', verdict: 'effective', fromState: '', toState: '' }
		})
		.at(11)
		.then(
			{ type: 'impact.ended', payload: { affectedMinutes: 5 } },
			{ type: 'sli.restored', payload: { sli: 'a', value: 0 } }
		)
		.at(17)
		.by('ana', resolved)
		.then({ type: 'run.ended', payload: { outcome: 'resolved', reason: 'success', endedMs: 0 } });
	const of = (events = log.events, origin: 'practice' | 'real' = 'practice') =>
		factsOf({
			incidentId: 'i',
			key: 'EX-0001',
			title: 'Cache',
			origin,
			run: origin === 'practice' ? run : null,
			events
		});

	it('says what practice came to', () => {
		const row = of();
		expect(row).toMatchObject({
			severity: 'P1',
			causeClass: 'change',
			services: ['api', 'cache'],
			detectedBy: 'alert',
			escalated: false,
			postmortem: 'none',
			impactMinutes: 5,
			drill: { scenario: 'cache', seedClass: 'abcdef01', attempt: null, speed: 1, hints: 0 },
			attempts: [{ name: 'rollback', startedAt: STARTS_AT + 8 * 60_000, helped: true }]
		});
		expect([detectionMinutes(row), resolveMinutes(row)]).toEqual([3, 12]);
	});

	it('needs no other events than those it names', () => {
		const noise: EventBody = { type: 'message.posted', payload: { messageId: 'm', text: 'hello', said: null } };
		const noisy = new LogBuilder().at(2).by('bo', noise).events.concat(log.events);
		expect(of(noisy.filter(({ type }) => FACT_EVENTS.includes(type)))).toEqual(of());
	});

	it('follows what was classified afterwards, field by field', () => {
		const events = new LogBuilder()
			.at(20)
			.by('ana', { type: 'incident.classified', payload: { team: 'Blue', services: ['db'] } })
			.by('ana', { type: 'incident.classified', payload: { causeClass: 'Cache  Leak', services: null } }).events;
		expect(of([...log.events, ...events])).toMatchObject({
			team: 'Blue',
			services: ['api', 'cache'],
			causeClass: 'cache leak'
		});
	});

	it('takes an imported incident from its record', () => {
		const imported = new LogBuilder('real')
			.at(0)
			.by(
				'x',
				foreign('incident.imported', {
					sourceId: 'JIRA-7',
					services: ['db'],
					cause: 'Pool',
					escalated: true,
					postmortem: 'published'
				})
			)
			.by('x', declared)
			.at(30)
			.by('x', resolved).events;
		const row = of(imported, 'real');
		expect(row).toMatchObject({
			key: 'JIRA-7',
			title: 'Checkout fails',
			severity: 'P2',
			at: STARTS_AT,
			services: ['db'],
			causeClass: 'pool',
			escalated: true,
			postmortem: 'published',
			drill: null
		});
		expect(resolveMinutes(row)).toBe(30);
	});

	it('reads actions, their proof, and the survey without names', () => {
		const events = new LogBuilder()
			.at(20)
			.by('ana', { type: 'postmortem.published', payload: {} })
			.by('ana', { type: 'action_item.added', payload: { actionItemId: '1', title: 'Prevent', owner: '', dueAt: 5 } })
			.by('ana', { type: 'action_item.added', payload: { actionItemId: '2', title: 'Detect', owner: '', dueAt: null } })
			.by('ana', foreign('action_item.changed', { actionItemId: '1', status: 'complete', proofIncidentId: 'j' }))
			.by('ana', foreign('action_item.changed', { actionItemId: '2', status: 'not_started', withdrawn: true }))
			.then(foreign('survey.answered', { answers: { strain: 4 } }), foreign('survey.answered', { answers: null }))
			.then(foreign('survey.answered', { answers: { strain: 2 } })).events;
		expect(of([...log.events, ...events])).toMatchObject({
			postmortem: 'published',
			strain: [2, 4],
			actions: [{ title: 'Prevent', status: 'complete', dueAt: 5, proofIncidentId: 'j' }]
		});
	});

	it('says until when an unresolved run was seen', () => {
		const open = new LogBuilder()
			.at(0)
			.alert('a1', 'X')
			.at(40)
			.then({ type: 'run.ended', payload: { outcome: 'unresolved', reason: 'limit', endedMs: 0 } });
		expect(of(open.events)).toMatchObject({ seenUntil: STARTS_AT + 40 * 60_000, times: { resolved: null } });
	});
});
