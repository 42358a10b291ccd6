/** Builds logs for tests: events in minutes, by people and by the system. */
import { EVERYONE, FACILITATOR, TRUTH, type Actor, type Audience } from './actor.ts';
import type { EventBody, EventType, IncidentEvent } from './event.ts';
import type { AlertContext } from './events/alert-events.ts';
import { foldAll } from './fold.ts';
import type { IncidentState } from './state.ts';
import type { GroundTruth } from './truth.ts';

/** Simulated time 0 of every log built here: 2024-01-24 14:00 UTC. */
export const STARTS_AT = Date.UTC(2024, 0, 24, 14, 0);

export const NO_CONTEXT: AlertContext = {
	summary: '',
	description: '',
	runbookUrl: null,
	dashboardUrl: null,
	recentChanges: [],
	affectedEndpoints: [],
	escalation: null,
	automatedResponse: null,
	expr: null
};

/** Types that only the truth knows, and those only a facilitator does, in a log of practice. */
const HIDDEN: ReadonlySet<EventType> = new Set<EventType>([
	'truth.recorded',
	'impact.started',
	'impact.changed',
	'impact.ended',
	'sli.breached',
	'sli.restored',
	'fault.transitioned',
	'mitigation.judged',
	'twin.computed',
	'telemetry.archived',
	'telemetry.viewed'
]);

/** A log under construction. `at` sets the minute; each event is appended in the order of the calls. */
export class LogBuilder {
	readonly events: IncidentEvent[] = [];
	readonly origin: 'practice' | 'real';
	#minute = 0;

	constructor(origin: 'practice' | 'real' = 'practice') {
		this.origin = origin;
	}

	/** From here on events happen at this minute after the start; may be a fraction or negative. */
	at(minute: number): this {
		this.#minute = minute;
		return this;
	}

	/** Something a person did. */
	by(person: string, ...bodies: EventBody[]): this {
		return this.#append({ kind: 'participant', id: person }, bodies);
	}

	/** Something a simulated person did. */
	from(name: string, ...bodies: EventBody[]): this {
		return this.#append({ kind: 'character', name }, bodies);
	}

	/** Something the system did. */
	then(...bodies: EventBody[]): this {
		return this.#append({ kind: 'system', name: 'world' }, bodies);
	}

	/** The events as an alert that fires and pages at once. */
	alert(alertId: string, name: string, to: 'primary' | 'secondary' | 'everyone' = 'primary'): this {
		return this.then(fired(alertId, name), {
			type: 'page.delivered',
			payload: { alertId, to, participants: [], reason: name }
		});
	}

	get state(): IncidentState {
		return foldAll(this.origin, this.events);
	}

	#append(actor: Actor, bodies: EventBody[]): this {
		const occurredAt = STARTS_AT + this.#minute * 60_000;
		for (const body of bodies) {
			this.events.push({
				...body,
				seq: this.events.length + 1,
				recordedAt: occurredAt,
				occurredAt,
				simMs: this.origin === 'practice' ? this.#minute * 60_000 : null,
				actor,
				audience: this.#audience(body.type),
				causedBy: null
			});
		}
		return this;
	}

	#audience(type: EventType): Audience {
		if (type === 'observation.recorded') return FACILITATOR;
		return this.origin === 'practice' && HIDDEN.has(type) ? TRUTH : EVERYONE;
	}
}

export function fired(alertId: string, name: string, labels: Record<string, string> = {}): EventBody {
	return {
		type: 'alert.fired',
		payload: { alertId, name, labels, level: 'critical', value: null, activeAt: null, context: NO_CONTEXT }
	};
}

/** A ground truth with nothing expected, to be filled in as a test needs. */
export function truth(parts: Partial<GroundTruth> = {}): EventBody {
	const plain: GroundTruth = {
		scenario: 'test',
		title: 'Test',
		rootCause: '',
		trigger: '',
		failureClass: 'change',
		severity: 'P1',
		severityMayBeHigher: false,
		services: [],
		customersSee: '',
		whys: [],
		redHerrings: [],
		mitigations: [],
		runbookId: null,
		runbookDefects: [],
		objectives: [],
		debriefQuestions: [],
		expected: {
			detectionMs: null,
			mitigationMs: null,
			resolutionMs: null,
			rolesNeeded: [],
			statusUpdatesNeeded: 1,
			escalationNeeded: false
		},
		cost: null,
		usersTotal: null,
		precedent: '',
		actionItems: []
	};
	return { type: 'truth.recorded', payload: { truth: { ...plain, ...parts } } };
}
