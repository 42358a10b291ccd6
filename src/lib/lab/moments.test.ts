import { describe, expect, it } from 'vitest';
import type { EventBody } from '../incident/event.ts';
import { LogBuilder, truth } from '../incident/testing.ts';
import { momentsOf } from './moments.ts';

const began: EventBody = { type: 'run.began', payload: { speed: 1 } };
const ended: EventBody = { type: 'run.ended', payload: { outcome: 'resolved', reason: 'success', endedMs: 0 } };
const share = (value: number): EventBody => ({ type: 'impact.changed', payload: { share: value, affectedMinutes: 0 } });
const status = (to: 'monitoring' | 'resolved'): EventBody => ({
	type: 'status.changed',
	payload: { from: 'investigating', to, note: '', verification: null }
});
const applied = (attemptId: string, name: string): EventBody => ({
	type: 'mitigation.started',
	payload: { attemptId, mitigationId: attemptId, name, command: '', readyAt: 0, runbookId: null, stepId: null }
});
const judged = (attemptId: string, verdict: string): EventBody => ({
	type: 'mitigation.judged',
	payload: { attemptId, mitigationId: attemptId, verdict, fromState: '', toState: '' }
});

/** A page at 2, known at 4, a harmful restart at 12, "monitoring" too soon at 16, the fix at 25, over at 30. */
function run(): LogBuilder {
	return new LogBuilder()
		.at(-1)
		.then(truth({ severity: 'P1', rootCause: 'a leak' }))
		.at(0)
		.then(began, { type: 'impact.started', payload: { share: 0.1 } })
		.at(2)
		.alert('a1', 'HighErrorRate')
		.at(4)
		.by('ana', { type: 'alert.acknowledged', payload: { alertId: 'a1' } })
		.at(12)
		.by('ana', applied('x1', 'Restart'))
		.at(13)
		.then(judged('x1', 'harmful'), share(0.5))
		.at(16)
		.by('ana', status('monitoring'))
		.at(25)
		.by('ana', applied('x2', 'Roll back'))
		.at(27)
		.then(judged('x2', 'effective'), { type: 'impact.ended', payload: { affectedMinutes: 9 } })
		.at(29)
		.by('ana', status('resolved'))
		.at(30)
		.then(ended);
}

describe('moments', () => {
	it('are found in the order of time, at most five, each with a question and its events', () => {
		const moments = momentsOf(run().events);
		expect(moments.map(({ kind, simMs }) => [kind, (simMs ?? 0) / 60_000])).toEqual([
			['recognition', 4],
			['harmful', 12],
			['contradiction', 16],
			// From 16 to 25 nobody wrote; one stops in the midst of it.
			['silence', 20.5],
			['turning', 27]
		]);
		for (const { question, evidence, id } of moments) {
			expect(question).toMatch(/\?$/);
			expect(evidence.length).toBeGreaterThan(0);
			expect(id).toMatch(/^[a-z]+-\d+$/);
		}
	});

	it('tell nothing of the truth in title and question', () => {
		const told = momentsOf(run().events).map(({ title, question }) => `${title} ${question}`);
		expect(told.join('\n')).not.toMatch(/harm|worse|still affected|leak|%/i);
	});

	it('are the same with what people do in the debrief, and with twins tell what an action added', () => {
		const before = momentsOf(run().events);
		const log = run()
			.at(31)
			.by('ana', { type: 'hotwash.moved', payload: { step: 'moments', moment: null } });
		expect(momentsOf(log.events)).toEqual(before);
		log.then({
			type: 'twin.computed',
			payload: {
				twin: 'without',
				attemptId: 'x1',
				label: '',
				impactMinutes: 2.3,
				resolved: true,
				mitigatedMs: null,
				endedMs: 0
			}
		});
		expect(momentsOf(log.events).find(({ kind }) => kind === 'harmful')?.because).toBe(
			'It did harm: +6.0 impact minutes.'
		);
	});

	it('take the longest silence, and what the room believed against what was so', () => {
		const log = new LogBuilder()
			.at(0)
			.then(truth(), began, { type: 'impact.started', payload: { share: 0.1 } })
			.at(1)
			.alert('a1', 'Slow')
			.at(2)
			.by(
				'ana',
				{ type: 'alert.acknowledged', payload: { alertId: 'a1' } },
				{
					type: 'hypothesis.proposed',
					payload: { hypothesisId: 'h1', text: 'The network', confidence: 0.9, said: null }
				}
			)
			.at(11)
			.by('ana', { type: 'hypothesis.ruled_out', payload: { hypothesisId: 'h1', reason: 'flat', evidenceId: null } });
		const kinds = momentsOf(log.events).map(({ kind, title }) => `${kind}: ${title}`);
		expect(kinds).toContain('silence: 9m 00s in which nothing was written down');
		const apart = new LogBuilder();
		apart.events.push(...log.events.filter(({ type }) => type !== 'alert.acknowledged'));
		expect(momentsOf(apart.events).map(({ title }) => title)).toContain('“The network”, held at 90%');
	});

	it('of a real incident stand on what its log holds', () => {
		const log = new LogBuilder('real')
			.at(0)
			.alert('a1', 'HighErrorRate')
			.at(3)
			.by('ana', { type: 'incident.declared', payload: { severity: 'P2', title: 't', summary: '' } })
			.at(9)
			.by('ana', applied('x1', 'Roll back'))
			.at(20)
			.by('ana', status('resolved'));
		expect(momentsOf(log.events).map(({ kind }) => kind)).toEqual(['recognition', 'action', 'silence']);
	});
});
