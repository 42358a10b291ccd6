/**
 * What a scenario promises, held against simulation over several seeds: it is quiet before its fault, its alerts come when
 * they should, nobody wins by waiting, the reference wins with any one piece of evidence missing, harm harms, and guessing
 * loses. Pure; told how far it has come. Runs are cut short once nothing that follows could change the verdict.
 */
import type { CompiledScenario } from '../scenario/library.ts';
import type { PolicyStepSpec } from '../scenario/scenario.schema.ts';
import { variantOffers, withVariant } from '../scenario/variants.ts';
import { NOBODY, type Policy } from './policy.ts';
import { playerOf, PLAYERS, type PlayerName } from './players.ts';
import { alertsAmiss, guessingAmiss, harmAmiss, idealAmiss, notQuiet } from './prove-checks.ts';
import { Plays, type Played } from './prove-plays.ts';
import { ScriptPolicy } from './script-policy.ts';

export const CHECKS = ['quiet', 'alerts', 'idle', 'ideal', 'evidence', 'harm', 'guessing'] as const;
export type Check = (typeof CHECKS)[number];

/** One promise, kept or not. `why` names what fell short and at which seed; empty where it was kept. */
export interface Proof {
	check: Check;
	ok: boolean;
	why: string[];
}

/** A player's runs over all seeds. Minutes are simulated; means over the runs. */
export interface Standing {
	player: PlayerName;
	runs: number;
	resolved: number;
	impactMinutes: number;
	/** Of the runs that were resolved; null where none was. */
	resolvedMinutes: number | null;
	/** Harm beside impact, as the log judged it: how often per run. */
	harms: number;
}

export interface Proven {
	scenario: string;
	/** Which variant was proven; absent for the scenario itself. */
	variant?: string;
	version: string;
	seeds: string[];
	ok: boolean;
	proofs: Proof[];
	standings: Standing[];
}

export interface ProveOptions {
	/** Told the share that is done, 0..1. */
	onProgress?: (share: number) => void;
}

/** Guesses are so many at least: over fewer, luck decides. */
const FEWEST_GUESSES = 8;

/** Plays a scenario with every player over the seeds, and holds it against its promises. */
export function prove(compiled: CompiledScenario, seeds: readonly string[], options: ProveOptions = {}): Proven {
	const evidence = compiled.scenario.diagnostics.filter(({ proves }) => proves === 'cause' || proves === 'trigger');
	const harmful = compiled.scenario.mitigations.filter(isHarmful);
	const guesses = Math.max(seeds.length, FEWEST_GUESSES);
	const total = seeds.length * (PLAYERS.length + evidence.length + harmful.length) + guesses;
	let done = 0;
	const plays = new Plays(compiled);
	const played = (play: Played): Played => {
		options.onProgress?.(++done / total);
		return play;
	};
	const all = (make: (seed: string) => Policy) => seeds.map((seed) => played(plays.play(seed, make(seed))));
	const players = (name: PlayerName) => all((seed) => playerOf(name, compiled, seed));
	const random = Array.from({ length: guesses }, (_, index) => {
		const seed = seeds[index % seeds.length] ?? '';
		// The same world may be guessed at more than once, by people who guess otherwise.
		const guesser = index < seeds.length ? seed : `${seed} again ${Math.floor(index / seeds.length)}`;
		return played(plays.play(seed, playerOf('random', compiled, guesser)));
	});
	const runs: Record<PlayerName, Played[]> = {
		none: players('none'),
		ideal: players('ideal'),
		novice: players('novice'),
		hasty: players('hasty'),
		random
	};
	const calm = new Plays(calmed(compiled));
	const ideal = new Map(runs.ideal.map((play) => [play.seed, play]));

	const proofs: Proof[] = [
		proof(
			'quiet',
			seeds.map((seed) => played(calm.play(seed, NOBODY))).flatMap((play) => notQuiet(play))
		),
		proof('alerts', alertsAmiss(compiled, runs.none)),
		proof('idle', idleAmiss(runs.none)),
		proof(
			'ideal',
			runs.ideal.flatMap((play) => idealAmiss(compiled, play))
		),
		proof('evidence', [
			...(evidence.length < 2 ? [`only ${evidence.length} diagnostics prove the cause or what set it off`] : []),
			...evidence.flatMap(({ id }) =>
				withoutEvidence(compiled, id, seeds, plays, ideal).flatMap(({ seed, result }) =>
					result.outcome === 'resolved' ? [] : [`without ${id} the reference does not win (seed ${seed})`]
				)
			)
		]),
		proof(
			'harm',
			harmful.flatMap(({ id, harm }) => harmOf(compiled, id, harm !== undefined, plays, runs.ideal))
		),
		proof('guessing', guessingAmiss(runs.ideal, runs.random))
	];
	options.onProgress?.(1);
	return {
		scenario: compiled.scenario.id,
		...(compiled.variant && { variant: compiled.variant.id }),
		version: compiled.contentHash,
		seeds: [...seeds],
		ok: proofs.every(({ ok }) => ok),
		proofs,
		standings: PLAYERS.map((player) => standingOf(player, runs[player]))
	};
}

/** What became of a variant. */
export interface ProvenVariant {
	id: string;
	/** Its author wrote it for this scenario; else every scenario has it. */
	written: boolean;
	ok: boolean;
	proofs: Proof[];
}

/**
 * Holds the variants of a scenario against those promises that circumstances can break: quiet, alerts, idle, ideal. What
 * proves and what harms is as in the scenario itself.
 */
export function proveVariants(
	compiled: CompiledScenario,
	seeds: readonly string[],
	onProgress?: (share: number) => void
): ProvenVariant[] {
	const offers = variantOffers(compiled);
	return offers.map(({ id, written }, index) => {
		const variant = withVariant(compiled, id);
		if (variant === null) throw new Error(`no variant ${id} of ${compiled.scenario.id}`);
		const plays = new Plays(variant);
		const calm = new Plays(calmed(variant));
		const idle = seeds.map((seed) => plays.play(seed, NOBODY));
		const ideal = seeds.map((seed) => plays.play(seed, new ScriptPolicy('ideal', variant.scenario.ideal)));
		const proofs = [
			proof(
				'quiet',
				seeds.map((seed) => calm.play(seed, NOBODY)).flatMap((play) => notQuiet(play))
			),
			proof('alerts', alertsAmiss(variant, idle)),
			proof('idle', idleAmiss(idle)),
			proof(
				'ideal',
				ideal.flatMap((play) => idealAmiss(variant, play))
			)
		];
		onProgress?.((index + 1) / offers.length);
		return { id, written, ok: proofs.every(({ ok }) => ok), proofs };
	});
}

function idleAmiss(runs: readonly Played[]): string[] {
	return runs.flatMap(({ seed, result }) => (result.outcome === 'resolved' ? [`seed ${seed}: won`] : []));
}

function proof(check: Check, why: string[]): Proof {
	return { check, ok: why.length === 0, why };
}

/** What a player's runs come to. */
export function standingOf(player: PlayerName, runs: readonly Played[]): Standing {
	const resolved = runs.filter(({ result }) => result.outcome === 'resolved');
	return {
		player,
		runs: runs.length,
		resolved: resolved.length,
		impactMinutes: mean(runs.map(({ result }) => result.impactMinutes)),
		resolvedMinutes: resolved.length === 0 ? null : mean(resolved.map(({ result }) => result.endedMs / 60_000)),
		harms: mean(runs.map(({ harmed }) => harmed.length))
	};
}

/** The reference's runs with one diagnostic denied. Where its line never asks for that one, they are the runs that were played. */
function withoutEvidence(
	compiled: CompiledScenario,
	diagnosticId: string,
	seeds: readonly string[],
	plays: Plays,
	ideal: ReadonlyMap<string, Played>
): Played[] {
	const denied = denial(compiled, diagnosticId);
	const asks = compiled.scenario.ideal.some((step) => denied(step.do));
	return seeds.map((seed) => {
		const known = asks ? undefined : ideal.get(seed);
		return known ?? plays.play(seed, new ScriptPolicy('ideal', compiled.scenario.ideal, denied));
	});
}

/**
 * The reference's line with a harmful mitigation tried after the declaration. A run is left as soon as the harm is sure: the
 * log has judged a harm that is declared, or impact, which only grows, is past what the reference suffers in all.
 */
function harmOf(
	compiled: CompiledScenario,
	id: string,
	declared: boolean,
	plays: Plays,
	ideal: readonly Played[]
): string[] {
	const twins = (sure: boolean) =>
		ideal.map(({ seed, result }) =>
			plays.play(
				seed,
				new ScriptPolicy('ideal', [...compiled.scenario.ideal, tried(id)]),
				sure
					? ({ impact }, events) =>
							(declared || impact.affectedMinutes > result.impactMinutes + PLAIN_HARM) &&
							events.some(({ type, payload }) => type === 'mitigation.judged' && isHarm(payload, id))
					: undefined
			)
		);
	const why = harmAmiss(id, declared, ideal, twins(true));
	// What was left early counts for less than it came to.
	return why.length === 0 || declared ? why : harmAmiss(id, declared, ideal, twins(false));
}

/** A rise past which no run need be played on, in minutes. */
const PLAIN_HARM = 0.05;

function isHarm(payload: object, id: string): boolean {
	return (
		'verdict' in payload && payload.verdict === 'harmful' && 'mitigationId' in payload && payload.mitigationId === id
	);
}

/** The same system on a day on which nothing is broken and nothing was changed. */
function calmed(compiled: CompiledScenario): CompiledScenario {
	return { ...compiled, scenario: { ...compiled.scenario, faults: [], changes: [], injects: [] } };
}

/** Whatever would show a diagnostic's output: it itself, a step of a runbook that runs it, its command in the console. */
function denial(compiled: CompiledScenario, diagnosticId: string): (body: Record<string, unknown>) => boolean {
	const spec = compiled.scenario.diagnostics.find(({ id }) => id === diagnosticId);
	const lines = new Set([spec?.command, ...(spec?.aliases ?? [])]);
	const steps = new Set(
		compiled.runbooks.flatMap(({ id, steps: of }) =>
			of.filter(({ runs }) => runs === diagnosticId).map((step) => `${id} ${step.id}`)
		)
	);
	return (body) =>
		(body.type === 'runDiagnostic' && body.diagnosticId === diagnosticId) ||
		(body.type === 'runStep' && steps.has(`${String(body.runbookId)} ${String(body.stepId)}`)) ||
		(body.type === 'runConsole' && lines.has(String(body.line)));
}

function isHarmful({ verdict, verdict_in }: CompiledScenario['scenario']['mitigations'][number]): boolean {
	return verdict === 'harmful' || Object.values(verdict_in).includes('harmful');
}

function tried(mitigationId: string): PolicyStepSpec {
	return { when: { type: 'declared' }, do: { type: 'applyMitigation', mitigationId } } as PolicyStepSpec;
}

function mean(values: readonly number[]): number {
	return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
