// An incident from its log: what a restart, a take-over and a database that was away all come down to.

import { ENGINE_VERSION, type Engine, type EngineState } from '../../engine/types.ts';
import type { EventDraft, IncidentEvent } from '../../incident/event.ts';
import { foldAll, foldEvent } from '../../incident/fold.ts';
import { canonicalJson } from '../../scenario/canonical-json.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import type { Head, Snapshot, StoredCommand, StoredIncident, StoredParticipant, StoredRun } from '../db/storage.ts';
import { ArchiveCourse } from './archive-course.ts';
import type { HubContext } from './context.ts';
import type { Course } from './course.ts';
import { numberEvents } from './numbering.ts';
import { PracticeCourse } from './practice-course.ts';
import { RealCourse } from './real-course.ts';

export interface Loaded {
	course: Course;
	/** Null in a real incident, and where the scenario cannot be read any more. */
	compiled: CompiledScenario | null;
	events: IncidentEvent[];
	commands: StoredCommand[];
	people: StoredParticipant[];
}

/** Events that Muster appends of its own accord once a run has ended: no engine derives them. */
const OWN = new Set<string>([
	'twin.computed',
	'telemetry.archived',
	'postmortem.drafted',
	'postmortem.revision_opened',
	'action_item.added',
	'action_item.changed'
]);

/** Reads an incident whose head this server has just acquired. */
export async function loadIncident(context: HubContext, stored: StoredIncident, head: Head): Promise<Loaded> {
	const { storage, now } = context;
	const id = stored.incidentId;
	const [events, commands, people] = await Promise.all([
		storage.readEvents(id),
		storage.readCommands(id),
		storage.readParticipants(id)
	]);
	if (stored.origin === 'real') {
		const course = new RealCourse({ incident: foldAll('real', events), policy: stored.policy, now });
		return { course, compiled: null, events, commands, people };
	}
	return { ...(await loadPractice(context, stored, head, events, commands)), events, commands, people };
}

async function loadPractice(
	context: HubContext,
	stored: StoredIncident,
	head: Head,
	events: IncidentEvent[],
	commands: StoredCommand[]
): Promise<Pick<Loaded, 'course' | 'compiled'>> {
	const { storage, log } = context;
	const incident = stored.incidentId;
	let compiled: CompiledScenario | null = null;
	const archive = (why: string) => {
		log.warn({ incident, why }, 'a run can be read, but not played on');
		const course = new ArchiveCourse({
			incident: foldAll('practice', events),
			policy: stored.policy,
			simMs: head.simMs ?? 0,
			why
		});
		return { course, compiled };
	};
	const run = await storage.readRun(incident);
	if (!run) return archive('Its scenario is not in the database.');
	// Stored by this product after it was loaded and checked, under the hash of its content.
	compiled = (await storage.readScenario(run.contentHash)) as CompiledScenario;
	if (run.engineVersion !== ENGINE_VERSION) {
		return archive(`It was played on engine ${run.engineVersion}, and this is engine ${ENGINE_VERSION}.`);
	}
	const engine = context.createEngine(compiled, run.seed);
	const snapshot = await storage.readSnapshot(incident);
	const simMs = head.simMs ?? 0;
	const replay = (from: Snapshot | null): EngineState | null => {
		try {
			return replayFrom(engine, startOf(engine, run, from), { events, commands, simMs });
		} catch (error) {
			log.error({ incident, err: error, fromSnapshot: from !== null }, 'a log could not be played again');
			return null;
		}
	};
	// Snapshots are disposable: what does not continue from one may from the beginning.
	const state = replay(snapshot) ?? (snapshot && replay(null));
	return state
		? { course: new PracticeCourse(engine, state), compiled }
		: archive('Its log does not give the same events again.');
}

interface Start {
	state: EngineState;
	/** Events and commands that the state contains. */
	seq: number;
	n: number;
	/** Of the beginning, where that is the start. */
	derived: EventDraft[];
}

function startOf(engine: Engine, run: StoredRun, snapshot: Snapshot | null): Start {
	if (snapshot?.engineVersion === ENGINE_VERSION) {
		const state = snapshot.state as EngineState;
		if (engine.hash(state) === snapshot.hash) return { state, seq: snapshot.seq, n: snapshot.n, derived: [] };
	}
	const initial = engine.initial(run.seed, run.settings);
	return { state: initial.state, seq: 0, n: 0, derived: initial.events };
}

/** Plays the commands again and holds what follows against the log; null where they differ. */
function replayFrom(
	engine: Engine,
	start: Start,
	log: { events: readonly IncidentEvent[]; commands: readonly StoredCommand[]; simMs: number }
): EngineState | null {
	const rest = log.events.filter(({ seq }) => seq > start.seq);
	let at = 0;
	let state = start.state;
	const foldOwn = () => {
		for (let own = rest[at]; own && OWN.has(own.type); own = rest[++at]) {
			state = { ...state, incident: foldEvent(state.incident, own) };
		}
	};
	const confirm = (derived: readonly EventDraft[]) =>
		numberEvents(derived, 0, 0).every((event) => {
			const recorded = rest[at++];
			return recorded && sameEvent(event, recorded);
		});

	if (!confirm(start.derived)) return null;
	for (const command of log.commands) {
		if (command.n <= start.n) continue;
		const passed = engine.advance(state, command.simMs ?? 0);
		state = passed.state;
		if (!confirm(passed.events)) return null;
		foldOwn();
		const { result: _result, ...logged } = command;
		const step = engine.apply(state, logged);
		if (!step.ok) return null;
		state = step.state;
		if (!confirm(step.events)) return null;
	}
	const passed = engine.advance(state, log.simMs);
	state = passed.state;
	if (!confirm(passed.events)) return null;
	foldOwn();
	return at === rest.length ? state : null;
}

function sameEvent(a: IncidentEvent, b: IncidentEvent): boolean {
	return comparable(a) === comparable(b);
}

/** An event without what storing it gave it. */
function comparable({ seq: _seq, recordedAt: _recordedAt, ...draft }: IncidentEvent): string {
	return canonicalJson(draft);
}
