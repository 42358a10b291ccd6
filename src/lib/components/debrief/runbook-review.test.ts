import { expect, it } from 'vitest';
import { EVERYONE } from '../../incident/actor.ts';
import type { EventBody, ViewEvent } from '../../incident/event.ts';
import { foldAll } from '../../incident/fold.ts';
import { reviewRunbooks } from './runbook-review.ts';

const log = (...bodies: EventBody[]): ViewEvent[] =>
	bodies.map((body, index) => ({
		...body,
		viewSeq: index + 1,
		occurredAt: index * 1000,
		recordedAt: index * 1000,
		simMs: index * 1000,
		actor: { kind: 'participant', id: 'p1' },
		audience: EVERYONE
	})) as ViewEvent[];
const OFFERED = [
	{ id: 'errors', name: 'Errors', kind: 'guide' as const, steps: [{ id: 'a', title: 'Look' }] },
	{
		id: 'team:redis',
		name: 'Redis is full',
		kind: 'guide' as const,
		steps: [
			{ id: 's1', title: 'Look at memory' },
			{ id: 's2', title: 'Ask' },
			{ id: 's3', title: 'Flush it' },
			{ id: 's4', title: 'Write it down' }
		]
	},
	{
		id: 'tools',
		name: 'Procedures',
		kind: 'procedures' as const,
		steps: [
			{ id: 'grow', title: 'Add two pods' },
			{ id: 'back', title: 'Take it back' }
		]
	},
	{ id: 'team:other', name: 'Other', kind: 'guide' as const, steps: [{ id: 's1', title: 'One' }] }
];
const step = (stepId: string, title: string) => ({ runbookId: 'team:redis', stepId, title });

it('tells which steps were skipped, unclear or did harm, and what stayed closed', () => {
	const flush = { attemptId: 'm1', mitigationId: 'flush', name: 'Flush redis' };
	const events = log(
		{ type: 'runbook.opened', payload: { runbookId: 'errors', name: 'Errors' } },
		{ type: 'runbook.opened', payload: { runbookId: 'team:redis', name: 'Redis is full' } },
		{ type: 'runbook.step_completed', payload: { ...step('s1', 'Look at memory'), automated: false, result: '' } },
		{ type: 'runbook.step_unclear', payload: { ...step('s1', 'Look at memory'), note: 'which one?' } },
		{ type: 'runbook.step_unclear', payload: { ...step('s1', 'Look at memory'), note: 'which of three?' } },
		{ type: 'runbook.step_skipped', payload: { ...step('s2', 'Ask'), reason: 'nobody there' } },
		{
			type: 'mitigation.started',
			payload: { ...flush, command: 'x', readyAt: 0, runbookId: 'team:redis', stepId: 's3' }
		},
		{
			type: 'mitigation.judged',
			payload: { attemptId: 'm1', mitigationId: 'flush', verdict: 'harmful', fromState: '', toState: '' }
		}
	);
	const [redis, other, errors] = reviewRunbooks(foldAll('practice', events), events, OFFERED);
	expect(redis).toMatchObject({
		own: true,
		opened: true,
		done: 1,
		steps: 4,
		skipped: [{ step: 'Ask', why: 'nobody there' }],
		unclear: [{ step: 'Look at memory', why: 'which of three?' }],
		harm: [{ step: 'Flush it', why: '“Flush redis” made it worse' }],
		untouched: ['Write it down']
	});
	expect(other).toMatchObject({ name: 'Other', opened: false });
	expect(errors).toMatchObject({ own: false, untouched: ['Look'] });
});

it('tells what was left to a tool and what came of it, and asks of nobody to pick every procedure', () => {
	const grown = { attemptId: 'm1', mitigationId: 'grow', name: 'Add two pods to core-api' };
	const byTool = { kind: 'system', name: 'automation' } as const;
	const events: ViewEvent[] = log(
		{ type: 'runbook.opened', payload: { runbookId: 'tools', name: 'Procedures' } },
		{
			type: 'mitigation.started',
			payload: { ...grown, command: 'x', readyAt: 0, runbookId: 'tools', stepId: 'grow' }
		}
	).map((event) => (event.type === 'mitigation.started' ? { ...event, actor: byTool } : event));
	const told = () =>
		reviewRunbooks(foldAll('practice', events), events, OFFERED).find(({ name }) => name === 'Procedures');
	expect(told()).toMatchObject({ procedures: true, trusted: [{ step: 'Add two pods', why: '' }], untouched: [] });
	events.push(
		...log({
			type: 'mitigation.judged',
			payload: { attemptId: 'm1', mitigationId: 'grow', verdict: 'ineffective', fromState: '', toState: '' }
		})
	);
	expect(told()).toMatchObject({ trusted: [{ step: 'Add two pods', why: 'it changed nothing' }], harm: [] });
});
