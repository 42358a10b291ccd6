/** Verdicts over the runs of a proof: what each promise means in figures. Empty where it is kept, else what fell short. */
import type { CompiledScenario } from '../scenario/library.ts';
import type { Played } from './prove-plays.ts';
import { ScriptPolicy } from './script-policy.ts';

/** The reference may take so much longer than its author expects. */
const PATIENCE = 1.25;
/** A rise of the impact below this is the noise of a run, in minutes. */
const LEAST_HARM = 0.001;

/** Alerts of a day on which nothing is broken. */
export function notQuiet({ seed, result }: Played): string[] {
	return result.alerts.map(({ name, firedMs }) => `seed ${seed}: ${name} fires at ${minutes(firedMs)} of a quiet day`);
}

/** Each listed alert fires for the first time within its window, in the order of the list. */
export function alertsAmiss(compiled: CompiledScenario, idle: readonly Played[]): string[] {
	const listed = compiled.scenario.truth.alerts;
	const why: string[] = [];
	for (const { seed, result } of idle) {
		const [unlisted] = result.alerts.filter(({ name }) => name !== compiled.variant?.extraAlert);
		if (listed.length === 0 && unlisted) {
			why.push(`seed ${seed}: ${unlisted.name} fires, and truth.alerts lists none`);
		}
		let before = 0;
		for (const { name, service, from, by, any_order } of listed) {
			const fired = result.alerts.find(
				(alert) => alert.name === name && (service === undefined || alert.labels.service === service)
			);
			const shown = service === undefined ? name : `${name} of ${service}`;
			if (!fired) why.push(`seed ${seed}: ${shown} does not fire`);
			else if (fired.firedMs < from || fired.firedMs > by) {
				why.push(
					`seed ${seed}: ${shown} fires at ${minutes(fired.firedMs)}, not from ${minutes(from)} to ${minutes(by)}`
				);
			} else if (fired.firedMs < before && any_order !== true)
				why.push(`seed ${seed}: ${shown} fires before the one listed above it`);
			if (any_order !== true) before = Math.max(before, fired?.firedMs ?? 0);
		}
	}
	return why;
}

/** The reference wins, in time, and every step of its line is taken. */
export function idealAmiss(compiled: CompiledScenario, { seed, result, policy }: Played): string[] {
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

/** Over the seeds the twin that did it suffers more impact, or the log judged the harm that its author declares. */
export function harmAmiss(
	id: string,
	declared: boolean,
	without: readonly Played[],
	twins: readonly Played[]
): string[] {
	const judged = twins.filter(({ harmed }) => harmed.includes(id));
	if (judged.length === 0) {
		return [
			`${id} never came to harm: tried beside the reference from the declaration on, the log does not judge it harmful`
		];
	}
	const rise =
		meanOf(twins.map(({ result }) => result.impactMinutes)) - meanOf(without.map(({ result }) => result.impactMinutes));
	if (declared || rise > LEAST_HARM) return [];
	return [
		`${id}, tried beside the reference from the declaration on, costs nothing (${rise.toFixed(3)} impact minutes): give it an effect that is felt before the remedy is (is \`takes\` too long, does \`from\` still hold?), or say under \`harm\` what it costs`
	];
}

/**
 * Diagnosing beats guessing in the mean over the runs, by the first of these in which they differ: how many are restored,
 * how often harm was done, impact, time.
 */
export function guessingAmiss(ideal: readonly Played[], random: readonly Played[]): string[] {
	const [diagnosing, guessing] = [ranks(ideal), ranks(random)];
	for (const { what, of, least } of MEASURES) {
		const ahead = of(guessing) - of(diagnosing);
		if (Math.abs(ahead) <= Math.max(least, 0.02 * of(diagnosing))) continue;
		if (ahead > 0) return [];
		const [mine, theirs] = [of(diagnosing), of(guessing)].map((value) => Number(value.toFixed(2)));
		return [`guessing beats the reference in ${what}: ${theirs} against ${mine} in the mean`];
	}
	return ['guessing does as well as the reference: give a wrong guess a price, or the reference a quicker line'];
}

type Ranks = ReturnType<typeof ranks>;

/** What counts, in this order, and the least difference that says something. */
const MEASURES: readonly { what: string; of: (ranks: Ranks) => number; least: number }[] = [
	{ what: 'runs not restored', of: ({ unresolved }) => unresolved, least: 0.1 },
	{ what: 'harm done', of: ({ harms }) => harms, least: 0.1 },
	{ what: 'impact minutes', of: ({ impact }) => impact, least: 0.005 },
	{ what: 'minutes', of: ({ minutes }) => minutes, least: 0.25 }
];

function ranks(played: readonly Played[]) {
	const mean = (of: (play: Played) => number) => meanOf(played.map(of));
	return {
		unresolved: mean(({ result }) => (result.outcome === 'resolved' ? 0 : 1)),
		harms: mean(({ harmed }) => harmed.length),
		impact: mean(({ result }) => result.impactMinutes),
		minutes: mean(({ result }) => result.endedMs / 60_000)
	};
}

function meanOf(values: readonly number[]): number {
	return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function minutes(ms: number): string {
	return `${(ms / 60_000).toFixed(1)} min`;
}
