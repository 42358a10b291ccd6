import fc from 'fast-check';
import type { CommandBody, Commander, LoggedCommand } from '../../src/lib/incident/command.ts';
import { maySee, type Viewer } from '../../src/lib/incident/actor.ts';
import type { EventDraft } from '../../src/lib/incident/event.ts';
import { COMMAND_ROLES } from '../../src/lib/incident/role.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../src/lib/incident/severity.ts';
import type { Engine, EngineState, RunSettings } from '../../src/lib/engine/types.ts';
import type { CompiledScenario } from '../../src/lib/scenario/library.ts';

/** What people do in a generated run: when, who, what. */
export interface Act {
	atMs: number;
	by: Commander;
	body: CommandBody;
}

export const SETTINGS: RunSettings = { policy: DEFAULT_SEVERITY_POLICY, bots: ['scribe'], limitMinutes: null };

const HOST: Commander = { participantId: 'p1', host: true };
const RESPONDER: Commander = { participantId: 'p2', host: false };
const FACILITATOR: Commander = { participantId: 'p3', host: true };
const OBSERVER: Commander = { participantId: 'p4', host: false };

/** Everybody comes in and the run begins. */
export const OPENING: Act[] = [
	{ atMs: 0, by: HOST, body: { type: 'join', as: 'responder' } },
	{ atMs: 0, by: RESPONDER, body: { type: 'join', as: 'responder' } },
	{ atMs: 0, by: FACILITATOR, body: { type: 'join', as: 'facilitator' } },
	{ atMs: 0, by: OBSERVER, body: { type: 'join', as: 'observer' } },
	{ atMs: 0, by: HOST, body: { type: 'beginRun' } }
];

/** Runs in which people do anything at any time, sensible or not; many commands are refused. In order of time. */
export function acts({ scenario, runbooks }: CompiledScenario, untilMs: number): fc.Arbitrary<Act[]> {
	const one = <T>(values: readonly T[]) => fc.constantFrom(...values);
	const alert = one(['a1', 'a2', 'a3', 'a99']);
	const mitigation = one([...scenario.mitigations.map(({ id }) => id), 'nothing']);
	const diagnostic = one([...scenario.diagnostics.map(({ id }) => id), 'nothing']);
	const step = one([
		...runbooks.flatMap((book) => book.steps.map(({ id }) => [book.id, id] as const)),
		['none', 'none'] as const
	]);
	const inject = one([...scenario.injects.map(({ id }) => id), 'nothing']);
	const text = one(['looking', 'rolling back', 'quiet']);
	const role = one(COMMAND_ROLES);
	const body: fc.Arbitrary<CommandBody> = fc.oneof(
		{
			weight: 4,
			arbitrary: mitigation.map((mitigationId) => ({
				type: 'applyMitigation' as const,
				mitigationId,
				runbookId: null,
				stepId: null
			}))
		},
		{ weight: 4, arbitrary: diagnostic.map((diagnosticId) => ({ type: 'runDiagnostic' as const, diagnosticId })) },
		{
			weight: 1,
			arbitrary: one(['help', ...scenario.diagnostics.map(({ command }) => command)]).map((line) => ({
				type: 'runConsole' as const,
				line
			}))
		},
		{ weight: 2, arbitrary: alert.map((alertId) => ({ type: 'acknowledgeAlert' as const, alertId })) },
		{
			weight: 2,
			arbitrary: one(['P1', 'P2', 'P3'] as const).map((severity) => ({
				type: 'declareIncident' as const,
				severity,
				title: 'Trouble',
				summary: ''
			}))
		},
		{
			weight: 1,
			arbitrary: one(['P1', 'P2'] as const).map((severity) => ({
				type: 'changeSeverity' as const,
				severity,
				reason: 'more is known'
			}))
		},
		{
			weight: 2,
			arbitrary: one(['identified', 'mitigating', 'monitoring', 'resolved'] as const).map((status) => ({
				type: 'changeStatus' as const,
				status,
				note: '',
				verification: 'watched the error ratio for a while'
			}))
		},
		{ weight: 1, arbitrary: fc.constant({ type: 'reopenIncident' as const, reason: 'it is back' }) },
		{ weight: 1, arbitrary: role.map((each) => ({ type: 'takeRole' as const, role: each })) },
		{ weight: 1, arbitrary: role.map((each) => ({ type: 'releaseRole' as const, role: each })) },
		{ weight: 1, arbitrary: text.map((each) => ({ type: 'postMessage' as const, text: each })) },
		{
			weight: 1,
			arbitrary: one(runbooks.map(({ id }) => id).concat('none')).map((runbookId) => ({
				type: 'openRunbook' as const,
				runbookId
			}))
		},
		{ weight: 2, arbitrary: step.map(([runbookId, stepId]) => ({ type: 'runStep' as const, runbookId, stepId })) },
		{ weight: 1, arbitrary: fc.constant({ type: 'requestHint' as const }) },
		{ weight: 1, arbitrary: inject.map((injectId) => ({ type: 'fireInject' as const, injectId })) },
		{ weight: 1, arbitrary: inject.map((injectId) => ({ type: 'delayInject' as const, injectId, byMs: 60_000 })) },
		{ weight: 1, arbitrary: inject.map((injectId) => ({ type: 'skipInject' as const, injectId })) },
		{
			weight: 1,
			arbitrary: one(['q1', 'q2', 'q-cl1']).map((questionId) => ({
				type: 'answerStakeholder' as const,
				questionId,
				text: 'soon'
			}))
		},
		{ weight: 1, arbitrary: one([1, 5, 60, 90]).map((speed) => ({ type: 'setSpeed' as const, speed })) }
	);
	const second = fc.integer({ min: 0, max: Math.floor(untilMs / 1000) }).map((s) => s * 1000);
	const by = fc.oneof(
		{ weight: 6, arbitrary: one([HOST, RESPONDER]) },
		{ weight: 2, arbitrary: fc.constant(FACILITATOR) },
		{ weight: 1, arbitrary: fc.constant(OBSERVER) }
	);
	return fc
		.array(fc.record({ atMs: second, by, body }), { maxLength: 25, size: 'max' })
		.map((list) => [...OPENING, ...list.toSorted((a, b) => a.atMs - b.atMs)]);
}

/** What came of a played run. */
export interface Played {
	state: EngineState;
	events: EventDraft[];
	commands: LoggedCommand[];
	refused: number[];
	hash: string;
}

interface Ways {
	/** Moves time on; one leap unless given. */
	advance?: (engine: Engine, state: EngineState, toMs: number, into: EventDraft[]) => EngineState;
	/** What happens to the state between two acts, and with which engine it goes on. */
	between?: (state: EngineState, index: number) => { state: EngineState; engine: Engine } | null;
}

/** Plays acts from the lobby until a time. */
export function play(engine: Engine, seed: string, script: readonly Act[], untilMs: number, ways: Ways = {}): Played {
	const first = engine.initial(seed, SETTINGS);
	const events = [...first.events];
	const commands: LoggedCommand[] = [];
	const refused: number[] = [];
	let state = first.state;
	let at = engine;
	const advance = ways.advance ?? leap;
	for (const [index, act] of script.entries()) {
		state = advance(at, state, act.atMs, events);
		const moved = ways.between?.(state, index);
		if (moved) ({ state, engine: at } = moved);
		const n = commands.length + 1;
		const when = at.compiled.startsAt + state.simMs;
		const command = { n, simMs: state.simMs, at: when, by: act.by, clientCommandId: `c${n}`, body: act.body };
		const step = at.apply(state, command);
		if (step.ok) {
			commands.push(command);
			state = step.state;
			events.push(...step.events);
		} else refused.push(index);
	}
	state = advance(at, state, untilMs, events);
	return { state, events, commands, refused, hash: at.hash(state) };
}

export function leap(engine: Engine, state: EngineState, toMs: number, into: EventDraft[]): EngineState {
	const step = engine.advance(state, toMs);
	into.push(...step.events);
	return step.state;
}

/** What a viewer is sent of a run, without what is stripped before sending. */
export function seenBy(events: readonly EventDraft[], viewer: Viewer): unknown[] {
	return events
		.filter((event) => maySee(event.audience, viewer))
		.map(({ causedBy: _cause, audience: _audience, ...rest }) => rest);
}

export const TRAINEE: Viewer = { seats: ['responder', ...COMMAND_ROLES], truthOpen: false };
