import type { CommandBody } from '../incident/command.ts';
import type { IncidentState } from '../incident/state.ts';
import type { PolicyStepSpec } from '../scenario/scenario.schema.ts';
import type { Policy, PolicyView } from './policy.ts';

/** How long a refused step is tried again, and how often, in simulated milliseconds. */
const RETRY_FOR_MS = 120_000;
const RETRY_EVERY_MS = 5_000;

interface Pending {
	step: PolicyStepSpec;
	firstTriedMs: number | null;
	nextTryMs: number;
}

export interface RefusedStep {
	step: PolicyStepSpec;
	message: string;
}

/**
 * Plays written steps: each is done once, at its time or as soon as its condition holds. Ids that only a run knows are
 * written by name: an alert by its rule's name, evidence by its diagnostic, a question by its inject's sender.
 * A step that is refused is tried again for two minutes, then listed in `refused`.
 */
export class ScriptPolicy implements Policy {
	readonly name: string;
	readonly refused: RefusedStep[] = [];
	#pending: Pending[];
	#given: Pending[] = [];
	#nowMs = 0;

	/** `denied`: commands that this player may not give, as if the tool were away; their steps are left out. */
	constructor(
		name: string,
		steps: readonly PolicyStepSpec[],
		denied: (body: Record<string, unknown>) => boolean = never
	) {
		this.name = name;
		this.#pending = steps
			.filter((step) => !denied(step.do))
			.map((step) => ({ step, firstTriedMs: null, nextTryMs: step.at ?? 0 }));
	}

	decide(view: PolicyView): CommandBody[] {
		this.#nowMs = view.simMs;
		this.#given = [];
		const bodies: CommandBody[] = [];
		for (const pending of this.#pending) {
			if (pending.nextTryMs > view.simMs) continue;
			if (pending.step.when && !view.holds(pending.step.when)) continue;
			const body = resolveNames(pending.step.do, view.state);
			if (!body) continue;
			pending.firstTriedMs ??= view.simMs;
			this.#given.push(pending);
			bodies.push(body);
		}
		return bodies;
	}

	answered(_body: CommandBody, refusal: string | null): void {
		const pending = this.#given.shift();
		if (!pending) throw new Error('answered() without a command given');
		const overdue = this.#nowMs - (pending.firstTriedMs ?? this.#nowMs) >= RETRY_FOR_MS;
		if (refusal !== null && !overdue) {
			pending.nextTryMs = this.#nowMs + RETRY_EVERY_MS;
			return;
		}
		if (refusal !== null) this.refused.push({ step: pending.step, message: refusal });
		this.#pending = this.#pending.filter((other) => other !== pending);
	}

	/** Steps whose moment has not come so far, or that name something the run does not know. */
	get undone(): PolicyStepSpec[] {
		return this.#pending.map(({ step }) => step);
	}

	wakeAt(simMs: number): number {
		let next = Number.POSITIVE_INFINITY;
		for (const { step, nextTryMs } of this.#pending) {
			// A condition, or a name that the run has still to give, must be looked at every second.
			const at = step.when || nextTryMs <= simMs ? simMs + 1000 : nextTryMs;
			next = Math.min(next, at);
		}
		return next;
	}
}

const never = () => false;

/** Puts the run's ids in the place of written names; null while the run does not know one yet. */
function resolveNames(written: Record<string, unknown>, state: IncidentState): CommandBody | null {
	const body: Record<string, unknown> = { ...written };
	if (typeof body.alertId === 'string') {
		const alert = state.alerts.find((a) => (a.name === body.alertId || a.alertId === body.alertId) && !a.acknowledged);
		if (!alert) return null;
		body.alertId = alert.alertId;
	}
	if (typeof body.evidenceId === 'string') {
		const evidence = state.evidence.find((e) => e.diagnosticId === body.evidenceId || e.evidenceId === body.evidenceId);
		if (!evidence) return null;
		body.evidenceId = evidence.evidenceId;
	}
	if (typeof body.questionId === 'string') {
		const question = state.questions.find(
			(q) => (q.from === body.questionId || q.questionId === body.questionId) && !q.answer
		);
		if (!question) return null;
		body.questionId = question.questionId;
	}
	return withDefaults(body) as CommandBody;
}

/** Fields that a script may leave out, because nearly every step would say the same. */
function withDefaults(body: Record<string, unknown>): Record<string, unknown> {
	switch (body.type) {
		case 'applyMitigation':
			return { runbookId: null, stepId: null, ...body };
		case 'changeStatus':
			return { note: '', verification: null, ...body };
		case 'declareIncident':
			return { title: '', summary: '', ...body };
		case 'publishStatusUpdate':
			return { channel: 'status_page', nextUpdateInMinutes: null, ...body };
		case 'confirmHypothesis':
		case 'ruleOutHypothesis':
			return { evidenceId: null, ...body };
		case 'pinEvidence':
			return { of: null, series: [], text: '', ...body };
		default:
			return body;
	}
}
