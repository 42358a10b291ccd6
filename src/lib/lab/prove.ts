/**
 * What a scenario promises, held against simulation over several seeds: it is quiet before its fault, its alerts come when
 * they should, nobody wins by waiting, the reference wins with any one piece of evidence missing, harm harms, and guessing
 * loses. Pure; told how far it has come.
 */
import { createEngine, type Engine } from '../engine/index.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import type { PolicyStepSpec } from '../scenario/scenario.schema.ts';
import { NOBODY, type Policy } from './policy.ts';
import { playerOf, PLAYERS, type PlayerName } from './players.ts';
import { summarise, type SimulationResult } from './result.ts';
import { ScriptPolicy } from './script-policy.ts';
import { simulate } from './simulate.ts';

export const CHECKS = ['quiet', 'alerts', 'idle', 'ideal', 'evidence', 'harm', 'guessing'] as const;
export type Check = (typeof CHECKS)[number];

/** One promise, kept or not. `why` names what fell short and at which seed; empty where it was kept. */
export interface Proof {
	check: Check;
	ok: boolean;
	why: string[];
}

/** A player's runs over all seeds. Minutes are simulated; means over the seeds. */
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

interface Played {
	seed: string;
	result: SimulationResult;
	/** Mitigations that the log judged harmful, by id. */
	harmed: string[];
	policy: Policy;
}

/** The reference may take so much longer than its author expects. */
const PATIENCE = 1.25;
/** Share of seeds in which the reference must come out ahead of guessing. */
const AHEAD = 0.6;
/** A rise of the impact below this is the noise of a run, in minutes. */
const LEAST_HARM = 0.001;

/** Plays a scenario with every player over the seeds, and holds it against its promises. */
export function prove(compiled: CompiledScenario, seeds: readonly string[], options: ProveOptions = {}): Proven {
	const evidence = compiled.scenario.diagnostics.filter(({ proves }) => proves === 'cause' || proves === 'trigger');
	const harmful = compiled.scenario.mitigations.filter(isHarmful);
	const total = seeds.length * (PLAYERS.length + 1 + evidence.length + harmful.length);
	let done = 0;
	const engines = new Map<string, Engine>();
	const play = (seed: string, policy: Policy, of = compiled): Played => {
		const calm = of === compiled ? '' : 'calm';
		const key = `${calm} ${seed}`;
		const engine = engines.get(key) ?? createEngine(of, seed);
		engines.set(key, engine);
		const simulated = simulate(engine, { seed, policy });
		options.onProgress?.(++done / total);
		const harmed = simulated.events.flatMap((event) =>
			event.type === 'mitigation.judged' && event.payload.verdict === 'harmful' ? [event.payload.mitigationId] : []
		);
		return { seed, result: summarise(engine, simulated), harmed, policy };
	};
	const all = (make: (seed: string) => Policy, of = compiled) => seeds.map((seed) => play(seed, make(seed), of));
	const runs = Object.fromEntries(
		PLAYERS.map((name) => [name, all((seed) => playerOf(name, compiled, seed))])
	) as Record<PlayerName, Played[]>;

	const proofs: Proof[] = [
		proof('quiet', all(() => NOBODY, calmed(compiled)).flatMap(notQuiet)),
		proof('alerts', alertsAmiss(compiled, runs.none)),
		proof(
			'idle',
			runs.none.flatMap(({ seed, result }) => (result.outcome === 'resolved' ? [`seed ${seed}: won`] : []))
		),
		proof(
			'ideal',
			runs.ideal.flatMap((played) => idealAmiss(compiled, played))
		),
		proof('evidence', [
			...(evidence.length < 2 ? [`only ${evidence.length} diagnostics prove the cause or what set it off`] : []),
			...evidence.flatMap(({ id }) =>
				all(() => new ScriptPolicy('ideal', compiled.scenario.ideal, denial(compiled, id))).flatMap(
					({ seed, result }) =>
						result.outcome === 'resolved' ? [] : [`without ${id} the reference does not win (seed ${seed})`]
				)
			)
		]),
		proof(
			'harm',
			harmful.flatMap(({ id, harm }) => {
				const twins = all(() => new ScriptPolicy('ideal', [...compiled.scenario.ideal, tried(id)]));
				return harmAmiss(id, harm !== undefined, runs.ideal, twins);
			})
		),
		proof('guessing', guessingAmiss(runs.ideal, runs.random))
	];
	return {
		scenario: compiled.scenario.id,
		version: compiled.contentHash,
		seeds: [...seeds],
		ok: proofs.every(({ ok }) => ok),
		proofs,
		standings: PLAYERS.map((player) => standingOf(player, runs[player]))
	};
}

function proof(check: Check, why: string[]): Proof {
	return { check, ok: why.length === 0, why };
}

function standingOf(player: PlayerName, runs: readonly Played[]): Standing {
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

/** The same system on a day on which nothing is broken and nothing was changed. */
function calmed(compiled: CompiledScenario): CompiledScenario {
	return { ...compiled, scenario: { ...compiled.scenario, faults: [], changes: [], injects: [] } };
}

function notQuiet({ seed, result }: Played): string[] {
	return result.alerts.map(({ name, firedMs }) => `seed ${seed}: ${name} fires at ${minutes(firedMs)} of a quiet day`);
}

/** Each listed alert fires for the first time within its window, in the order of the list. */
function alertsAmiss(compiled: CompiledScenario, idle: readonly Played[]): string[] {
	const listed = compiled.scenario.truth.alerts;
	const why: string[] = [];
	for (const { seed, result } of idle) {
		if (listed.length === 0 && result.alerts.length > 0) {
			why.push(`seed ${seed}: ${result.alerts[0]?.name ?? ''} fires, and truth.alerts lists none`);
		}
		let before = 0;
		for (const { name, service, from, by } of listed) {
			const fired = result.alerts.find(
				(alert) => alert.name === name && (service === undefined || alert.labels.service === service)
			);
			const shown = service === undefined ? name : `${name} of ${service}`;
			if (!fired) why.push(`seed ${seed}: ${shown} does not fire`);
			else if (fired.firedMs < from || fired.firedMs > by) {
				why.push(
					`seed ${seed}: ${shown} fires at ${minutes(fired.firedMs)}, not from ${minutes(from)} to ${minutes(by)}`
				);
			} else if (fired.firedMs < before) why.push(`seed ${seed}: ${shown} fires before the one listed above it`);
			before = Math.max(before, fired?.firedMs ?? 0);
		}
	}
	return why;
}

function idealAmiss(compiled: CompiledScenario, { seed, result, policy }: Played): string[] {
	if (result.outcome !== 'resolved') return [`seed ${seed}: the reference does not win`];
	const why: string[] = [];
	const { resolution } = compiled.scenario.truth.expected;
	const took = result.milestones.resolvedMs ?? result.endedMs;
	if (resolution !== undefined && took > PATIENCE * resolution) {
		why.push(`seed ${seed}: resolved at ${minutes(took)}, expected by ${minutes(resolution)}`);
	}
	if (policy instanceof ScriptPolicy) {
		for (const { step, message } of policy.refused)
			why.push(`seed ${seed}: ${String(step.do.type)} is refused: ${message}`);
		for (const step of policy.undone) why.push(`seed ${seed}: never came to ${JSON.stringify(step.do)}`);
	}
	return why;
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

/** Over the seeds the twin that did it suffers more impact, or the log judged the harm that its author declares. */
function harmAmiss(id: string, declared: boolean, without: readonly Played[], twins: readonly Played[]): string[] {
	const judged = twins.filter(({ harmed }) => harmed.includes(id));
	if (judged.length === 0) return [`${id} never came to harm: the log does not judge it harmful after the declaration`];
	const rise =
		mean(twins.map(({ result }) => result.impactMinutes)) - mean(without.map(({ result }) => result.impactMinutes));
	if (declared || rise > LEAST_HARM) return [];
	return [
		`${id} costs nothing (${rise.toFixed(3)} impact minutes); give it an effect, or say under \`harm\` what it costs`
	];
}

/** Diagnosing must come out ahead in most seeds, and in the mean. */
function guessingAmiss(ideal: readonly Played[], random: readonly Played[]): string[] {
	const ahead = ideal.filter((played, index) => {
		const guessed = random[index];
		return guessed !== undefined && isBetter(played, guessed);
	});
	if (ahead.length / ideal.length >= AHEAD) return [];
	return [`guessing does as well as the reference in ${ideal.length - ahead.length} of ${ideal.length} seeds`];
}

/** Restored beats not restored, then less harm, then less impact, then sooner. */
function isBetter(one: Played, other: Played): boolean {
	const ranks = (played: Played) => [
		played.result.outcome === 'resolved' ? 0 : 1,
		played.harmed.length,
		Math.round(played.result.impactMinutes * 1000),
		played.result.endedMs
	];
	const [mine, theirs] = [ranks(one), ranks(other)];
	const at = mine.findIndex((value, index) => value !== theirs[index]);
	return at >= 0 && (mine[at] ?? 0) < (theirs[at] ?? 0);
}

function mean(values: readonly number[]): number {
	return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function minutes(ms: number): string {
	return `${(ms / 60_000).toFixed(1)} min`;
}
