import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventBodySchema } from './event.schema.ts';
import { commandSchema } from './command.schema.ts';
import type { ResponseCommand } from './command.ts';
import { decide } from './decide.ts';
import type { IncidentEvent } from './event.ts';
import { foldAll, foldEvent, initialIncidentState } from './fold.ts';
import { foldMilestones } from './milestones.ts';
import { MILESTONES } from './milestone.ts';
import { COMMAND_ROLES, ROLES } from './role.ts';
import { seatsOf } from './seats.ts';
import { DEFAULT_SEVERITY_POLICY, SEVERITIES } from './severity.ts';
import { INCIDENT_STATUSES } from './status.ts';
import { fired, STARTS_AT } from './testing.ts';
import { timeline } from './timeline.ts';
import { project } from './views.ts';

const PEOPLE = ['ana', 'ben', 'fay', 'oli'];
const person = fc.constantFrom(...PEOPLE);
const role = fc.constantFrom(...COMMAND_ROLES);
const text = fc.constantFrom('', 'cache', 'errors fell after the rollback');
const number = fc.constantFrom(-1, 0, 0.5, 1, 20);
/** Small numbers, so that ids often name something that is there. */
const idOf = (prefix: string) => fc.integer({ min: 1, max: 3 }).map((n) => `${prefix}${n}`);
const at = fc.integer({ min: -5, max: 300 }).map((minute) => STARTS_AT + minute * 60_000);
const said = fc.option(fc.record({ by: person, at }), { nil: null });
const evidence = fc.option(idOf('e'), { nil: null });
const command = <T extends ResponseCommand['type']>(
	type: T,
	fields: { [K in Exclude<keyof Extract<ResponseCommand, { type: T }>, 'type'>]: fc.Arbitrary<unknown> }
) => fc.record({ type: fc.constant(type), ...fields }) as unknown as fc.Arbitrary<ResponseCommand>;

const anyCommand: fc.Arbitrary<ResponseCommand> = fc.oneof(
	command('join', { as: fc.constantFrom('responder', 'responder', 'observer', 'facilitator') }),
	command('leave', {}),
	command('acknowledgeAlert', { alertId: idOf('a') }),
	command('silenceAlert', { alertId: idOf('a'), minutes: number, reason: text }),
	command('declareIncident', { severity: fc.constantFrom(...SEVERITIES), title: text, summary: text }),
	command('changeSeverity', { severity: fc.constantFrom(...SEVERITIES), reason: text }),
	command('changeStatus', { status: fc.constantFrom(...INCIDENT_STATUSES), note: text, verification: fc.option(text) }),
	command('escalate', { to: fc.constantFrom('secondary', 'everyone', 'specialist'), whom: text, reason: text }),
	command('reopenIncident', { reason: text }),
	command('standDown', { reason: text }),
	command('takeRole', { role }),
	command('releaseRole', { role }),
	command('assignRole', {
		role,
		to: fc.oneof(fc.record({ participantId: person }), fc.constant({ bot: true as const }))
	}),
	command('handOffRole', { role, to: person, briefing: text, items: fc.array(text, { maxLength: 3 }) }),
	command('acknowledgeHandoffItem', { handoffId: idOf('ho'), itemId: idOf('i') }),
	command('postMessage', { text, said }),
	command('correctMessage', { messageId: idOf('m'), text }),
	command('updateBrief', { brief: fc.record({ impact: text, known: text, doing: text, next: text }) }),
	command('publishStatusUpdate', {
		channel: fc.constantFrom('status_page', 'internal'),
		state: fc.constantFrom(...INCIDENT_STATUSES),
		impact: text,
		action: text,
		nextUpdateInMinutes: fc.option(number),
		said
	}),
	command('answerStakeholder', { questionId: idOf('q'), text }),
	command('handStakeholder', { questionId: idOf('q'), to: role }),
	command('assignTask', { text, ownerId: fc.option(person), dueInMinutes: fc.option(number) }),
	command('completeTask', { taskId: idOf('t'), result: text }),
	command('proposeHypothesis', { text, confidence: number, said }),
	command('reviseHypothesis', { hypothesisId: idOf('h'), confidence: number }),
	command('linkEvidence', { hypothesisId: idOf('h'), evidenceId: idOf('e'), supports: fc.boolean() }),
	command('ruleOutHypothesis', { hypothesisId: idOf('h'), reason: text, evidenceId: evidence }),
	command('confirmHypothesis', { hypothesisId: idOf('h'), reason: text, evidenceId: evidence }),
	command('addNote', { text, said }),
	command('recordDecision', { text, said }),
	command('pinEvidence', { source: fc.constant('note'), title: text, text, of: evidence, series: fc.constant([]) }),
	command('viewTelemetry', { tool: text, services: fc.array(text, { maxLength: 2 }) }),
	command('openRunbook', { runbookId: fc.constant('generic-investigation') }),
	command('completeStep', {
		runbookId: fc.constant('generic-investigation'),
		stepId: fc.constant('hypothesis'),
		result: text
	}),
	command('skipStep', {
		runbookId: fc.constant('generic-investigation'),
		stepId: fc.constant('recent-changes'),
		reason: text
	}),
	command('finishRunbook', { runbookId: fc.constant('generic-investigation'), causeFound: fc.boolean(), note: text }),
	command('addAttachment', {
		attachmentId: idOf('f'),
		name: text,
		url: fc.option(text),
		contentType: fc.option(text),
		bytes: fc.option(number)
	}),
	command('answerHotwash', { wentWell: text, surprisedMe: text, unclear: text }),
	command('openTruth', {}),
	command('correctMilestone', { milestone: fc.constantFrom(...MILESTONES), at: fc.option(at), reason: text }),
	command('requestPostmortemReview', {}),
	command('returnPostmortem', { reason: text }),
	command('publishPostmortem', { contentHash: fc.option(text), version: fc.option(number) }),
	command('recordAlert', { name: text, level: text, service: text, summary: text, at }),
	command('recordAlertResolved', { alertId: idOf('a') }),
	command('recordImpact', { change: fc.constantFrom('started', 'changed', 'ended'), share: number, at }),
	command('recordChange', { service: text, kind: text, title: text, at }),
	command('recordMitigation', { name: text, at, worked: fc.constantFrom('yes', 'no', 'unknown') })
);
const turns = fc.array(fc.record({ who: person, host: fc.boolean(), command: anyCommand }), {
	minLength: 1,
	maxLength: 60
});
const origin = fc.constantFrom('practice' as const, 'real' as const);

interface Turn {
	who: string;
	host: boolean;
	command: ResponseCommand;
}

/** Plays the turns, one a minute, after everybody but the facilitator has joined; returns the log. */
function play(
	kind: 'practice' | 'real',
	given: readonly Turn[],
	check?: (before: string, after: string) => void
): IncidentEvent[] {
	const events: IncidentEvent[] = [];
	let state = initialIncidentState(kind);
	const append = (drafts: readonly Parameters<typeof foldEvent>[1][], minute: number): void => {
		for (const draft of drafts) {
			state = foldEvent(state, draft);
			events.push({ ...draft, seq: events.length + 1, recordedAt: STARTS_AT + minute * 60_000 } as IncidentEvent);
		}
	};
	const run = (turn: Turn, minute: number): void => {
		const before = JSON.stringify(state);
		const decision = decide(state, turn.command, {
			at: STARTS_AT + minute * 60_000,
			simMs: kind === 'practice' ? minute * 60_000 : null,
			by: { participantId: turn.who, host: turn.host },
			commandNumber: minute + 1,
			seats: seatsOf(state, turn.who),
			policy: DEFAULT_SEVERITY_POLICY
		});
		check?.(before, JSON.stringify(state));
		if (decision.ok) append(decision.events, minute);
		else expect(decision.message.length).toBeGreaterThan(10);
	};
	for (const who of ['ana', 'ben']) run({ who, host: false, command: { type: 'join', as: 'responder' } }, 0);
	const world = {
		occurredAt: STARTS_AT,
		simMs: 0,
		actor: { kind: 'system', name: 'world' },
		audience: { kind: 'everyone' },
		causedBy: null
	} as const;
	if (kind === 'practice') append([{ type: 'run.began', payload: { speed: 1 }, ...world }], 0);
	append([{ ...fired('a1', 'HighErrorRate'), ...world }], 0);
	given.forEach((turn, index) => run(turn, index + 1));
	return events;
}

describe('random people', () => {
	it('never make decide throw, and deciding changes no state', () => {
		fc.assert(
			fc.property(origin, turns, (kind, given) => {
				play(kind, given, (before, after) => expect(after).toBe(before));
			}),
			{ numRuns: 150, seed: 11 }
		);
	});

	it('give commands and cause events that pass the schemas', () => {
		fc.assert(
			fc.property(origin, turns, (kind, given) => {
				for (const { type, payload } of play(kind, given)) eventBodySchema.parse({ type, payload });
			}),
			{ numRuns: 60, seed: 12 }
		);
		fc.assert(
			fc.property(anyCommand, (body) => {
				const result = commandSchema.safeParse(body);
				// Numbers out of range are refused by the schema already; everything else must fit.
				if (!result.success)
					expect(result.error.issues.every(({ code }) => code === 'too_big' || code === 'too_small')).toBe(true);
			}),
			{ numRuns: 500, seed: 13 }
		);
	});

	it('leave logs of which every view folds, reads and counts without a throw', () => {
		const viewer = fc.record({ seats: fc.subarray([...ROLES]), truthOpen: fc.boolean() });
		fc.assert(
			fc.property(origin, turns, viewer, (kind, given, who) => {
				const events = play(kind, given);
				const hidden = events.map((event, index) =>
					index % 3 === 0 ? { ...event, audience: { kind: 'truth' as const } } : event
				);
				const view = project(hidden, who);
				expect(view.map(({ viewSeq }) => viewSeq)).toEqual(view.map((_, index) => index + 1));
				foldAll(kind, view);
				foldMilestones(view);
				timeline(view);
			}),
			{ numRuns: 100, seed: 14 }
		);
	});

	it('never get one id for two things', () => {
		fc.assert(
			fc.property(origin, turns, (kind, given) => {
				const state = foldAll(kind, play(kind, given));
				for (const ids of [
					state.alerts.map((one) => one.alertId),
					state.messages.map((one) => one.messageId),
					state.hypotheses.map((one) => one.hypothesisId),
					state.evidence.map((one) => one.evidenceId),
					state.tasks.map((one) => one.taskId),
					state.notes.map((one) => one.id),
					state.decisions.map((one) => one.id),
					state.mitigations.map((one) => one.attemptId)
				]) {
					expect(new Set(ids).size).toBe(ids.length);
				}
			}),
			{ numRuns: 60, seed: 15 }
		);
	});
});
