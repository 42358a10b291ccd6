/**
 * What to play when nobody wants to choose: what the team has practised least. The reason is told without telling what kind of
 * trouble it is. Pure.
 */
import type { ScenarioCard } from '$lib/protocol/messages.ts';
import type { PracticeOf } from './filter.ts';

export interface Surprise {
	card: ScenarioCard;
	reason: string;
}

interface Grounds {
	practice: PracticeOf;
	/** Kinds of failure that happened in earnest since they were practised. */
	debt: readonly string[];
	/** All of the library: a kind was practised with any scenario of it. */
	library: readonly ScenarioCard[];
}

/** One of `cards`: `draw` is in [0, 1), wall time `now` in ms. `not` was offered just now. Null where there is none. */
export function surprise(
	cards: readonly ScenarioCard[],
	{ practice, debt, library }: Grounds,
	{ draw, now, not = null }: { draw: number; now: number; not?: string | null }
): Surprise | null {
	const lastOf = lastByClass(library, practice);
	const others = prefer(cards, ({ id }) => id !== not);
	// Whoever has read the truth, or has played it, is not surprised by it.
	const unknown = prefer(others, ({ id }) => !practice[id]?.spoiled && (practice[id]?.mine ?? 0) === 0);
	const ranks = unknown.map((card) => ({ card, rank: rankOf(card) }));
	const best = Math.min(...ranks.map(({ rank }) => rank));
	const equals = ranks.filter(({ rank }) => rank === best).map(({ card }) => card);
	const oldest = Math.min(...equals.map((card) => lastOf.get(card.class) ?? 0));
	const among = equals.filter((card) => (lastOf.get(card.class) ?? 0) === oldest);
	const card = among[Math.floor(draw * among.length)];
	return card ? { card, reason: reasonOf(card) } : null;

	function rankOf(card: ScenarioCard): number {
		if (debt.includes(card.class)) return 0;
		if (!lastOf.has(card.class)) return 1;
		return (practice[card.id]?.lastAt ?? null) === null ? 2 : 3;
	}

	function reasonOf(card: ScenarioCard): string {
		const last = lastOf.get(card.class);
		const played = practice[card.id]?.lastAt ?? null;
		if (debt.includes(card.class))
			return 'Trouble of this kind has met you in earnest since it was practised here last.';
		if (last === undefined) return 'Nobody here has practised this kind of trouble yet.';
		const ago = agoWords(now - last);
		return played === null
			? `Nobody here has played this one, and its kind of trouble was practised ${ago}, longer ago than others.`
			: `Everything here was played; this kind of trouble was practised ${ago}, longer ago than others.`;
	}
}

/** Those that fit, or all where none does. */
function prefer<T>(all: readonly T[], fits: (one: T) => boolean): readonly T[] {
	const some = all.filter(fits);
	return some.length > 0 ? some : all;
}

function lastByClass(library: readonly ScenarioCard[], practice: PracticeOf): Map<string, number> {
	const last = new Map<string, number>();
	for (const card of library) {
		const at = practice[card.id]?.lastAt ?? null;
		if (at !== null) last.set(card.class, Math.max(at, last.get(card.class) ?? 0));
	}
	return last;
}

function agoWords(ms: number): string {
	const days = Math.floor(ms / 86_400_000);
	return days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
}
