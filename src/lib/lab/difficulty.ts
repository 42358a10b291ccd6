/** How hard a scenario is, measured by how those fare who know nothing of it. The formula stands in SPEC.md. Pure. */

/** What of a run tells how it went. */
export interface Outcome {
	outcome: 'resolved' | 'unresolved';
	impactMinutes: number;
	harm: readonly string[];
}

export interface Measured {
	/** 1 (they manage) to 5 (they do not), in whole steps. */
	level: number;
	/** How well they did in all, 0..1: what the level is read off. */
	ease: number;
	/** Of each trainee: share of runs resolved, and how well they did, 0..1. */
	by: Record<string, { resolved: number; ease: number }>;
}

/** Whom the measure listens to most: people follow runbooks and do what is plausible; nobody plays dice. */
const WEIGHTS: Record<string, number> = { novice: 0.45, hasty: 0.35, random: 0.2 };
/** A run that was resolved earns at least this, however late. */
const RESOLVED_LATE = 0.5;
/** A run that was not resolved earns at most this, for what it spared people. */
const EASED_MOST = 0.25;
/** Harm that was done on the way costs so much of what was earned. */
const HARM_COSTS = 0.3;

/** Measures the difficulty of a scenario from its reference runs. */
export function measureDifficulty(
	ideal: Pick<Outcome, 'impactMinutes'>,
	none: Pick<Outcome, 'impactMinutes'>,
	trainees: Readonly<Record<string, readonly Outcome[]>>
): Measured {
	const by = Object.fromEntries(
		Object.entries(trainees).map(([name, runs]) => [
			name,
			{
				resolved: rounded(mean(runs.map(({ outcome }) => (outcome === 'resolved' ? 1 : 0)))),
				ease: rounded(mean(runs.map((run) => earned(run, ideal.impactMinutes, none.impactMinutes))))
			}
		])
	);
	const weighed = Object.entries(by).map(([name, { ease }]) => (WEIGHTS[name] ?? 0) * ease);
	const ease = rounded(weighed.reduce((sum, part) => sum + part, 0));
	return { level: Math.min(5, Math.max(1, 5 - Math.floor(ease * 5))), ease, by };
}

function earned({ outcome, impactMinutes, harm }: Outcome, best: number, worst: number): number {
	// Where nobody suffers even if nobody acts, only the outcome tells.
	const range = worst - best;
	const suffered = range <= 0 ? 0 : Math.min(1, Math.max(0, (impactMinutes - best) / range));
	const won =
		outcome === 'resolved' ? 1 - (1 - RESOLVED_LATE) * suffered : range <= 0 ? 0 : EASED_MOST * (1 - suffered);
	return won * (harm.length > 0 ? 1 - HARM_COSTS : 1);
}

function mean(values: readonly number[]): number {
	return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rounded(value: number): number {
	return Math.round(value * 1000) / 1000;
}
