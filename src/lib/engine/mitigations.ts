import { TRUTH, type Actor } from '../incident/actor.ts';
import { nextId } from '../incident/next-id.ts';
import { refuse, type Refusal } from '../incident/refusal.ts';
import type { MitigationSpec } from '../scenario/scenario.schema.ts';
import {
	adopt,
	beginEffects,
	deployVersion,
	endEffects,
	keyed,
	restartPods,
	scalePods,
	stateSpec
} from '../world/index.ts';
import { conditionHoldsIn } from './conditions.ts';
import { moveFault } from './faults.ts';
import { AUTOMATION, nextSecond, type Run } from './run.ts';
import { completeAutomated } from './runbooks.ts';
import { fillIn } from './templates.ts';
import type { QueueTask, TaskCause } from './types.ts';

type Done = Extract<QueueTask, { type: 'mitigation.done' }>;

/** A tool that cannot even begin says so after this long. */
const REFUSED_AFTER_MS = 3_000;
/** Pods are replaced within this last part of a longer mitigation: what comes before is building and waiting. */
const ROLLOUT_MS = 120_000;

/** Begins a mitigation. What will come of it (did it run?) is drawn now, by its own key, so nothing else moves the draw. */
export function startMitigation(run: Run, mitigationId: string, cause: TaskCause): Refusal | null {
	const spec = mitigationSpec(run, mitigationId);
	if (spec === null) return refuse('unknown_id', 'There is no such mitigation: choose one from the list.');
	const running = run.state.queue.some(
		({ task }) => task.type === 'mitigation.done' && task.mitigationId === mitigationId
	);
	if (running) return refuse('wrong_state', `"${spec.name}" is being carried out: wait until it has finished.`);
	const attempt = (run.state.attempts[mitigationId] ?? 0) + 1;
	run.state.attempts = { ...run.state.attempts, [mitigationId]: attempt };
	const attemptId = nextId(run.state.incident, 'attempt');
	const readyMs = Math.max(nextSecond(run.now), Math.ceil((run.now + spec.takes) / 1000) * 1000);
	const ran = outcome(run, spec, attempt);
	run.tell(
		{
			type: 'mitigation.started',
			payload: {
				attemptId,
				mitigationId,
				name: spec.name,
				command: spec.command,
				readyAt: run.machinery.compiled.startsAt + readyMs,
				runbookId: cause.runbookId,
				stepId: cause.stepId
			}
		},
		{ actor: actorOf(cause) }
	);
	const doneMs = ran === 'no' ? Math.min(readyMs, run.now + REFUSED_AFTER_MS) : readyMs;
	if (ran === 'yes') setGoing(run, spec, attemptId, readyMs);
	run.schedule(doneMs, { type: 'mitigation.done', attemptId, mitigationId, ran, ...cause });
	return null;
}

/** A mitigation has been carried out: faults move where it applies, and the room reads what the tool printed. */
export function finishMitigation(run: Run, task: Done): void {
	const spec = mitigationSpec(run, task.mitigationId);
	if (spec === null) return;
	const actor = actorOf(task);
	const message = printed(run, spec, task.ran);
	const fromState = positions(run);
	const applied = task.ran === 'yes' ? carryOut(run, spec, task) : false;
	const ran = task.ran === 'yes';
	run.tell(
		{
			type: 'mitigation.finished',
			payload: { attemptId: task.attemptId, mitigationId: spec.id, name: spec.name, ran, message }
		},
		{ actor }
	);
	if (ran) tellChanges(run, spec);
	run.tell(
		{
			type: 'mitigation.judged',
			payload: {
				attemptId: task.attemptId,
				mitigationId: spec.id,
				verdict: ran ? verdictOf(spec, fromState, applied) : 'not_run',
				fromState: named(spec, fromState),
				toState: named(spec, positions(run))
			}
		},
		{ audience: TRUTH }
	);
	if (task.automated) completeAutomated(run, task, message);
}

export function mitigationSpec(run: Run, mitigationId: string): MitigationSpec | null {
	return run.machinery.compiled.scenario.mitigations.find(({ id }) => id === mitigationId) ?? null;
}

/** Whoever ran it; the automation where a runbook's step did. */
function actorOf(cause: TaskCause): Actor {
	return cause.automated ? AUTOMATION : { kind: 'participant', id: cause.by.participantId };
}

function outcome(run: Run, spec: MitigationSpec, attempt: number): Done['ran'] {
	if (spec.needs !== undefined && !conditionHoldsIn(run.machinery, run.state, spec.needs)) return 'no';
	return keyed(run.state.seed, 'mitigation', spec.id, attempt) < spec.chance ? 'yes' : 'failed';
}

function printed(run: Run, spec: MitigationSpec, ran: Done['ran']): string {
	switch (ran) {
		case 'yes':
			return fillIn(run.machinery, run.state, spec.prints);
		case 'no':
			return fillIn(run.machinery, run.state, spec.otherwise ?? 'error: not possible from here');
		case 'failed':
			return 'error: timed out waiting for the condition';
	}
}

/** What the system feels while the mitigation runs: its own load, and pods being replaced towards the end. */
function setGoing(run: Run, spec: MitigationSpec, attemptId: string, readyMs: number): void {
	const { world } = run;
	const fromMs = nextSecond(run.now);
	const rolloutFromMs = Math.max(fromMs, readyMs - ROLLOUT_MS);
	let next = beginEffects(world, run.state.world, `during:${attemptId}`, spec.during, fromMs);
	if (spec.deploys !== undefined) {
		const { service, version, share } = spec.deploys;
		next = deployVersion(world, next, service, { version, share, rollout: readyMs - rolloutFromMs }, rolloutFromMs);
	}
	if (spec.restarts !== undefined)
		next = restartPods(world, next, spec.restarts, rolloutFromMs, readyMs - rolloutFromMs);
	run.setWorld(next);
}

/** Effects and transitions of a mitigation that ran. Tells whether it applied: whether it was done where it counts. */
function carryOut(run: Run, spec: MitigationSpec, task: Done): boolean {
	const { world } = run;
	let next = endEffects(world, run.state.world, `during:${task.attemptId}`, run.now);
	next = adopt(beginEffects(world, next, `after:${task.attemptId}`, spec.after, run.now), spec.after);
	if (spec.scales !== undefined) next = scalePods(world, next, spec.scales.service, spec.scales.by, run.now);
	run.setWorld(next);
	let applied = spec.from.length === 0;
	for (const [faultId, status] of Object.entries(run.state.world.faults)) {
		const own = stateSpec(world, faultId, status.state).on[spec.id];
		const fits = spec.from.length === 0 || spec.from.includes(status.state);
		applied ||= own !== undefined || fits;
		const target = fits ? spec.to[faultId] : undefined;
		// A state's own answer to an action beats the action's default target.
		if (own !== undefined) moveFault(run, faultId, `do.${spec.id}`, `mitigation ${spec.id}`);
		else if (target !== undefined) moveFault(run, faultId, `to.${target}`, `mitigation ${spec.id}`);
	}
	if (applied) run.state.actionsDone = { ...run.state.actionsDone, [spec.id]: run.now };
	return applied;
}

function verdictOf(spec: MitigationSpec, before: Record<string, string>, applied: boolean): string {
	for (const state of Object.values(before)) {
		const own = spec.verdict_in[state];
		if (own !== undefined) return own;
	}
	return applied || spec.verdict === 'harmful' ? spec.verdict : 'ineffective';
}

/** What the change feed shows of it. */
function tellChanges(run: Run, spec: MitigationSpec): void {
	const tell = (service: string, kind: string, title: string, version: string | null) =>
		run.tell({
			type: 'change.deployed',
			payload: {
				changeId: nextId(run.state.incident, 'change'),
				service,
				kind,
				title,
				detail: spec.command,
				version,
				by: 'incident response'
			}
		});
	if (spec.deploys !== undefined) {
		const { service, version } = spec.deploys;
		tell(service, 'deploy', `${service} ${version}`, version);
	}
	if (spec.restarts !== undefined) tell(spec.restarts, 'infra', `${spec.restarts} restarted`, null);
	if (spec.scales !== undefined) {
		const { service, by } = spec.scales;
		tell(service, 'infra', `${service} scaled by ${by > 0 ? '+' : ''}${by}`, null);
	}
}

function positions(run: Run): Record<string, string> {
	return Object.fromEntries(Object.entries(run.state.world.faults).map(([id, status]) => [id, status.state]));
}

/** The states a verdict is about: of the faults that the mitigation can move, or of all where it can move none. */
function named(spec: MitigationSpec, states: Record<string, string>): string {
	const all = Object.entries(states);
	const concerned = all.filter(([id]) => spec.to[id] !== undefined);
	const entries = concerned.length > 0 ? concerned : all;
	return entries.length === 1 ? (entries[0]?.[1] ?? '') : entries.map(([id, state]) => `${id}=${state}`).join(' ');
}
