import { describe, expect, it } from 'vitest';
import type { EventBody } from '../incident/event.ts';
import type { JudgedExpectation } from '../incident/events/truth-events.ts';
import { DEFAULT_SEVERITY_POLICY, type Severity } from '../incident/severity.ts';
import type { IncidentStatus } from '../incident/status.ts';
import { LogBuilder, STARTS_AT, truth } from '../incident/testing.ts';
import type { CommandRole } from '../incident/role.ts';
import type { GroundTruth } from '../incident/truth.ts';
import { scorecard, type Dimension, type DimensionId } from './index.ts';

const card = (log: LogBuilder) => scorecard(log.events, DEFAULT_SEVERITY_POLICY);
const get = (log: LogBuilder, id: DimensionId): Dimension => {
	const found = card(log).dimensions.find((one) => one.id === id);
	if (!found) throw new Error(`no dimension ${id}`);
	return found;
};
/** Rating, or `-` where it does not apply, or `?` where it applies and is not rated. */
const mark = (log: LogBuilder, id: DimensionId): string => {
	const { applicable, rating } = get(log, id);
	return applicable ? (rating ?? '?') : '-';
};

const declared = (severity: Severity): EventBody => ({
	type: 'incident.declared',
	payload: { severity, title: 't', summary: '' }
});
const changed = (from: Severity, to: Severity): EventBody => ({
	type: 'severity.changed',
	payload: { from, to, reason: '' }
});
const acked: EventBody = { type: 'alert.acknowledged', payload: { alertId: 'a1' } };
const status = (to: IncidentStatus, verification: string | null = null): EventBody => ({
	type: 'status.changed',
	payload: { from: 'investigating', to, note: '', verification }
});
const impact = (share: number): EventBody => ({ type: 'impact.started', payload: { share } });
const impactEnds: EventBody = { type: 'impact.ended', payload: { affectedMinutes: 0 } };
const breached: EventBody = { type: 'sli.breached', payload: { sli: 'availability', objective: '', value: 1 } };
const restored: EventBody = { type: 'sli.restored', payload: { sli: 'availability', value: 0 } };
const ended: EventBody = { type: 'run.ended', payload: { outcome: 'resolved', reason: 'success', endedMs: 0 } };
const seat = (role: CommandRole, participantId: string | null, bot = false): EventBody => ({
	type: 'role.assigned',
	payload: { role, participantId, bot }
});
const joined = (participantId: string): EventBody => ({
	type: 'participant.joined',
	payload: { participantId, as: 'responder' }
});
const update = (
	nextMinute: number | null,
	parts: Partial<{ impact: string; action: string; state: IncidentStatus }> = {}
): EventBody => ({
	type: 'status_update.published',
	payload: {
		updateId: 'u1',
		channel: 'status_page',
		state: 'investigating',
		impact: 'One request in seven fails.',
		action: 'We are rolling back.',
		nextUpdateAt: nextMinute === null ? null : STARTS_AT + nextMinute * 60_000,
		said: null,
		...parts
	}
});
const began = (speed = 1): EventBody => ({ type: 'run.began', payload: { speed } });

/** Impact from minute 0 to `until`, a page at 2, acknowledged and declared as given. */
function run(
	options: {
		truth?: Partial<GroundTruth>;
		ack?: number;
		declare?: number;
		severity?: Severity;
		until?: number;
		resolve?: number;
		speed?: number;
	} = {}
): LogBuilder {
	const log = new LogBuilder()
		.at(-1)
		.then(truth(options.truth))
		.at(-0.5)
		.then(began(options.speed))
		.at(0)
		.then(impact(0.5), breached);
	log.at(2).alert('a1', 'HighErrorRate');
	const steps: [number | undefined, (log: LogBuilder) => void][] = [
		[options.ack, (one) => one.by('ana', acked)],
		[options.declare, (one) => one.by('ana', declared(options.severity ?? 'P1'))],
		[options.until, (one) => one.then(restored, impactEnds)],
		[options.resolve, (one) => one.by('ana', status('resolved', 'errors flat'))]
	];
	for (const [minute, step] of steps) if (minute !== undefined) step(log.at(minute));
	return log;
}

describe('times', () => {
	it.each<[DimensionId, Parameters<typeof run>[0], string]>([
		['detection', { ack: 6 }, 'P'],
		['detection', { ack: 9 }, 'S'],
		['detection', { ack: 20 }, 'M'],
		['detection', { ack: 30 }, 'U'],
		['detection', { declare: 3 }, 'P'],
		['acknowledge', { ack: 7 }, 'P'],
		['acknowledge', { ack: 9 }, 'S'],
		['acknowledge', { ack: 17 }, 'M'],
		['acknowledge', { ack: 18 }, 'U'],
		['acknowledge', { ack: 16, truth: { severity: 'P2' } }, 'P'],
		['declare', { declare: 7 }, 'P'],
		['declare', { declare: 8 }, 'S'],
		['declare', { declare: 12, truth: { severity: 'P2' } }, 'P'],
		['declare', { declare: 12, truth: { severity: 'P3' } }, '?'],
		['mitigate', { until: 15 }, 'P'],
		['mitigate', { until: 20 }, 'S'],
		['mitigate', { until: 46 }, 'U'],
		['resolve', { declare: 5, until: 20, resolve: 35 }, 'P'],
		['resolve', { declare: 5, until: 20, resolve: 45 }, 'S'],
		['resolve', { until: 20, resolve: 30, truth: { severity: 'P4' } }, '?'],
		// Played at ten times the speed, no reaction can be timed; the outcome still counts.
		['acknowledge', { ack: 3, speed: 10 }, '-'],
		['detection', { ack: 3, speed: 10 }, '-'],
		['mitigate', { until: 15, speed: 10 }, 'P']
	])('%s of %j is %s', (id, options, expected) => {
		expect(mark(run(options), id)).toBe(expected);
	});

	it('says "not recorded", never a zero, while it is open; and is unable once it is over', () => {
		expect(get(run(), 'detection')).toMatchObject({ value: null, rating: null, applicable: true });
		expect(get(run().at(60).then(ended), 'detection')).toMatchObject({
			value: null,
			rating: 'U',
			measured: 'no acknowledgement or declaration is recorded'
		});
		expect(mark(run().at(60).then(ended), 'mitigate')).toBe('U');
	});

	it('is not deceived by a resolution called while customers suffer', () => {
		const log = run({ declare: 3, resolve: 10 }).at(11).by('ana', status('closed')).at(60).then(ended);
		expect(get(log, 'resolve')).toMatchObject({
			value: null,
			rating: 'U',
			measured: 'called resolved while customers were affected'
		});
		expect(mark(log, 'mitigate')).toBe('U');
	});

	it('links every figure to its events', () => {
		const log = run({ ack: 4, declare: 5, until: 15, resolve: 20 });
		for (const { applicable, value, evidence, id } of card(log).dimensions) {
			if (applicable && value !== null) expect(evidence.length, id).toBeGreaterThan(0);
			for (const seq of evidence) expect(log.events.some((event) => event.seq === seq)).toBe(true);
		}
	});

	it('follows a corrected time', () => {
		const log = run({ ack: 30 })
			.at(40)
			.by('ana', {
				type: 'milestone.corrected',
				payload: { milestone: 'acknowledged', at: STARTS_AT + 3 * 60_000, reason: 'by phone' }
			});
		expect(get(log, 'acknowledge')).toMatchObject({ value: 60_000, rating: 'P' });
		expect(get(log, 'acknowledge').note).toContain('corrected in review');
	});
});

describe('severity', () => {
	it.each<[Severity, boolean, Severity, [number, Severity, Severity][], number, string]>([
		['P1', false, 'P1', [], 0, 'P'],
		['P2', false, 'P1', [], -1, 'P'],
		['P2', true, 'P1', [], 0, 'P'],
		['P3', false, 'P1', [], -2, 'S'],
		['P1', false, 'P2', [[6, 'P2', 'P1']], 1, 'S'],
		['P1', false, 'P2', [[30, 'P2', 'P1']], 1, 'M'],
		['P1', false, 'P3', [], 2, 'U'],
		['P1', false, 'P3', [[10, 'P3', 'P1']], 2, 'M']
	])(
		'truth %s (higher allowed: %s), declared %s, then %j: error %s is %s',
		(right, higher, given, changes, error, expected) => {
			const log = run({ truth: { severity: right, severityMayBeHigher: higher }, declare: 3, severity: given });
			for (const [minute, from, to] of changes) log.at(minute).by('ana', changed(from, to));
			expect(get(log, 'severity')).toMatchObject({ value: error, rating: expected });
		}
	);
	it('does not apply where the right one is not recorded', () => {
		expect(mark(new LogBuilder('real').by('ana', declared('P1')), 'severity')).toBe('-');
	});
});

describe('roles', () => {
	const four = (log: LogBuilder): LogBuilder =>
		log.then(
			seat('incident_commander', 'ana'),
			seat('technical_lead', 'ben'),
			seat('communications_lead', 'cem'),
			seat('scribe', 'dia')
		);
	const crew = (log: LogBuilder): LogBuilder =>
		log.at(-0.4).then(joined('ana'), joined('ben'), joined('cem'), joined('dia'));
	const p1 = () => crew(run({ declare: 3 }));
	it.each<[string, LogBuilder, string]>([
		['filled in time', four(p1().at(8)), 'P'],
		['filled before declaring', four(p1().at(1)), 'P'],
		['filled late', four(p1().at(12)), 'S'],
		[
			'one open',
			p1().at(4).then(seat('incident_commander', 'ana'), seat('technical_lead', 'ben'), seat('scribe', 'dia')),
			'M'
		],
		['no commander', p1().at(4).then(seat('technical_lead', 'ben')), 'U'],
		[
			'doubled at P1',
			p1()
				.at(4)
				.then(
					seat('incident_commander', 'ana'),
					seat('technical_lead', 'ana'),
					seat('communications_lead', 'cem'),
					seat('scribe', 'dia')
				)
				.at(20)
				.then(ended),
			'S'
		],
		[
			'doubled alone is no choice',
			run({ declare: 3 })
				.at(4)
				.then(
					...(['incident_commander', 'technical_lead', 'communications_lead', 'scribe'] as const).map((role) =>
						seat(role, 'ana')
					)
				)
				.at(20)
				.then(ended),
			'P'
		],
		[
			'doubled at P2 is the rule',
			crew(run({ declare: 3, severity: 'P2', truth: { severity: 'P2' } }))
				.at(4)
				.then(seat('incident_commander', 'ana'), seat('technical_lead', 'ana'), seat('communications_lead', 'ben'))
				.at(20)
				.then(ended),
			'P'
		],
		['nobody declared, nobody took a seat', run(), 'U'],
		[
			'stood down',
			run()
				.at(5)
				.by('ana', { type: 'incident.stood_down', payload: { reason: 'test traffic' } }),
			'-'
		]
	])('%s', (_title, log, expected) => expect(mark(log, 'roles')).toBe(expected));

	it('tells how long a seat was vacant again', () => {
		const log = four(p1().at(4))
			.at(10)
			.then(seat('communications_lead', null))
			.at(16)
			.then(seat('communications_lead', 'cem'))
			.at(20)
			.then(ended);
		expect(get(log, 'roles').note).toBe('Vacant again for 6m 00s.');
	});
});

describe('escalation', () => {
	const escalated: EventBody = { type: 'escalated', payload: { to: 'everyone', whom: '', reason: '' } };
	const p2 = { declare: 3, severity: 'P2', truth: { severity: 'P2' } } as const;
	it.each<[string, LogBuilder, string]>([
		['P1 at once', run({ declare: 3 }).at(3).then(escalated), 'P'],
		['P1 late', run({ declare: 3 }).at(10).then(escalated), 'M'],
		['P1 never', run({ declare: 3 }), 'U'],
		['P2 over soon', run({ ...p2, until: 20 }), '-'],
		['P2 long, called in time', run(p2).at(30).then(escalated).at(60).then(ended), 'P'],
		['P2 long, never called', run(p2).at(60).then(ended), 'U']
	])('%s', (_title, log, expected) => expect(mark(log, 'escalation')).toBe(expected));
});

describe('updates', () => {
	const at = (log: LogBuilder, ...minutes: number[]): LogBuilder => {
		for (const minute of minutes) log.at(minute).by('cem', update(null));
		return log;
	};
	it.each<[string, LogBuilder, string]>([
		['on time', at(run({ declare: 2, until: 40, resolve: 45 }), 10, 28, 44), 'P'],
		['one after the end does not count', at(run({ declare: 2, until: 40, resolve: 45 }), 5, 20, 30, 51), 'P'],
		['first late', at(run({ declare: 2, until: 40, resolve: 45 }), 14, 30), 'M'],
		['none', run({ declare: 2, until: 40, resolve: 45 }), 'U'],
		[
			'over before any was due',
			run({ declare: 2, until: 5, resolve: 8, truth: { expected: { ...EXPECTED, statusUpdatesNeeded: 0 } } }),
			'-'
		],
		['none due at P3', run({ declare: 2, truth: { severity: 'P3' } }), '-']
	])('%s', (_title, log, expected) => expect(mark(log, 'cadence')).toBe(expected));

	it('measures the longest silence, up to the end', () => {
		expect(get(at(run({ declare: 2, until: 40, resolve: 45 }), 5), 'cadence')).toMatchObject({
			value: 40 * 60_000,
			rating: 'M'
		});
	});
	it('counts promised times', () => {
		const log = run({ declare: 2, until: 40, resolve: 45 })
			.at(5)
			.by('cem', update(15))
			.at(14)
			.by('cem', update(20))
			.at(30)
			.by('cem', update(60));
		expect(get(log, 'cadence').note).toBe('1 of 2 promised times kept.');
	});
	it.each<[string, EventBody, number]>([
		['complete', update(20), 1],
		['no next time', update(null), 0.8],
		['empty impact', update(20, { impact: '' }), 0.8],
		['an estimate without evidence', update(20, { action: 'We expect to be back in 10 minutes.' }), 0.8],
		['resolved, while customers were affected', update(null, { state: 'resolved' }), 0.8],
		['the next update is no estimate', update(20, { action: 'We are looking into it. Next update in 20 minutes.' }), 1]
	])('content: %s', (_title, body, value) => {
		expect(get(run({ declare: 2 }).at(5).by('cem', body), 'content').value).toBe(value);
	});
	it('content: at the end no next time is needed', () => {
		const log = run({ declare: 2, until: 4 })
			.at(5)
			.by('cem', update(null, { state: 'resolved' }));
		expect(get(log, 'content').value).toBe(1);
	});
});

describe('diagnosis and safety', () => {
	const proposed = (hypothesisId: string, confidence: number): EventBody => ({
		type: 'hypothesis.proposed',
		payload: { hypothesisId, text: hypothesisId, confidence, said: null }
	});
	it('scores calibration by Brier, as a profile without a mark', () => {
		const log = run()
			.at(5)
			.by('ana', proposed('h1', 0.8), proposed('h2', 0.6))
			.at(9)
			.by('ana', { type: 'hypothesis.ruled_out', payload: { hypothesisId: 'h2', reason: 'flat', evidenceId: 'e1' } })
			.at(10)
			.by('ana', { type: 'hypothesis.confirmed', payload: { hypothesisId: 'h1', reason: 'slope', evidenceId: null } });
		const found = get(log, 'hypotheses');
		expect(found).toMatchObject({
			rating: null,
			value: 10 * 60_000,
			measured: 'cause confirmed after 10m 00s, 2 weighed, 1 ruled out, 1 by evidence'
		});
		expect(found.note).toContain('Brier score 0.20');
	});

	const tried = (attemptId: string, verdict: string): EventBody[] => [
		{
			type: 'mitigation.started',
			payload: {
				attemptId,
				mitigationId: 'm',
				name: 'Rolling restart',
				command: '',
				readyAt: 0,
				runbookId: 'leak',
				stepId: 's4'
			}
		},
		{ type: 'mitigation.judged', payload: { attemptId, mitigationId: 'm', verdict, fromState: '', toState: '' } }
	];
	it.each<[string[], string]>([
		[[], '-'],
		[['effective'], 'P'],
		[['ineffective', 'effective'], 'P'],
		[['ineffective', 'ineffective'], 'S'],
		[['harmful'], 'M'],
		[['harmful', 'harmful'], 'U']
	])('actions judged %j: %s', (verdicts, expected) => {
		const log = run().at(5);
		verdicts.forEach((verdict, index) => log.by('ana', ...tried(`x${index + 1}`, verdict)));
		expect(mark(log, 'actions')).toBe(expected);
	});
	it('tells what a harmful action added, and which document called for it', () => {
		const log = run({ until: 20 })
			.at(5)
			.by(
				'ana',
				{ type: 'runbook.opened', payload: { runbookId: 'leak', name: 'memory_leak' } },
				...tried('x1', 'harmful')
			)
			.at(30)
			.then({
				type: 'twin.computed',
				payload: {
					twin: 'without',
					attemptId: 'x1',
					label: '',
					impactMinutes: 4,
					resolved: true,
					mitigatedMs: 1,
					endedMs: 1
				}
			});
		expect(get(log, 'actions').note).toBe('Rolling restart, as runbook "memory_leak" says, +6.0 impact minutes.');
	});

	it.each<[string, LogBuilder, string]>([
		[
			'the right one',
			run({ truth: { runbookId: 'leak' } })
				.at(5)
				.by('ana', { type: 'runbook.opened', payload: { runbookId: 'leak', name: 'x' } }),
			'S'
		],
		[
			'the right one, a step left out for a reason',
			run({ truth: { runbookId: 'leak' } })
				.at(5)
				.by(
					'ana',
					{ type: 'runbook.opened', payload: { runbookId: 'leak', name: 'x' } },
					{
						type: 'runbook.step_skipped',
						payload: { runbookId: 'leak', stepId: 's4', title: 'Restart', reason: 'it empties the caches' }
					}
				),
			'P'
		],
		[
			'another',
			run({ truth: { runbookId: 'leak' } })
				.at(5)
				.by('ana', { type: 'runbook.opened', payload: { runbookId: 'cpu', name: 'x' } }),
			'M'
		],
		['none fits and none was opened', run(), '-'],
		[
			'none fits: the generic one',
			run()
				.at(5)
				.by(
					'ana',
					{ type: 'runbook.opened', payload: { runbookId: 'generic-investigation', name: 'x' } },
					{
						type: 'runbook.finished',
						payload: { runbookId: 'generic-investigation', causeFound: true, note: 'a deploy' }
					}
				),
			'P'
		]
	])('runbook: %s', (_title, log, expected) => expect(mark(log, 'runbook')).toBe(expected));

	const viewed: EventBody = { type: 'telemetry.viewed', payload: { tool: 'dashboards', services: ['core-api'] } };
	it.each<[string, LogBuilder, string]>([
		[
			'watched and held',
			run({ declare: 3, until: 10 }).at(12).by('ana', viewed).at(14).by('ana', status('resolved', 'flat')),
			'P'
		],
		['not watched', run({ declare: 3, until: 10 }).at(14).by('ana', status('resolved', 'flat')), 'S'],
		['neither', run({ declare: 3, until: 10 }).at(11).by('ana', status('resolved', 'flat')), 'M'],
		['not resolved', run({ declare: 3 }), '-']
	])('verification: %s', (_title, log, expected) => expect(mark(log, 'verification')).toBe(expected));
});

describe('impact', () => {
	const cost = { currency: 'EUR', perMinuteAtFullImpact: 5600, productivityPerHour: 125_000, assumption: 'a shop' };
	it('is the exact integral of the share, and money by the rates', () => {
		const log = new LogBuilder()
			.at(-1)
			.then(truth({ cost }))
			.at(0)
			.then(impact(0.1))
			.at(4)
			.then({ type: 'impact.changed', payload: { share: 0.5, affectedMinutes: 0.4 } })
			.at(10)
			.then(impactEnds);
		const found = card(log).impact;
		expect(found?.affectedMinutes).toBeCloseTo(3.4, 10);
		expect(found?.money?.sales).toBeCloseTo(3.4 * 5600, 6);
		expect(found?.money?.productivity).toBeCloseTo((3.4 / 60) * 125_000, 6);
	});
	it('runs to the end of the record where it never ended', () => {
		expect(card(new LogBuilder().at(0).then(impact(0.5)).at(10).then(ended)).impact?.affectedMinutes).toBe(5);
	});
	it.each<[number, string]>([
		[10, 'P'],
		[24, 'S'],
		[40, 'M'],
		[60, 'U']
	])('of %s min at half share against the twins: %s', (until, expected) => {
		const twin = (kind: 'none' | 'reference', impactMinutes: number): EventBody => ({
			type: 'twin.computed',
			payload: { twin: kind, attemptId: null, label: '', impactMinutes, resolved: true, mitigatedMs: null, endedMs: 0 }
		});
		expect(mark(run({ until }).at(61).then(twin('none', 25), twin('reference', 5)), 'impact')).toBe(expected);
	});
	it('does not apply where nobody recorded any', () => expect(mark(new LogBuilder('real'), 'impact')).toBe('-'));
});

describe('learning', () => {
	const note: EventBody = { type: 'note.added', payload: { noteId: 'n1', text: 'x', said: null } };
	it.each<[string, LogBuilder, string]>([
		['kept by the bot', run({ ack: 3 }), '-'],
		['all written down', run().at(1).then(seat('scribe', 'dia')).at(3).by('dia', note), 'P'],
		['written too late', run().at(1).then(seat('scribe', 'dia')).at(6).by('dia', note), 'U']
	])('scribe: %s', (_title, log, expected) => expect(mark(log, 'scribe')).toBe(expected));

	const item = (owner: string, dueMinute: number | null): EventBody => ({
		type: 'action_item.added',
		payload: {
			actionItemId: `i-${owner}`,
			title: 't',
			owner,
			dueAt: dueMinute === null ? null : STARTS_AT + dueMinute * 60_000
		}
	});
	it.each<[string, LogBuilder, string]>([
		['not yet written', run(), '-'],
		['all tracked', run().at(90).by('ana', item('sre', 200)), 'P'],
		['no owner', run().at(90).by('ana', item('', 200)), 'U'],
		['overdue', run().at(90).by('ana', item('sre', 100)).at(150).by('ana', note), 'U'],
		[
			'closed in time',
			run()
				.at(90)
				.by('ana', item('sre', 100), {
					type: 'action_item.changed',
					payload: { actionItemId: 'i-sre', status: 'complete' }
				})
				.at(150)
				.by('ana', note),
			'P'
		],
		['published without an action', run().at(90).by('ana', { type: 'postmortem.published', payload: {} }), 'U']
	])('actions: %s', (_title, log, expected) => expect(mark(log, 'learning')).toBe(expected));
});

describe('the card', () => {
	it('has no number where nothing applies', () => {
		expect(card(new LogBuilder())).toMatchObject({ total: null, severity: null, impact: null });
		expect(scorecard([], DEFAULT_SEVERITY_POLICY).total).toBeNull();
	});
	it('leaves out what does not apply instead of counting it as nothing', () => {
		const log = run({ ack: 3, declare: 4, until: 10, resolve: 14 });
		const { groups, total } = card(log);
		expect(groups.find(({ id }) => id === 'learning')?.score).toBeNull();
		const scored = groups.filter((group) => group.score !== null);
		const mean =
			scored.reduce((sum, group) => sum + group.weight * (group.score ?? 0), 0) /
			scored.reduce((sum, group) => sum + group.weight, 0);
		expect(total).toBeCloseTo(mean, 1);
	});
	it('rates an objective by what the scenario expects for it, before anything that its words may mean', () => {
		const objectives = ['Declare within 5 minutes', 'Prefer the narrow remedy', 'Look first'];
		const judged = (title: string, met: boolean, objective: string | null): JudgedExpectation => ({
			title,
			met,
			at: met ? STARTS_AT + 60_000 : null,
			by: null,
			objective
		});
		const log = run({ truth: { objectives }, ack: 3, declare: 4 }).then({
			type: 'expectations.judged',
			payload: {
				expectations: [
					judged('Declared', false, 'Declare within 5 minutes'),
					judged('Not everything was restarted', true, 'Prefer the narrow remedy'),
					judged('One statement was ended', true, 'Prefer the narrow remedy'),
					judged('It was said why', false, 'Prefer the narrow remedy'),
					judged('The plan was looked at', true, 'Look first'),
					judged('The status page was updated', true, null)
				]
			}
		});
		const { objectives: found, expectations } = card(log);
		expect(found.map(({ rating }) => rating)).toEqual(['U', 'S', 'P']);
		expect(found[1]?.note).toBe('✓ Not everything was restarted · ✓ One statement was ended · ✗ It was said why');
		expect(expectations).toHaveLength(6);
	});

	it('rates objectives by what was measured, and leaves the rest to the facilitator', () => {
		const objectives = ['Declare within 5 minutes', 'Keep calm'];
		const found = card(run({ truth: { objectives }, ack: 3, declare: 4 })).objectives;
		expect(found.map(({ rating, dimensions }) => [rating, dimensions])).toEqual([
			['P', ['declare']],
			[null, []]
		]);
	});
	it('depends on the log alone, whatever the order of what was recorded late', () => {
		const log = run({ ack: 3, declare: 4, until: 10, resolve: 14 });
		expect(card(log)).toEqual(card(log));
		expect(JSON.parse(JSON.stringify(card(log)))).toEqual(card(log));
	});
});

const EXPECTED: GroundTruth['expected'] = {
	detectionMs: null,
	mitigationMs: null,
	resolutionMs: null,
	rolesNeeded: [],
	statusUpdatesNeeded: 1,
	escalationNeeded: false
};
