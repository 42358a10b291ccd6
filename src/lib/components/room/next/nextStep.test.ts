import { expect, it } from 'vitest';
import { initialIncidentState } from '../../../incident/fold.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../../incident/severity.ts';
import type { AlertStateView, IncidentState } from '../../../incident/state.ts';
import { nextStep, type Reader } from './nextStep.ts';

const MINUTE = 60_000;
const ada = { kind: 'participant', id: 'p1' } as const;
const person = (participantId: string, as: 'responder' | 'observer' | 'facilitator' = 'responder') => ({
	participantId,
	as,
	joinedAt: 0,
	leftAt: null
});
const alert = (patch: Partial<AlertStateView> = {}): AlertStateView => ({
	alertId: 'a1',
	name: 'HighErrorRate',
	labels: { service: 'core-api' },
	level: 'critical',
	value: 0.1,
	activeAt: 0,
	firedAt: 0,
	acknowledged: null,
	resolvedAt: null,
	silencedUntil: null,
	pagedAt: 0,
	pagedTo: ['primary'],
	context: {
		summary: '',
		description: '',
		runbookUrl: null,
		dashboardUrl: null,
		recentChanges: [],
		affectedEndpoints: [],
		escalation: null,
		automatedResponse: null,
		expr: null
	},
	...patch
});
const acked = { acknowledged: { at: MINUTE, by: ada } };
const cleared = { ...acked, resolvedAt: 9 * MINUTE };
const seat = (participantId: string) => ({ participantId, bot: false, since: 0 });
const open = { participantId: null, bot: false, since: null };
const roles = (patch: Partial<IncidentState['roles']>): IncidentState['roles'] => ({
	incident_commander: open,
	technical_lead: open,
	communications_lead: open,
	scribe: open,
	...patch
});
const solo = roles({ incident_commander: seat('p1'), technical_lead: seat('p1') });
const update = {
	updateId: 'u1',
	at: 5 * MINUTE,
	by: ada,
	channel: 'status_page',
	state: 'investigating',
	impact: 'x',
	action: 'y',
	nextUpdateAt: 25 * MINUTE,
	said: null
} as const;
const quiet = { ...solo, scribe: { participantId: null, bot: true, since: 0 } };

const declared = {
	declared: { at: MINUTE, severity: 'P1', title: 't', summary: '', by: ada },
	severity: 'P1'
} as const;
const at = (patch: Partial<IncidentState>): IncidentState => ({
	...initialIncidentState('practice'),
	lifecycle: 'running',
	participants: [person('p1')],
	...patch
});
const working = { ...declared, alerts: [alert(acked)], roles: quiet, updates: [update] };
const hypothesis = {
	hypothesisId: 'h1',
	at: 0,
	by: ada,
	text: 'leak',
	confidence: 0.5,
	said: null,
	links: [],
	verdict: null
};
const runbook = { runbookId: 'r', name: 'r', openedAt: 0, by: ada, steps: [], finished: null };
const attempt = {
	attemptId: 'm1',
	mitigationId: 'x',
	name: 'Rolling restart',
	command: '',
	by: ada,
	startedAt: 0,
	readyAt: 0,
	runbookId: null,
	stepId: null,
	finished: null
};

const cases: [string, Partial<IncidentState>, Partial<Reader>, string | null][] = [
	['nothing has happened', {}, {}, null],
	['a page waits', { alerts: [alert()] }, {}, 'Acknowledge HighErrorRate'],
	['a silenced alert does not', { alerts: [alert({ silencedUntil: 99 * MINUTE })] }, {}, 'Declare the incident'],
	['an alert that pages nobody does not', { alerts: [alert({ quiet: true })] }, {}, 'Declare the incident'],
	[
		'people write in before any alert',
		{ injects: [{ injectId: 'i', channel: 'ticket', from: 'Support', text: 'Errors?', at: MINUTE }] },
		{},
		'Declare the incident'
	],
	['acknowledged: declare', { alerts: [alert(acked)] }, {}, 'Declare the incident'],
	['stood down: nothing to declare', { alerts: [alert(acked)], stoodDown: true }, {}, null],
	['declared: somebody commands', { ...declared, alerts: [alert(acked)] }, {}, 'Take incident commander'],
	[
		'alone, the commander leads as well',
		{ ...declared, alerts: [alert(acked)], roles: roles({ incident_commander: seat('p1') }) },
		{ seats: ['incident_commander'] },
		'Take technical lead'
	],
	[
		'with others here, the commander asks one of them',
		{ ...declared, roles: roles({ incident_commander: seat('p1') }), participants: [person('p1'), person('p2')] },
		{ seats: ['incident_commander'] },
		'Fill technical lead'
	],
	[
		'who holds no seat takes the open one',
		{ ...declared, roles: roles({ incident_commander: seat('p2') }), participants: [person('p1'), person('p2')] },
		{},
		'Take technical lead'
	],
	[
		'updates fall to the commander',
		{ ...declared, declared: { ...declared.declared, at: 5 * MINUTE }, alerts: [alert(acked)], roles: solo },
		{ seats: ['incident_commander', 'technical_lead'] },
		'Write the first update'
	],
	[
		'nobody writes',
		{ ...working, roles: solo },
		{ seats: ['incident_commander', 'technical_lead'] },
		'Let the bot keep the timeline'
	],
	['find out', working, { seats: ['incident_commander', 'technical_lead'] }, 'Open a runbook'],
	['explain', { ...working, runbooks: [runbook] }, { seats: ['technical_lead'] }, 'Propose a hypothesis'],
	[
		'weigh',
		{ ...working, runbooks: [runbook], hypotheses: [hypothesis] },
		{ seats: ['technical_lead'] },
		'Weigh the hypotheses'
	],
	[
		'say that it is identified',
		{
			...working,
			hypotheses: [{ ...hypothesis, verdict: { kind: 'confirmed', at: 0, reason: '', evidenceId: null } }]
		},
		{ seats: ['technical_lead'] },
		'Set status: identified'
	],
	['choose', { ...working, status: 'identified' }, { seats: ['technical_lead'] }, 'Open mitigations'],
	[
		'wait while it runs',
		{ ...working, status: 'mitigating', mitigations: [attempt] },
		{ seats: ['technical_lead'] },
		null
	],
	[
		'it is quiet',
		{ ...working, status: 'mitigating', alerts: [alert(cleared)] },
		{ seats: ['technical_lead'] },
		'Set status: monitoring'
	],
	['watch', { ...working, status: 'monitoring' }, { seats: ['incident_commander'] }, null],
	[
		'verify',
		{ ...working, status: 'monitoring', alerts: [alert(cleared)] },
		{ seats: ['incident_commander'] },
		'Resolve…'
	],
	[
		'resolved too early',
		{ ...working, status: 'resolved', updates: [{ ...update, state: 'resolved', nextUpdateAt: null }] },
		{ seats: ['incident_commander'] },
		'Reopen…'
	],
	[
		'paused, for the host',
		{ lifecycle: 'paused', pause: { reason: 'Coffee', cause: 'host' } },
		{ host: true },
		'Resume the clock'
	],
	['paused, for others', { lifecycle: 'paused', pause: { reason: 'Coffee', cause: 'host' } }, {}, null],
	['an observer watches', { alerts: [alert()] }, { as: 'observer' }, null],
	['a facilitator leads', { alerts: [alert()] }, { as: 'facilitator' }, 'Open the run panel'],
	[
		'a promise comes before the search',
		{ ...working, updates: [{ ...update, nextUpdateAt: 10 * MINUTE }] },
		{ seats: ['incident_commander', 'technical_lead'] },
		'Write the update'
	],
	[
		'the communications lead answers',
		{
			...working,
			roles: { ...quiet, communications_lead: seat('p2') },
			participants: [person('p1'), person('p2')],
			questions: [
				{
					questionId: 'q1',
					at: 0,
					from: 'Head of Sales',
					channel: 'chat',
					text: '?',
					needsAnswer: true,
					to: 'communications_lead',
					answer: null
				}
			]
		},
		{ participantId: 'p2', seats: ['communications_lead'] },
		'Answer Head of Sales'
	],
	[
		'the successor takes over item by item',
		{
			...declared,
			roles: roles({ incident_commander: seat('p1'), technical_lead: seat('p2') }),
			participants: [person('p1'), person('p2')],
			handoffs: [
				{
					handoffId: 'x',
					at: 0,
					role: 'incident_commander',
					from: 'p2',
					to: 'p1',
					briefing: '',
					items: [{ itemId: 'i', text: 'call the bank', acknowledgedAt: null }]
				}
			]
		},
		{ seats: ['incident_commander'] },
		'I have this'
	],
	['the end', { lifecycle: 'ended' }, {}, null]
];

it.each(cases)('%s', (_title, patch, reader, label) => {
	const step = nextStep(
		at(patch),
		DEFAULT_SEVERITY_POLICY,
		{ participantId: 'p1', seats: [], as: 'responder', host: false, ...reader },
		10 * MINUTE
	);
	expect(step.action?.label ?? null).toBe(label);
	expect(step.open).not.toBe('');
});

it('says what is done', () => {
	const state = at({ ...working });
	const reader: Reader = { participantId: 'p1', seats: ['incident_commander'], as: 'responder', host: false };
	expect(nextStep(state, DEFAULT_SEVERITY_POLICY, reader, 10 * MINUTE).done).toEqual([
		'acknowledged',
		'declared',
		'commander',
		'technical lead',
		'1 update'
	]);
});
