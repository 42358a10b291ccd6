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
import { Plays, type Enough, type Played } from './prove-plays.ts';
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
	/** At least so many guesses, unless the seeds are more. */
	guesses?: number;
}

/** Guesses are so many at least: over fewer, luck decides. */
const FEWEST_GUESSES = 8;

/** Plays a scenario with every player over the seeds, and holds it against its promises. */
export function prove(compiled: CompiledScenario, seeds: readonly string[], options: ProveOptions = {}): Proven {
	const evidence = compiled.scenario.diagnostics.filter(({ proves }) => proves === 'cause' || proves === 'trigger');
	const harmful = compiled.scenario.mitigations.filter(isHarmful);
	const guesses = Math.max(seeds.length, options.guesses ?? FEWEST_GUESSES);
	const total = seeds.length * (PLAYERS.length + evidence.length + harmful.length) + guesses;
	let done = 0;
	const plays = new Plays(compiled);
	const calm = new Plays(calmed(compiled));
	const keep = (kept: Played[], play: Played): Played => {
		kept.push(play);
		options.onProgress?.(++done / total);
		return play;
	};
	const runs: Record<PlayerName, Played[]> = { none: [], ideal: [], novice: [], hasty: [], random: [] };
	const quiet: Played[] = [];
	const denied = evidence.map(({ id }) => ({ id, runs: [] as Played[] }));
	const twins = harmful.map(({ id, harm }) => ({ id, declared: harm !== undefined, runs: [] as Played[] }));
	// Seed by seed, so that what was computed of a world is used by all, and dropped when it is done.
	seeds.forEach((seed, index) => {
		for (const name of ['none', 'novice', 'hasty'] as const)
			keep(runs[name], plays.play(seed, playerOf(name, compiled, seed)));
		const ideal = keep(runs.ideal, plays.play(seed, playerOf('ideal', compiled, seed)));
		for (let guess = index; guess < guesses; guess += seeds.length) {
			// The same world may be guessed at more than once, by people who guess otherwise.
			const guesser = guess < seeds.length ? seed : `${seed} again ${Math.floor(guess / seeds.length)}`;
			keep(runs.random, plays.play(seed, playerOf('random', compiled, guesser)));
		}
		for (const { id, runs: kept } of denied) keep(kept, withoutEvidence(compiled, id, plays, ideal));
		for (const { id, declared, runs: kept } of twins)
			keep(kept, plays.play(seed, harming(compiled, id), surely(id, declared, ideal)));
		keep(quiet, calm.play(seed, NOBODY));
	});

	const proofs: Proof[] = [
		proof('quiet', quiet.flatMap(notQuiet)),
		proof('alerts', alertsAmiss(compiled, runs.none)),
		proof('idle', idleAmiss(runs.none)),
		proof(
			'ideal',
			runs.ideal.flatMap((play) => idealAmiss(compiled, play))
		),
		proof('evidence', [
			...(evidence.length < 2 ? [`only ${evidence.length} diagnostics prove the cause or what set it off`] : []),
			...denied.flatMap(({ id, runs: without }) =>
				without.flatMap(({ seed, result }) =>
					result.outcome === 'resolved' ? [] : [`without ${id} the reference does not win (seed ${seed})`]
				)
			)
		]),
		proof(
			'harm',
			twins.flatMap(({ id, declared, runs: tried }) => {
				const why = harmAmiss(id, declared, runs.ideal, tried);
				if (why.length === 0 || declared) return why;
				// What was left early counts for less than it came to.
				const whole = seeds.map((seed) => plays.play(seed, harming(compiled, id)));
				return harmAmiss(id, declared, runs.ideal, whole);
			})
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

/** The reference with one diagnostic denied. Where its line never asks for that one, it is the run that was played. */
function withoutEvidence(compiled: CompiledScenario, diagnosticId: string, plays: Plays, ideal: Played): Played {
	const denied = denial(compiled, diagnosticId);
	if (!compiled.scenario.ideal.some((step) => denied(step.do))) return ideal;
	return plays.play(ideal.seed, new ScriptPolicy('ideal', compiled.scenario.ideal, denied));
}

/** The reference's line, with a harmful mitigation tried after the declaration. */
function harming(compiled: CompiledScenario, id: string): Policy {
	return new ScriptPolicy('ideal', [...compiled.scenario.ideal, tried(id)]);
}

/**
 * When the harm of a mitigation is sure: the log has judged a harm that is declared, or impact, which only grows, is past what
 * the reference suffers in all.
 */
function surely(id: string, declared: boolean, ideal: Played): Enough {
	return ({ impact }, events) =>
		(declared || impact.affectedMinutes > ideal.result.impactMinutes + PLAIN_HARM) &&
		events.some(({ type, payload }) => type === 'mitigation.judged' && isHarm(payload, id));
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
