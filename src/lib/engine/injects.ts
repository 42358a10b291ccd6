import { FACILITATOR, TRUTH } from '../incident/actor.ts';
import { nextId } from '../incident/next-id.ts';
import { routeTo } from '../incident/route-to.ts';
import type { InjectSpec } from '../scenario/scenario.schema.ts';
import type { Run } from './run.ts';
import { onCallOf } from './on-call.ts';
import { PAGER } from './run.ts';
import { fillIn } from './templates.ts';
import type { EngineState, InjectState } from './types.ts';
import { forget, watch } from './watched.ts';

/** All injects wait; those with a time are in the queue. */
export function scheduleInjects(run: Run): void {
	const { injects } = run.machinery.compiled.scenario;
	run.state.injects = Object.fromEntries(
		injects.map(({ id, at }) => [id, { status: 'waiting', dueMs: at ?? null, deliveredMs: null } satisfies InjectState])
	);
	for (const { id, at } of injects) if (at !== undefined) run.schedule(at, { type: 'inject', injectId: id });
}

const waiting = new WeakMap<EngineState['injects'], InjectSpec[]>();

/** Injects that wait for a condition. */
export function waitingInjects(run: Run): readonly InjectSpec[] {
	const { injects } = run.state;
	let found = waiting.get(injects);
	if (found === undefined) {
		found = run.machinery.compiled.scenario.injects.filter(({ id, when }) => {
			const status = injects[id];
			return when !== undefined && status?.status === 'waiting' && status.dueMs === null;
		});
		waiting.set(injects, found);
	}
	return found;
}

/** Delivers every inject whose condition holds now. */
export function followInjects(run: Run): void {
	for (const inject of waitingInjects(run)) {
		if (inject.when !== undefined && watch(run, { key: holdKey(inject.id), condition: inject.when })) {
			deliverInject(run, inject.id);
		}
	}
}

/** Delivers an inject, if it still waits: a question lands in somebody's inbox, the rest in the room. */
export function deliverInject(run: Run, injectId: string): void {
	const inject = run.machinery.compiled.scenario.injects.find(({ id }) => id === injectId);
	const status = run.state.injects[injectId];
	if (inject === undefined || status?.status !== 'waiting') return;
	forget(run, holdKey(injectId));
	settle(run, injectId, { ...status, status: 'delivered', deliveredMs: run.now });
	const { channel, from } = inject;
	const text = fillIn(run.machinery, run.state, inject.text);
	const to = inject.to ?? null;
	const audience = routeTo(inject.to ?? 'responder', run.state.incident);
	const actor = { kind: 'character' as const, name: from };
	const delivered = { type: 'inject.delivered' as const, payload: { injectId, channel, from, text, to } };
	if (inject.asks) {
		const questionId = nextId(run.state.incident, 'question', audience);
		const payload = { questionId, from, channel, text, needsAnswer: true, to: inject.to ?? 'incident_commander' };
		run.tell({ type: 'stakeholder.asked', payload }, { actor, audience });
		// The question is what people see; that it was an inject is for facilitators and the debrief.
		run.tell(delivered, { actor, audience: TRUTH });
		return;
	}
	run.tell(delivered, { actor, audience });
	if (channel === 'page') {
		const participants = onCallOf(run.state.incident).primary;
		const page = { alertId: null, to: 'primary' as const, participants: participants === null ? [] : [participants] };
		run.tell({ type: 'page.delivered', payload: { ...page, reason: text } }, { actor: PAGER, audience });
	}
}

/** A facilitator fires, skips or delays an inject. Tells whether it still waited. */
export function interveneInject(
	run: Run,
	injectId: string,
	what: 'inject_fired' | 'inject_skipped' | 'inject_delayed',
	byMs: number | null,
	participantId: string
): boolean {
	const status = run.state.injects[injectId];
	if (status?.status !== 'waiting') return false;
	run.tell(
		{ type: 'facilitator.intervened', payload: { what, injectId, byMs } },
		{ audience: FACILITATOR, actor: { kind: 'participant', id: participantId } }
	);
	const isThis = (task: { type: string; injectId?: string }) => task.type === 'inject' && task.injectId === injectId;
	run.unschedule(isThis);
	if (what === 'inject_fired') deliverInject(run, injectId);
	else if (what === 'inject_skipped') {
		forget(run, holdKey(injectId));
		settle(run, injectId, { ...status, status: 'skipped' });
	} else {
		// What waits for a condition is given a time by delaying it: from now.
		const dueMs = Math.max(run.now + 1000, (status.dueMs ?? run.now) + (byMs ?? 0));
		settle(run, injectId, { ...status, dueMs });
		run.schedule(dueMs, { type: 'inject', injectId });
	}
	return true;
}

function settle(run: Run, injectId: string, status: InjectState): void {
	run.state.injects = { ...run.state.injects, [injectId]: status };
}

function holdKey(injectId: string): string {
	return `inject:${injectId}`;
}
