import type { CommandBody } from '../incident/command.ts';
import type { AlertStateView, IncidentState } from '../incident/state.ts';
import type { Severity } from '../incident/severity.ts';
import { keyed } from '../world/random.ts';
import type { Policy, PolicyView } from './policy.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** How often somebody at work looks up. */
const LOOKS_EVERY_MS = 5 * SECOND;
/** After a mitigation is done people watch so long before they judge it. */
const WATCHES_MS = 3 * MINUTE;
/** The map is read so often; so many good readings in a row are believed. */
const READS_EVERY_MS = MINUTE;
const GOOD_READINGS = 4;
const UPDATES_EVERY_MS = 20 * MINUTE;

/** How a trainee chooses what to do to the system. Sees what the room sees. */
export interface Temper {
	readonly name: string;
	/** What to do next to the system; null for nothing at this moment. */
	next(view: PolicyView, memory: Memory): CommandBody | null;
}

/** What a trainee remembers of the run so far. */
export interface Memory {
	/** Mitigations by id, in the order in which they were tried. */
	tried: readonly string[];
	/** Whether a command was refused: it would be again. */
	refused(body: CommandBody): boolean;
	/** A draw in [0, 1), the same for the same seed and words. */
	draw(what: string): number;
}

/**
 * A trainee who knows no scenario: acknowledges what fires, declares by the alert's level, takes the seats, keeps people
 * informed, and resolves when everything on the map has been well for some minutes. What is done to the system is the
 * temper's. Reaction times are drawn by the seed.
 */
export class Trainee implements Policy {
	readonly name: string;
	readonly #temper: Temper;
	readonly #seed: string;
	#tried: string[] = [];
	#nowMs = 0;
	#busyUntilMs = 0;
	#readAtMs = 0;
	#goodReadings = 0;
	#updatedAtMs = Number.NEGATIVE_INFINITY;
	#pagedAtMs: number | null = null;
	#touchedAtMs: number | null = null;
	/** Commands that were refused for good: not given again. */
	#refused = new Set<string>();

	constructor(temper: Temper, seed: string) {
		this.name = temper.name;
		this.#temper = temper;
		this.#seed = seed;
	}

	decide(view: PolicyView): CommandBody[] {
		this.#nowMs = view.simMs;
		const bodies = this.#bodies(view).filter((body) => !this.#isRefused(body));
		// People do one thing at a time.
		return bodies.slice(0, 1);
	}

	answered(body: CommandBody, refusal: string | null): void {
		if (body.type === 'publishStatusUpdate') this.#updatedAtMs = this.#nowMs;
		if (refusal !== null) this.#refused.add(JSON.stringify(body));
		else if (body.type === 'applyMitigation') this.#tried.push(body.mitigationId);
	}

	wakeAt(simMs: number): number {
		return simMs + LOOKS_EVERY_MS;
	}

	#bodies(view: PolicyView): CommandBody[] {
		const { state, simMs } = view;
		const firing = state.alerts.filter(({ resolvedAt }) => resolvedAt === null);
		const asked = state.injects.length + state.questions.length > 0;
		// Where no alert speaks, customers do.
		if (firing.length + state.alerts.length === 0 && !asked) return [];
		this.#pagedAtMs ??= simMs;
		if (simMs < this.#pagedAtMs + (30 + 60 * this.#draw('reaction')) * SECOND) return [];
		return [
			...firing.filter(({ acknowledged }) => acknowledged === null).map(acknowledge),
			...(state.declared === null ? [declare(state, firing)] : seats(state)),
			...this.#talk(view),
			...this.#resolve(view),
			...this.#act(view)
		];
	}

	#talk({ state, simMs }: PolicyView): CommandBody[] {
		const open = state.questions.find(({ needsAnswer, answer, at }) => {
			return needsAnswer && answer === null && (state.lastAt ?? at) - at >= MINUTE;
		});
		const bodies: CommandBody[] = [];
		if (open) {
			const text = 'We know of it and are working on it. Next word within twenty minutes.';
			bodies.push({ type: 'answerStakeholder', questionId: open.questionId, text });
		}
		if (simMs - this.#updatedAtMs >= UPDATES_EVERY_MS && state.status !== 'resolved') {
			bodies.push({
				type: 'publishStatusUpdate',
				channel: 'status_page',
				state: state.status,
				impact: 'Some customers are affected.',
				action: 'We are looking into it.',
				nextUpdateInMinutes: 20
			});
		}
		return bodies;
	}

	#act(view: PolicyView): CommandBody[] {
		const { state, simMs } = view;
		if (state.status === 'resolved' || this.#goodReadings > 0) return [];
		const running = state.mitigations.find(({ finished }) => finished === null);
		const waiting = state.diagnostics.some(({ done }) => !done);
		if (running || waiting) {
			this.#busyUntilMs = simMs + (running ? WATCHES_MS : 10 * SECOND);
			return [];
		}
		if (simMs < this.#busyUntilMs) return [];
		const body = this.#temper.next(view, {
			tried: this.#tried,
			refused: (command) => this.#isRefused(command),
			draw: (what) => this.#draw(what)
		});
		if (body) this.#touchedAtMs = simMs;
		return body ? [body] : [];
	}

	/** Nothing is resolved that was not touched; what was is watched until it has been well for a while. */
	#resolve(view: PolicyView): CommandBody[] {
		const { state, simMs } = view;
		if (state.declared === null || state.status === 'resolved' || this.#touchedAtMs === null) return [];
		if (simMs < this.#busyUntilMs - WATCHES_MS + MINUTE || simMs < this.#readAtMs + READS_EVERY_MS) return [];
		this.#readAtMs = simMs;
		const well = view.health().every(({ level }) => level !== 'bad');
		this.#goodReadings = well ? this.#goodReadings + 1 : 0;
		if (this.#goodReadings < GOOD_READINGS) return [];
		const verification = 'Nothing on the map has been unwell for some minutes.';
		return [{ type: 'changeStatus', status: 'resolved', note: '', verification }];
	}

	#isRefused(body: CommandBody): boolean {
		return this.#refused.has(JSON.stringify(body));
	}

	#draw(what: string): number {
		return keyed(this.#seed, 'trainee', this.name, what);
	}
}

const SEATS = ['incident_commander', 'technical_lead', 'communications_lead'] as const;

function seats(state: IncidentState): CommandBody[] {
	return SEATS.filter((role) => state.roles[role].participantId === null).map((role) => ({ type: 'takeRole', role }));
}

function acknowledge({ alertId }: AlertStateView): CommandBody {
	return { type: 'acknowledgeAlert', alertId };
}

function declare(state: IncidentState, firing: readonly AlertStateView[]): CommandBody {
	const [first] = firing;
	const summary = first?.context.summary ?? state.injects[0]?.text ?? state.questions[0]?.text ?? '';
	const title = (summary || 'Something is wrong').slice(0, 120);
	return { type: 'declareIncident', severity: severityOf(firing), title, summary };
}

/** As the alert says: a critical one is taken for the worst. */
function severityOf(firing: readonly AlertStateView[]): Severity {
	if (firing.some(({ level }) => level === 'critical')) return 'P1';
	return firing.some(({ level }) => level === 'warning') ? 'P2' : 'P3';
}
