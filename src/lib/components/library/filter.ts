/** Narrowing the library down to what somebody looks for. Pure. */
import type { ScenarioCard } from '$lib/protocol/messages.ts';

export interface Filter {
	/** Words that must all occur in title, synopsis, skills or class. */
	text: string;
	/** Failure class; empty for all. */
	failure: string;
	/** 1 to 5, as measured where that was done; 0 for all. */
	difficulty: number;
	/** Most minutes; 0 for any. */
	minutes: number;
	/** `solo`, `pair`, …; empty for all. What one person can play, more can. */
	team: string;
	/** Only what was not played here yet. */
	fresh: boolean;
}

export const NO_FILTER: Filter = { text: '', failure: '', difficulty: 0, minutes: 0, team: '', fresh: false };

export function narrow(cards: readonly ScenarioCard[], filter: Filter, plays: Record<string, number>): ScenarioCard[] {
	const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
	return cards.filter((card) => {
		const told = `${card.title} ${card.synopsis} ${card.skills.join(' ')} ${card.class} ${card.id}`.toLowerCase();
		return (
			words.every((word) => told.includes(word)) &&
			(filter.failure === '' || card.class === filter.failure) &&
			(filter.difficulty === 0 || (card.measured ?? card.difficulty) === filter.difficulty) &&
			(filter.minutes === 0 || card.minutes <= filter.minutes) &&
			(filter.team === '' || card.team === filter.team) &&
			(!filter.fresh || (plays[card.id] ?? 0) === 0)
		);
	});
}

/** Of those played least, one by chance: `draw` is in [0, 1). Null where there is none. */
export function surprise(
	cards: readonly ScenarioCard[],
	plays: Record<string, number>,
	draw: number
): ScenarioCard | null {
	const fewest = Math.min(...cards.map(({ id }) => plays[id] ?? 0));
	const least = cards.filter(({ id }) => (plays[id] ?? 0) === fewest);
	return least[Math.floor(draw * least.length)] ?? null;
}

/** How often each value occurs, the most frequent first; for the choices of a filter. */
export function tally(values: readonly string[]): { value: string; count: number }[] {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts]
		.map(([value, count]) => ({ value, count }))
		.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
