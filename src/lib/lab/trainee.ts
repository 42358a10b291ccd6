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
/** The map is read so often, and less while an alert fires anyway; so many good readings in a row are believed, and so many even while an alert still fires. */
const READS_EVERY_MS = MINUTE;
const READS_IN_ALARM_MS = 3 * MINUTE;
const GOOD_READINGS = 4;
const GOOD_READINGS_IN_ALARM = 12;
/** Where neither the map nor an alert showed anything, nobody complaining for so long is all there is to go by. */
const QUIET_MS = 8 * MINUTE;
/** What the room is told by others counts as a sign of trouble; these bring news of other kinds. */
const TALK_OF_OTHERS = new Set(['vendor', 'status_feed', 'calendar']);
const UPDATES_EVERY_MS = 20 * MINUTE;

/** How a trainee chooses what to do to the system. Sees what the room sees. */
export interface Temper {
	readonly name: string;
	/** So many diagnostics are looked at before anything is done. */
	readonly looks: number;
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
 * A trainee who knows no scenario: acknowledges what fires, takes what customers say as seriously as an alert, declares by
 * the alert's level, takes the seats, keeps people informed, looks at what speaks of the same thing, and resolves when
 * everything on the map has been well for some minutes. Trouble that comes after that is taken up again. What is done to
 * the system is the temper's. Reaction times are drawn by the seed.
 */
export class Trainee implements Policy {
	readonly name: string;
	readonly #temper: Temper;
	readonly #seed: string;
	#tried: string[] = [];
	#nowMs = 0;
	#busyUntilMs = 0;
	#readAtMs = Number.NEGATIVE_INFINITY;
	/** Good readings in a row after bad ones: nobody touches what is getting better. */
	#goodReadings = 0;
	#wellSinceMs: number | null = null;
	/** Whether the map has shown anything unwell so far. */
	#sawTrouble = false;
	#looked = new Set<string>();
	/** Mitigations that were set going so far, by whatever. */
	#started = 0;
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
		const body = this.#nextOf(view);
		return body ? [body] : [];
	}

	answered(body: CommandBody, refusal: string | null): void {
		if (body.type === 'publishStatusUpdate') this.#updatedAtMs = this.#nowMs;
		if (refusal !== null) this.#refused.add(JSON.stringify(body));
		else if (body.type === 'applyMitigation') {
			this.#tried.push(body.mitigationId);
			this.#busyUntilMs = this.#nowMs + WATCHES_MS;
		}
		if (body.type === 'runDiagnostic') this.#looked.add(body.diagnosticId);
	}

	wakeAt(simMs: number): number {
		return simMs + LOOKS_EVERY_MS;
	}

	/** The first thing there is to do: people do one at a time. */
	#nextOf(view: PolicyView): CommandBody | null {
		const { state, simMs } = view;
		const firing = state.alerts.filter(({ resolvedAt }) => resolvedAt === null);
		const told = state.injects.length + state.questions.length > 0;
		// Where no alert speaks, customers do.
		if (state.alerts.length === 0 && !told) return null;
		this.#pagedAtMs ??= simMs;
		if (simMs < this.#pagedAtMs + (30 + 60 * this.#draw('reaction')) * SECOND) return null;
		return (
			this.#allowed(unheard(firing).map(acknowledge)) ??
			this.#allowed(state.declared === null ? [declare(state, firing)] : seats(state)) ??
			this.#allowed(this.#talk(view)) ??
			this.#allowed(this.#reopen(view)) ??
			this.#allowed(this.#resolve(view, firing)) ??
			this.#allowed(this.#look(view)) ??
			this.#allowed(this.#act(view))
		);
	}

	#allowed(bodies: readonly CommandBody[]): CommandBody | null {
		return bodies.find((body) => !this.#isRefused(body)) ?? null;
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

	/** Whoever called it over and hears of more takes it up again. */
	#reopen({ state, room }: PolicyView): CommandBody[] {
		const { statusSince } = state;
		if (state.status !== 'resolved' || statusSince === null || troubleAt(state) <= statusSince) return [];
		this.#goodReadings = 0;
		this.#busyUntilMs = Math.max(this.#busyUntilMs, troubleAt(state) - room.startsAt);
		return [{ type: 'changeStatus', status: 'investigating', note: 'It is not over.', verification: null }];
	}

	/** Reads what the tools say of the trouble, as many of them as the temper has patience for. */
	#look({ state, room, simMs }: PolicyView): CommandBody[] {
		if (state.declared === null || state.status === 'resolved' || this.#looked.size >= this.#temper.looks) return [];
		if (state.diagnostics.some(({ done }) => !done) || simMs < this.#busyUntilMs) return [];
		const words = wordsOf(heard(state));
		const left = room.diagnostics.filter(({ id }) => !this.#looked.has(id));
		const likeness = ({ title, command }: (typeof left)[number]) =>
			[...wordsOf(`${title} ${command}`)].filter((word) => words.has(word)).length;
		const [first] = left.toSorted((a, b) => likeness(b) - likeness(a));
		return first ? [{ type: 'runDiagnostic', diagnosticId: first.id }] : [];
	}

	#act(view: PolicyView): CommandBody[] {
		const { state, simMs } = view;
		if (state.declared === null || state.status === 'resolved') return [];
		const running = state.mitigations.find(({ finished }) => finished === null);
		// What a step of a runbook has set going.
		if (state.mitigations.length > this.#started) this.#touchedAtMs = simMs;
		this.#started = state.mitigations.length;
		const waiting = state.diagnostics.some(({ done }) => !done);
		if (running || waiting) {
			this.#busyUntilMs = simMs + (running ? WATCHES_MS : 10 * SECOND);
			return [];
		}
		if (simMs < this.#busyUntilMs || this.#goodReadings > 0) return [];
		// What the map does not show is judged by whether people still complain.
		if (this.#touchedAtMs !== null && !this.#sawTrouble && !this.#complained(view)) return [];
		const body = this.#temper.next(view, {
			tried: this.#tried,
			refused: (command) => this.#isRefused(command),
			draw: (what) => this.#draw(what)
		});
		// Reading a runbook changes nothing yet; what it starts, or says to do by hand, does.
		const reads = body?.type === 'openRunbook' || body?.type === 'runStep';
		if (body && !reads && !this.#isRefused(body)) this.#touchedAtMs = simMs;
		return body ? [body] : [];
	}

	/** Whether there was word of trouble since the last thing was done. */
	#complained({ state, room }: PolicyView): boolean {
		return troubleAt(state) - room.startsAt > (this.#touchedAtMs ?? 0) || isAlarmed(state);
	}

	/** Nothing is resolved that was not touched; what was is watched until it has been well for a while. */
	#resolve(view: PolicyView, firing: readonly AlertStateView[]): CommandBody[] {
		const { state, simMs, room } = view;
		if (state.declared === null || state.status === 'resolved') return [];
		// Nobody tries the next thing without a look at what the last one did.
		const due = simMs >= this.#busyUntilMs && this.#readAtMs < this.#busyUntilMs;
		const everyMs = isAlarmed(state) ? READS_IN_ALARM_MS : READS_EVERY_MS;
		if (!due && simMs < this.#readAtMs + everyMs) return [];
		this.#readAtMs = simMs;
		const well = view.health().every(({ level }) => level !== 'bad');
		if (!well) this.#sawTrouble = true;
		this.#goodReadings = 0;
		if (this.#touchedAtMs === null || simMs < this.#busyUntilMs - WATCHES_MS + MINUTE || !well) {
			this.#wellSinceMs = null;
			return [];
		}
		this.#wellSinceMs ??= simMs;
		const readings = 1 + (simMs - this.#wellSinceMs) / READS_EVERY_MS;
		const quietMs = simMs - (troubleAt(state) - room.startsAt);
		const silent = !state.alerts.some(isLoud);
		if (!this.#sawTrouble && silent && quietMs < QUIET_MS) return [];
		if (this.#sawTrouble || (!silent && !isAlarmed(state))) this.#goodReadings = readings;
		const enough = firing.some(isLoud) ? GOOD_READINGS_IN_ALARM : GOOD_READINGS;
		if (readings < enough) return [];
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

/** One of each kind: the same rule about the same service is one thing to people, however many series it has. */
function unheard(firing: readonly AlertStateView[]): AlertStateView[] {
	const kind = ({ name, labels }: AlertStateView) => `${name} ${labels.service ?? ''}`;
	const heardOf = new Set(firing.filter(({ acknowledged }) => acknowledged !== null).map(kind));
	return firing.filter((alert) => !heardOf.has(kind(alert)));
}

function isLoud({ level }: AlertStateView): boolean {
	return level === 'critical' || level === 'warning';
}

function isAlarmed(state: IncidentState): boolean {
	return state.alerts.some((alert) => alert.resolvedAt === null && isLoud(alert));
}

/** Incident time of the latest word of trouble: an alert that pages, a customer, a colleague; 0 where there was none. */
function troubleAt(state: IncidentState): number {
	return Math.max(
		0,
		...state.alerts.filter(isLoud).map(({ firedAt }) => firedAt),
		...state.injects.filter(({ channel }) => !TALK_OF_OTHERS.has(channel)).map(({ at }) => at),
		...state.questions.map(({ at }) => at)
	);
}

/** All that was said so far of what is wrong. */
export function heard(state: IncidentState): string {
	return [
		...state.alerts.map(({ name, context }) => `${name} ${context.summary} ${context.description}`),
		...state.injects.map(({ text }) => text),
		...state.questions.map(({ text }) => text)
	].join('\n');
}

/** The words of a text that carry something: `LoginFailures` is read as two. */
export function wordsOf(text: string): Set<string> {
	const spaced = text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
	return new Set(spaced.split(/[^a-z0-9]+/).filter((word) => word.length > 3));
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
