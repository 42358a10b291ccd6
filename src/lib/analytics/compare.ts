/** Groups of incidents beside each other, like compared with like, and no word more than the data can carry. */
import { resolution, type IncidentFacts } from './facts.ts';
import { groupBy } from './order.ts';
import { roughly } from './words.ts';
import { logRank } from './stats/log-rank.ts';
import { blockedRatio, neededPerGroup } from './stats/ratio.ts';
import { kaplanMeier, medianSurvival, type SurvivalPoint } from './stats/survival.ts';

export interface ComparedGroup {
	name: string;
	n: number;
	unresolved: number;
	/** Time by which half were resolved, minutes, with its 95 % interval. */
	median: number | null;
	low: number | null;
	high: number | null;
	curve: SurvivalPoint[];
}

export interface Comparison {
	groups: ComparedGroup[];
	/** Kinds in which more than one group stands, and the incidents in them: only these are compared. */
	blocks: number;
	compared: number;
	/** Incidents that have no like in another group. */
	leftOut: number;
	/** Log-rank within blocks; null where nothing can be tested. */
	p: number | null;
	/** Of two groups: the second takes this many times as long as the first (resolved ones, within blocks), with 95 %. */
	ratio: { ratio: number; low: number; high: number } | null;
	verdict: 'different' | 'no_difference' | 'not_enough';
	/** About how many more in each group would tell; null where there are enough. */
	more: number | null;
	sentence: string;
}

/** Fewer in a group than this say nothing, whatever a test makes of them. */
const LEAST = 5;
/** A difference that matters: half as long again, or a third less. */
const MATTERS = 1.5;
/** Something resolved at once still took a moment. */
const LEAST_MINUTES = 1 / 60;

/** What makes two incidents alike: of practice the scenario and how it was played, of real ones the severity. */
export function blockOf({ drill, severity }: IncidentFacts): string {
	if (!drill) return severity ?? 'unknown';
	return [drill.scenario, drill.seedClass, drill.speed > 1 ? 'fast' : '', drill.hints > 0 ? 'hints' : ''].join(' ');
}

/** `groupOf` names a row's group, null where it is in none. Groups come in the order of `names`. */
export function compare(
	rows: readonly IncidentFacts[],
	names: readonly string[],
	groupOf: (row: IncidentFacts) => string | null,
	asOf: number
): Comparison {
	const timed = rows.flatMap((row) => {
		const name = groupOf(row);
		const lasted = resolution(row, asOf);
		const group = name === null ? -1 : names.indexOf(name);
		return lasted && group >= 0 ? [{ ...lasted, group, block: blockOf(row) }] : [];
	});
	const groups = names.map((name, i) =>
		groupFigures(
			name,
			timed.filter(({ group }) => group === i)
		)
	);
	const alike = [...groupBy(timed, ({ block }) => block).values()].filter(
		(block) => new Set(block.map(({ group }) => group)).size > 1
	);
	const used = alike.flat();
	const test = logRank(used, names.length);
	const found =
		names.length === 2
			? blockedRatio(
					used.flatMap(({ ended, minutes, group, block }) =>
						ended
							? [{ minutes: Math.max(LEAST_MINUTES, minutes), group: group === 1 ? (1 as const) : (0 as const), block }]
							: []
					)
				)
			: null;
	const least = Math.min(...names.map((_, i) => used.filter(({ group }) => group === i).length));
	const needed = Math.max(LEAST, found ? neededPerGroup(found.deviation, MATTERS) : 2 * LEAST);
	const p = test?.p ?? null;
	const different = p !== null && p < 0.05 && least >= LEAST;
	const verdict = different ? 'different' : least >= needed ? 'no_difference' : 'not_enough';
	const more = verdict === 'not_enough' ? Math.max(1, needed - Math.max(0, least)) : null;
	const result = {
		groups,
		blocks: alike.length,
		compared: used.length,
		leftOut: timed.length - used.length,
		p,
		ratio: found && { ratio: found.ratio, low: found.low, high: found.high },
		verdict,
		more
	} as const;
	return { ...result, sentence: sentenceOf(result, rows.some(({ drill }) => drill !== null) ? 'runs' : 'incidents') };
}

function groupFigures(name: string, of: readonly { minutes: number; ended: boolean }[]): ComparedGroup {
	const curve = kaplanMeier(of);
	return {
		name,
		n: of.length,
		unresolved: of.filter(({ ended }) => !ended).length,
		...medianSurvival(curve),
		curve
	};
}

function sentenceOf(
	{ verdict, more, groups, ratio, p, blocks }: Omit<Comparison, 'sentence'>,
	noun: 'runs' | 'incidents'
): string {
	if (verdict === 'not_enough') {
		const none =
			blocks === 0 && groups.some(({ n }) => n > 0)
				? `No two groups met the same kind of ${noun.slice(0, -1)} yet. `
				: '';
		return `${none}Not enough ${noun} to tell; about ${roughly(more ?? 1)} more in each group would be.`;
	}
	const chance = p === null ? '' : ` (log-rank p ${p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`})`;
	if (verdict === 'no_difference') {
		return `No difference can be seen, and one by half would have shown${chance}.`;
	}
	const [first, second] = groups;
	if (groups.length !== 2 || !first || !second) return `The groups differ by more than chance${chance}.`;
	if (!ratio) return `They differ by more than chance${chance}.`;
	const times =
		ratio.ratio < 1 ? `${(1 / ratio.ratio).toFixed(1)} times as fast` : `${ratio.ratio.toFixed(1)} times as long`;
	const interval = `${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)} of the time`;
	return `${second.name}: ${times} as ${first.name.toLowerCase()}${chance}; 95 % interval ${interval}.`;
}
