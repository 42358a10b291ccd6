import { describe, expect, it } from 'vitest';
import { EVERYONE } from './actor.ts';
import type { ResponseCommand } from './command.ts';
import { decide, isResponseCommand, type DecideContext, type Decision } from './decide.ts';
import type { EventBody, EventType } from './event.ts';
import type { OnCall } from './on-call.ts';
import { routeTo } from './route-to.ts';
import { seatsOf } from './seats.ts';
import { DEFAULT_SEVERITY_POLICY } from './severity.ts';
import { LogBuilder, STARTS_AT } from './testing.ts';

const MINUTE = 60_000;
const NOW = 10;

const joined = (participantId: string, as: 'responder' | 'observer' | 'facilitator' = 'responder'): EventBody => ({
	type: 'participant.joined',
	payload: { participantId, as }
});
const seated = (role: 'incident_commander' | 'communications_lead' | 'scribe', participantId: string): EventBody => ({
	type: 'role.assigned',
	payload: { role, participantId, bot: false }
});
const declared: EventBody = { type: 'incident.declared', payload: { severity: 'P2', title: 't', summary: '' } };
const began: EventBody = { type: 'run.began', payload: { speed: 1 } };

/** Ana and Ben respond, Oli observes, Fay facilitates; a1 fires. */
function room(origin: 'practice' | 'real' = 'practice', ...more: EventBody[]): LogBuilder {
	const log = new LogBuilder(origin).at(0).then(joined('ana'), joined('ben'), joined('oli', 'observer'));
	if (origin === 'practice') log.then(joined('fay', 'facilitator'), began);
	return log
		.at(1)
		.alert('a1', 'HighErrorRate')
		.at(5)
		.then(...more);
}

function give(log: LogBuilder, who: string, command: ResponseCommand, extra: Partial<DecideContext> = {}): Decision {
	const { state } = log;
	return decide(state, command, {
		at: STARTS_AT + NOW * MINUTE,
		simMs: log.origin === 'practice' ? NOW * MINUTE : null,
		by: { participantId: who, host: false },
		commandNumber: 7,
		seats: seatsOf(state, who),
		policy: DEFAULT_SEVERITY_POLICY,
		...extra
	});
}
const types = (decision: Decision): EventType[] | string =>
	decision.ok ? decision.events.map((event) => event.type) : decision.code;
const host = (participantId: string) => ({ by: { participantId, host: true } });

const DECLARE: ResponseCommand = { type: 'declareIncident', severity: 'P1', title: 'Errors', summary: '' };
const ACK: ResponseCommand = { type: 'acknowledgeAlert', alertId: 'a1' };
const RESOLVE: ResponseCommand = {
	type: 'changeStatus',
	status: 'resolved',
	note: '',
	verification: 'errors flat for 5 min'
};

describe('who may do what, and when', () => {
	it.each<[string, LogBuilder, string, ResponseCommand, Partial<DecideContext>, string | EventType[]]>([
		['anyone here acknowledges', room(), 'ben', ACK, {}, ['alert.acknowledged']],
		['an observer does not', room(), 'oli', ACK, {}, 'forbidden'],
		['nor a facilitator', room(), 'fay', ACK, {}, 'forbidden'],
		['nor a stranger', room(), 'zoe', ACK, {}, 'forbidden'],
		['an observer looks without trace', room(), 'oli', { type: 'viewTelemetry', tool: 'logs', services: [] }, {}, []],
		[
			'a responder leaves a trace',
			room(),
			'ana',
			{ type: 'viewTelemetry', tool: 'logs', services: [] },
			{},
			['telemetry.viewed']
		],
		['a facilitator writes notes', room(), 'fay', { type: 'addNote', text: 'x' }, {}, ['note.added']],
		[
			'nobody acknowledges in a pause',
			room('practice', { type: 'clock.paused', payload: { reason: '', cause: 'host' } }),
			'ana',
			ACK,
			{},
			'paused'
		],
		[
			'but people talk',
			room('practice', { type: 'clock.paused', payload: { reason: '', cause: 'host' } }),
			'ana',
			{ type: 'postMessage', text: 'x' },
			{},
			['message.posted']
		],
		[
			'a frozen exercise is paused',
			room('practice', { type: 'exercise.frozen', payload: { by: 'ana' } }),
			'ana',
			DECLARE,
			{},
			'paused'
		],
		['nobody declares in the lobby', new LogBuilder().then(joined('ana')), 'ana', DECLARE, {}, 'not_started'],
		[
			'but takes a role there',
			new LogBuilder().then(joined('ana')),
			'ana',
			{ type: 'takeRole', role: 'scribe' },
			{},
			['role.assigned']
		],
		[
			'after the end all is over',
			room('practice', { type: 'run.ended', payload: { outcome: 'resolved', reason: 'success', endedMs: 1 } }),
			'ana',
			ACK,
			{},
			'ended'
		],
		[
			'the truth is opened by the host',
			room('practice', { type: 'run.ended', payload: { outcome: 'resolved', reason: 'success', endedMs: 1 } }),
			'ana',
			{ type: 'openTruth' },
			host('ana'),
			['truth.opened']
		],
		[
			'not by others',
			room('practice', { type: 'run.ended', payload: { outcome: 'resolved', reason: 'success', endedMs: 1 } }),
			'ana',
			{ type: 'openTruth' },
			{},
			'forbidden'
		],
		['and not before the end', room(), 'ana', { type: 'openTruth' }, host('ana'), 'wrong_state'],
		['a real incident has no truth to open', room('real'), 'ana', { type: 'openTruth' }, host('ana'), 'wrong_state'],
		[
			'alerts are entered by hand in a real one',
			room('real'),
			'ana',
			{ type: 'recordAlert', name: 'X', level: '', service: 's', summary: '', at: STARTS_AT },
			{},
			['alert.fired']
		],
		[
			'not in practice',
			room(),
			'ana',
			{ type: 'recordAlert', name: 'X', level: '', service: 's', summary: '', at: STARTS_AT },
			{},
			'wrong_state'
		],
		['facilitating needs the host link', room(), 'zoe', { type: 'join', as: 'facilitator' }, {}, 'forbidden'],
		[
			'or an invitation',
			room(),
			'zoe',
			{ type: 'join', as: 'facilitator' },
			{ seats: ['facilitator'] },
			['participant.joined']
		],
		[
			'who facilitated does not respond',
			room('practice', { type: 'participant.left', payload: { participantId: 'fay' } }),
			'fay',
			{ type: 'join', as: 'responder' },
			{},
			'forbidden'
		]
	])('%s', (_title, log, who, command, extra, expected) => {
		expect(types(give(log, who, command, extra))).toEqual(expected);
	});

	it('every refusal is one human sentence', () => {
		const refusals = [
			give(room(), 'oli', ACK),
			give(room(), 'ana', RESOLVE),
			give(room(), 'ana', { ...ACK, alertId: 'a9' })
		];
		for (const refusal of refusals) {
			expect(refusal.ok).toBe(false);
			if (!refusal.ok) expect(refusal.message).toMatch(/^[A-Z][^\n]{10,150}\.$/);
		}
	});
});

describe('seats', () => {
	const taken = room('practice', seated('incident_commander', 'ana'));
	it.each<[string, LogBuilder, string, ResponseCommand, Partial<DecideContext>, string | EventType[]]>([
		['an open seat is anyone’s', taken, 'ben', { type: 'takeRole', role: 'scribe' }, {}, ['role.assigned']],
		['a taken one is not', taken, 'ben', { type: 'takeRole', role: 'incident_commander' }, {}, 'wrong_state'],
		[
			'the commander assigns',
			taken,
			'ana',
			{ type: 'assignRole', role: 'scribe', to: { participantId: 'ben' } },
			{},
			['role.assigned']
		],
		[
			'others do not',
			taken,
			'ben',
			{ type: 'assignRole', role: 'scribe', to: { participantId: 'ana' } },
			{},
			'forbidden'
		],
		[
			'the host does',
			taken,
			'ben',
			{ type: 'assignRole', role: 'scribe', to: { participantId: 'ana' } },
			host('ben'),
			['role.assigned']
		],
		[
			'no seat for an observer',
			taken,
			'ana',
			{ type: 'assignRole', role: 'scribe', to: { participantId: 'oli' } },
			{},
			'wrong_state'
		],
		[
			'no seat for a facilitator',
			taken,
			'ana',
			{ type: 'assignRole', role: 'scribe', to: { participantId: 'fay' } },
			{},
			'forbidden'
		],
		[
			'the bot keeps the timeline',
			taken,
			'ana',
			{ type: 'assignRole', role: 'scribe', to: { bot: true } },
			{},
			['role.assigned']
		],
		[
			'and nothing else',
			taken,
			'ana',
			{ type: 'assignRole', role: 'technical_lead', to: { bot: true } },
			{},
			'wrong_state'
		],
		[
			'a handover needs a briefing',
			taken,
			'ana',
			{ type: 'handOffRole', role: 'incident_commander', to: 'ben', briefing: ' ', items: [] },
			{},
			'incomplete'
		],
		[
			'with one it is done',
			taken,
			'ana',
			{ type: 'handOffRole', role: 'incident_commander', to: 'ben', briefing: 'b', items: ['one'] },
			{},
			['role.handed_off']
		],
		[
			'not by a bystander',
			taken,
			'ben',
			{ type: 'handOffRole', role: 'incident_commander', to: 'ben', briefing: 'b', items: [] },
			{},
			'forbidden'
		],
		['leaving vacates', taken, 'ana', { type: 'leave' }, {}, ['participant.left', 'role.assigned']],
		['a seat-holder does not become observer', taken, 'ana', { type: 'join', as: 'observer' }, {}, 'wrong_state']
	])('%s', (_title, log, who, command, extra, expected) => {
		expect(types(give(log, who, command, extra))).toEqual(expected);
	});

	it('only the successor takes over items', () => {
		const log = room('practice', seated('incident_commander', 'ana'), {
			type: 'role.handed_off',
			payload: {
				handoffId: 'ho1',
				role: 'incident_commander',
				from: 'ana',
				to: 'ben',
				briefing: 'b',
				items: [{ itemId: 'i1', text: 'x' }]
			}
		});
		const command: ResponseCommand = { type: 'acknowledgeHandoffItem', handoffId: 'ho1', itemId: 'i1' };
		expect(types(give(log, 'ana', command))).toBe('forbidden');
		expect(types(give(log, 'ben', command))).toEqual(['handoff.item_acknowledged']);
	});
});

describe('declaring', () => {
	const onCall: OnCall = {
		primary: 'ana',
		secondary: 'ben',
		senior_ic: 'ben',
		subject_expert: 'ana',
		manager: null,
		junior_engineer: 'zoe'
	};
	const proposals = (decision: Decision) =>
		decision.ok
			? decision.events.flatMap(({ type, payload }) =>
					type === 'role.proposed' ? [[payload.role, payload.participantId, payload.bot]] : []
				)
			: decision;

	it('proposes at P1 by the rota, and calls everyone', () => {
		const decision = give(room(), 'ana', DECLARE, { onCall });
		expect(proposals(decision)).toEqual([
			['incident_commander', 'ben', false],
			['technical_lead', 'ana', false],
			['communications_lead', null, false],
			['scribe', null, false]
		]);
		expect(types(decision).slice(-2)).toEqual(['escalated', 'page.delivered']);
		expect(decision.ok && decision.events.at(-1)).toMatchObject({
			actor: { kind: 'system', name: 'pager' },
			payload: { alertId: 'a1', to: 'everyone', participants: ['ana', 'ben'] },
			causedBy: 7
		});
	});

	it('proposes at P2 the primary for two seats and the bot as scribe, and calls nobody', () => {
		const decision = give(room(), 'ana', { ...DECLARE, severity: 'P2' }, { onCall });
		expect(proposals(decision)).toEqual([
			['incident_commander', 'ana', false],
			['technical_lead', 'ana', false],
			['communications_lead', 'ben', false],
			['scribe', null, true]
		]);
		expect(types(decision)).not.toContain('escalated');
	});

	it('proposes only for open seats', () => {
		expect(
			proposals(give(room('practice', seated('incident_commander', 'ana')), 'ana', DECLARE, { onCall }))
		).toHaveLength(3);
	});

	it('is done once; raising to P1 calls everyone, once', () => {
		const log = room('practice', declared);
		expect(types(give(log, 'ana', DECLARE))).toBe('wrong_state');
		const raise: ResponseCommand = { type: 'changeSeverity', severity: 'P1', reason: 'worse' };
		expect(types(give(log, 'ana', raise))).toEqual(['severity.changed', 'escalated', 'page.delivered']);
		log.then({ type: 'escalated', payload: { to: 'everyone', whom: '', reason: '' } });
		expect(types(give(log, 'ana', raise))).toEqual(['severity.changed']);
	});
});

describe('status', () => {
	it.each<[string, LogBuilder, string, ResponseCommand, string | EventType[]]>([
		['needs a declaration', room(), 'ana', RESOLVE, 'wrong_state'],
		['needs verification', room('practice', declared), 'ana', { ...RESOLVE, verification: ' ' }, 'incomplete'],
		['is done with both', room('practice', declared), 'ana', RESOLVE, ['status.changed']],
		[
			'is for the commander, where there is one',
			room('practice', declared, seated('incident_commander', 'ana')),
			'ben',
			RESOLVE,
			'forbidden'
		],
		[
			'drafts the post-mortem of a real incident',
			room('real', declared),
			'ana',
			RESOLVE,
			['status.changed', 'postmortem.drafted']
		]
	])('resolving %s', (_title, log, who, command, expected) => {
		expect(types(give(log, who, command))).toEqual(expected);
	});

	it('goes back only by reopening', () => {
		const log = room('practice', declared, {
			type: 'status.changed',
			payload: { from: 'monitoring', to: 'resolved', note: '', verification: 'v' }
		});
		expect(types(give(log, 'ana', { type: 'changeStatus', status: 'monitoring', note: '', verification: null }))).toBe(
			'wrong_state'
		);
		expect(types(give(log, 'ana', { type: 'reopenIncident', reason: 'back' }))).toEqual(['incident.reopened']);
	});
});

describe('the post-mortem', () => {
	const ended: EventBody = { type: 'run.ended', payload: { outcome: 'resolved', reason: 'success', endedMs: 0 } };
	const drafted: EventBody = { type: 'postmortem.drafted', payload: { dueAt: null } };
	const review: EventBody = { type: 'postmortem.review_requested', payload: { revision: 1 } };
	const published: EventBody = {
		type: 'postmortem.published',
		payload: { revision: 1, contentHash: 'abc', version: 4 }
	};
	const reopened: EventBody = { type: 'postmortem.revision_opened', payload: { revision: 2 } };
	const REVIEW: ResponseCommand = { type: 'requestPostmortemReview' };
	const RETURN: ResponseCommand = { type: 'returnPostmortem', reason: 'no evidence yet' };
	const PUBLISH: ResponseCommand = { type: 'publishPostmortem', contentHash: 'abc', version: 4 };
	it.each<[string, EventBody[], ResponseCommand, string | EventType[]]>([
		['a draft is given for review', [drafted], REVIEW, ['postmortem.review_requested']],
		['what is in review is not given again', [drafted, review], REVIEW, 'wrong_state'],
		['a draft cannot be returned', [drafted], RETURN, 'wrong_state'],
		['what is in review can', [drafted, review], RETURN, ['postmortem.review_returned']],
		['with a reason', [drafted, review], { ...RETURN, reason: ' ' }, 'incomplete'],
		['and be published', [drafted, review], PUBLISH, ['postmortem.published']],
		['a draft may be published at once', [drafted], PUBLISH, ['postmortem.published']],
		['nothing is published twice', [drafted, published], PUBLISH, 'wrong_state'],
		['nor before it is drafted', [], PUBLISH, 'wrong_state'],
		['a revision is', [drafted, published, reopened], PUBLISH, ['postmortem.published']]
	])('%s', (_title, before, command, expected) => {
		expect(types(give(room('practice', ended, ...before), 'ana', command))).toEqual(expected);
	});

	it('carries its hash, its version and its revision', () => {
		const decision = give(room('practice', ended, drafted, published, reopened), 'ana', PUBLISH);
		expect(decision.ok && decision.events[0]).toMatchObject({
			payload: { revision: 2, contentHash: 'abc', version: 4 }
		});
	});

	it('may have its times corrected weeks later, but not to long before the incident', () => {
		const late = { at: STARTS_AT + 30 * 24 * 60 * MINUTE, ...host('ana') };
		const correct = (at: number): ResponseCommand => ({
			type: 'correctMilestone',
			milestone: 'declared',
			at,
			reason: 'the chat says so'
		});
		const log = room('real', declared);
		expect(types(give(log, 'ana', correct(STARTS_AT), late))).toEqual(['milestone.corrected']);
		expect(types(give(log, 'ana', correct(STARTS_AT - 8 * 24 * 60 * MINUTE), late))).toBe('incomplete');
	});

	it('is due by the severity of the incident, as the organisation set it', () => {
		const policy = {
			...DEFAULT_SEVERITY_POLICY,
			P2: { ...DEFAULT_SEVERITY_POLICY.P2, postmortemDays: 3 }
		};
		const dueAt = (extra: Partial<DecideContext>): unknown => {
			const decision = give(room('real', declared), 'ana', RESOLVE, extra);
			return decision.ok && decision.events.find(({ type }) => type === 'postmortem.drafted')?.payload;
		};
		const days = (count: number) => ({ dueAt: STARTS_AT + NOW * MINUTE + count * 24 * 60 * MINUTE });
		expect(dueAt({})).toEqual(days(5));
		expect(dueAt({ policy })).toEqual(days(3));
	});
});

describe('recorded for another', () => {
	const said = (minute: number): ResponseCommand => ({
		type: 'recordDecision',
		text: 'roll back',
		said: { by: 'ben', at: STARTS_AT + minute * MINUTE }
	});
	it('is dated to when it was said, in both clocks', () => {
		const decision = give(room(), 'ana', said(7));
		expect(decision.ok && decision.events[0]).toMatchObject({
			occurredAt: STARTS_AT + 7 * MINUTE,
			simMs: 7 * MINUTE,
			actor: { id: 'ana' },
			payload: { said: { by: 'ben' } }
		});
	});
	it('is never dated to the future', () => expect(types(give(room(), 'ana', said(11)))).toBe('incomplete'));
	it('may still be written down in review, not after the end', () => {
		const log = room()
			.at(8)
			.then({ type: 'run.ended', payload: { outcome: 'resolved', reason: 'success', endedMs: 1 } });
		expect(types(give(log, 'ana', said(7)))).toEqual(['decision.recorded']);
		expect(types(give(log, 'ana', said(9)))).toBe('ended');
		expect(types(give(log, 'ana', { type: 'recordDecision', text: 'x' }))).toBe('ended');
	});
});

describe('stakeholders', () => {
	it('reach the seat, else the commander, else everyone', () => {
		expect(routeTo('communications_lead', room().state)).toEqual(EVERYONE);
		const ic = room('practice', seated('incident_commander', 'ana'));
		expect(routeTo('communications_lead', ic.state)).toEqual({
			kind: 'seats',
			seats: ['incident_commander', 'communications_lead']
		});
		ic.then(seated('communications_lead', 'ben'));
		expect(routeTo('communications_lead', ic.state)).toEqual({ kind: 'seats', seats: ['communications_lead'] });
		expect(routeTo('responder', ic.state)).toEqual(EVERYONE);
	});

	function asked(): LogBuilder {
		const log = room('practice', seated('communications_lead', 'ben'), seated('incident_commander', 'ana'));
		log.from('CTO', {
			type: 'stakeholder.asked',
			payload: {
				questionId: 'q-cl1',
				from: 'CTO',
				channel: 'exec',
				text: 'when?',
				needsAnswer: true,
				to: 'communications_lead'
			}
		});
		const last = log.events.at(-1);
		if (last) last.audience = { kind: 'seats', seats: ['communications_lead'] };
		return log;
	}
	it('are answered before the same audience', () => {
		const decision = give(asked(), 'ben', { type: 'answerStakeholder', questionId: 'q-cl1', text: 'soon' });
		expect(decision.ok && decision.events[0]?.audience).toEqual({ kind: 'seats', seats: ['communications_lead'] });
	});
	it('do not exist for who cannot see them', () => {
		expect(types(give(asked(), 'ana', { type: 'answerStakeholder', questionId: 'q-cl1', text: 'soon' }))).toBe(
			'unknown_id'
		);
	});
	it('are asked again for the seat that they are handed to', () => {
		const log = asked();
		const decision = give(log, 'ben', { type: 'handStakeholder', questionId: 'q-cl1', to: 'incident_commander' });
		expect(types(decision)).toEqual(['stakeholder.asked', 'stakeholder.handed']);
		expect(decision.ok && decision.events.map((event) => event.audience)).toEqual(
			Array(2).fill({ kind: 'seats', seats: ['communications_lead', 'incident_commander'] })
		);
	});
});

describe('runbooks', () => {
	const runbooks = [
		{
			runbookId: 'leak',
			name: 'Memory leak',
			steps: [
				{ stepId: 's1', title: 'Look', automated: false },
				{ stepId: 's2', title: 'Dump', automated: true }
			]
		}
	];
	const open = room('practice', { type: 'runbook.opened', payload: { runbookId: 'leak', name: 'Memory leak' } });
	it.each<[string, ResponseCommand, string | EventType[]]>([
		[
			'opens the generic investigation anywhere',
			{ type: 'openRunbook', runbookId: 'generic-investigation' },
			['runbook.opened']
		],
		['knows no other', { type: 'openRunbook', runbookId: 'nope' }, 'unknown_id'],
		['opens once', { type: 'openRunbook', runbookId: 'leak' }, 'wrong_state'],
		[
			'ticks a manual step',
			{ type: 'completeStep', runbookId: 'leak', stepId: 's1', result: '' },
			['runbook.step_completed']
		],
		[
			'leaves an automated one to its tool',
			{ type: 'completeStep', runbookId: 'leak', stepId: 's2', result: '' },
			'wrong_state'
		],
		[
			'skips with a reason',
			{ type: 'skipStep', runbookId: 'leak', stepId: 's2', reason: 'a trap' },
			['runbook.step_skipped']
		],
		['not without', { type: 'skipStep', runbookId: 'leak', stepId: 's2', reason: '' }, 'incomplete']
	])('%s', (_title, command, expected) => {
		expect(types(give(open, 'ana', command, { runbooks }))).toEqual(expected);
	});
});

describe('by hand, in a real incident', () => {
	it('integrates impact exactly', () => {
		const log = room('real')
			.at(2)
			.by('ana', { type: 'impact.started', payload: { share: 0.5 } });
		const change: ResponseCommand = { type: 'recordImpact', change: 'changed', share: 0.2, at: STARTS_AT + 6 * MINUTE };
		const changed = give(log, 'ana', change);
		expect(changed.ok && changed.events[0]).toMatchObject({
			occurredAt: STARTS_AT + 6 * MINUTE,
			payload: { share: 0.2, affectedMinutes: 2 }
		});
		log.at(6).by('ana', { type: 'impact.changed', payload: { share: 0.2, affectedMinutes: 2 } });
		const ended = give(log, 'ana', { type: 'recordImpact', change: 'ended', share: 0, at: STARTS_AT + 10 * MINUTE });
		expect(ended.ok && ended.events[0]?.payload).toEqual({ affectedMinutes: 2.8 });
		expect(types(give(log, 'ana', { ...change, at: STARTS_AT }))).toBe('incomplete');
	});

	it('records a mitigation with its verdict, where there is one', () => {
		const record = (worked: 'yes' | 'unknown'): ResponseCommand => ({
			type: 'recordMitigation',
			name: 'restart',
			at: STARTS_AT,
			worked
		});
		expect(types(give(room('real'), 'ana', record('yes')))).toEqual([
			'mitigation.started',
			'mitigation.finished',
			'mitigation.judged'
		]);
		expect(types(give(room('real'), 'ana', record('unknown')))).toEqual(['mitigation.started', 'mitigation.finished']);
	});
});

it('tells commands of the response from those of the run', () => {
	expect(isResponseCommand(DECLARE)).toBe(true);
	expect(isResponseCommand({ type: 'beginRun' })).toBe(false);
	expect(isResponseCommand({ type: 'toString' })).toBe(false);
});
