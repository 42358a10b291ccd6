import { describe, expect, it } from 'vitest';
import type { EventBody } from './event.ts';
import type { Milestone } from './milestone.ts';
import { best, between, foldMilestones } from './milestones.ts';
import { fired, LogBuilder, STARTS_AT } from './testing.ts';
import type { IncidentStatus } from './status.ts';

const status = (to: IncidentStatus): EventBody => ({
	type: 'status.changed',
	payload: { from: 'investigating', to, note: '', verification: null }
});
const breached = (sli: string): EventBody => ({ type: 'sli.breached', payload: { sli, objective: '', value: 1 } });
const restored = (sli: string): EventBody => ({ type: 'sli.restored', payload: { sli, value: 0 } });
const declared: EventBody = { type: 'incident.declared', payload: { severity: 'P1', title: 't', summary: '' } };
const acked: EventBody = { type: 'alert.acknowledged', payload: { alertId: 'a1' } };
const asked = (channel: string): EventBody => ({
	type: 'stakeholder.asked',
	payload: { questionId: 'q1', from: 'x', channel, text: '', needsAnswer: true, to: 'communications_lead' }
});
const told = (channel: string): EventBody => ({
	type: 'inject.delivered',
	payload: { injectId: 'i1', channel, from: 'x', text: '', to: null }
});
const impact: EventBody = { type: 'impact.started', payload: { share: 1 } };

const minute = (log: LogBuilder, side: 'claimed' | 'truth', milestone: Milestone): number | null => {
	const value = foldMilestones(log.events)[side][milestone];
	return value === null ? null : (value.at - STARTS_AT) / 60_000;
};

describe('foldMilestones', () => {
	it('is empty for an empty log', () => {
		const { claimed, truth, detectedBy } = foldMilestones([]);
		expect([...Object.values(claimed), ...Object.values(truth), detectedBy].every((one) => one === null)).toBe(true);
	});

	it('tells an ordinary run', () => {
		const log = new LogBuilder()
			.at(1)
			.then(impact, breached('availability'))
			.at(3)
			.alert('a1', 'HighErrorRate')
			.at(4)
			.by('ana', acked)
			.at(5)
			.by('ana', declared)
			.at(9)
			.by('ana', status('identified'))
			.at(12)
			.then(restored('availability'))
			.at(13)
			.by('ana', status('monitoring'))
			.at(18)
			.by('ana', status('resolved'));
		const { claimed, truth, detectedBy } = foldMilestones(log.events);
		const minutes = (values: typeof claimed) =>
			Object.fromEntries(
				Object.entries(values).map(([name, value]) => [name, value && (value.at - STARTS_AT) / 60_000])
			);
		const observed = { alertFired: 3, signalled: 3, acknowledged: 4, recognised: 4, created: 5, declared: 5 };
		expect(detectedBy).toBe('alert');
		expect(minutes(claimed)).toEqual({ ...observed, impactStarted: null, identified: 9, mitigated: 13, resolved: 18 });
		expect(minutes(truth)).toEqual({ ...observed, impactStarted: 1, identified: null, mitigated: 12, resolved: 18 });
	});

	it('counts a recovery only if it held', () => {
		const log = new LogBuilder().at(1).then(breached('a')).at(5).then(restored('a')).at(7).then(breached('a'));
		expect(minute(log, 'truth', 'mitigated')).toBeNull();
		log.at(11).then(restored('a'));
		expect(minute(log, 'truth', 'mitigated')).toBe(11);
	});

	it('is mitigated only when the last SLI is back', () => {
		const log = new LogBuilder().at(1).then(breached('a'), breached('b')).at(5).then(restored('a'));
		expect(minute(log, 'truth', 'mitigated')).toBeNull();
		log.at(8).then(restored('b'));
		expect(minute(log, 'truth', 'mitigated')).toBe(8);
	});

	it('takes the last resolution that was not reopened', () => {
		const log = new LogBuilder()
			.at(10)
			.by('ana', status('resolved'))
			.at(12)
			.by('ana', { type: 'incident.reopened', payload: { reason: 'no' } });
		expect(minute(log, 'claimed', 'resolved')).toBeNull();
		log.at(20).by('ana', status('resolved')).at(30).by('ana', status('closed'));
		expect(minute(log, 'claimed', 'resolved')).toBe(20);
	});

	it('lets a resolution called too early come true with the recovery', () => {
		const log = new LogBuilder()
			.at(1)
			.then(breached('a'))
			.at(5)
			.by('ana', status('resolved'))
			.at(9)
			.then(restored('a'));
		expect(minute(log, 'claimed', 'resolved')).toBe(5);
		expect(minute(log, 'truth', 'resolved')).toBe(9);
	});

	it.each<[string, LogBuilder, string | null]>([
		['a page before impact', new LogBuilder().at(0).alert('a1', 'X').at(5).then(impact), 'alert'],
		[
			'a ticket',
			new LogBuilder().at(0).then(impact).at(1).from('c', asked('ticket')).at(2).alert('a1', 'X'),
			'customer'
		],
		[
			'a ticket that asks nothing',
			new LogBuilder().at(0).then(impact).at(1).from('c', told('ticket')).at(2).alert('a1', 'X'),
			'customer'
		],
		[
			'an alert that was acknowledged before the pager rang',
			new LogBuilder().at(0).then(impact, fired('a1', 'X')).at(1).by('ana', acked, declared),
			'alert'
		],
		['a chat', new LogBuilder().at(0).then(impact).at(1).from('c', asked('chat')), 'staff'],
		[
			'a ticket before impact is about something else',
			new LogBuilder().at(0).from('c', asked('ticket')).at(1).then(impact),
			null
		],
		['a declaration before any page', new LogBuilder().at(0).then(impact).at(1).by('ana', declared), 'staff'],
		['a rule that fired and paged nobody', new LogBuilder().at(0).then(impact, fired('a1', 'X')), null],
		['an alert entered by hand', new LogBuilder('real').at(0).by('ana', fired('a1', 'X')), 'alert']
	])('noticed by %s', (_title, log, by) => {
		expect(foldMilestones(log.events).detectedBy).toBe(by);
	});

	it('follows a correction and flags it', () => {
		const log = new LogBuilder().at(1).alert('a1', 'X').at(6).by('ana', acked).at(8).by('ana', declared).at(30);
		log.by('ana', {
			type: 'milestone.corrected',
			payload: { milestone: 'declared', at: STARTS_AT + 4 * 60_000, reason: 'aloud' }
		});
		const milestones = foldMilestones(log.events);
		expect(milestones.claimed.declared).toMatchObject({ simMs: 4 * 60_000, corrected: true });
		expect(milestones.claimed.recognised).toMatchObject({ simMs: 4 * 60_000, corrected: true });
		expect(best(milestones, 'created')).toMatchObject({ simMs: 4 * 60_000 });
	});

	it('does not let a correction move the simulated truth, but that of a real incident', () => {
		const correction: EventBody = {
			type: 'milestone.corrected',
			payload: { milestone: 'impactStarted', at: STARTS_AT - 60_000, reason: 'logs' }
		};
		const [practice, real] = (['practice', 'real'] as const).map((origin) =>
			new LogBuilder(origin).at(1).then(impact).at(9).by('ana', correction)
		);
		expect(practice && minute(practice, 'truth', 'impactStarted')).toBe(1);
		expect(practice && minute(practice, 'claimed', 'impactStarted')).toBe(-1);
		expect(real && minute(real, 'truth', 'impactStarted')).toBe(-1);
	});
});

describe('between', () => {
	it.each<[number | null, number | null, number]>([
		[1000, 4000, 3000],
		[null, 4000, 50_000],
		[null, null, 50_000]
	])('reckons in simulated time where both have it (%s, %s)', (from, to, expected) => {
		expect(between({ at: 0, simMs: from }, { at: 50_000, simMs: to })).toBe(expected);
	});
	it('is null where one is missing', () => expect(between(null, { at: 1, simMs: 1 })).toBeNull());
});
