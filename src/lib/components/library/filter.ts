/** Narrowing the library down to what somebody looks for. Pure. */
import { difficultyOf } from '../home/words.ts';
import type { Practice } from '$lib/protocol/learning.ts';
import type { ScenarioCard } from '$lib/protocol/messages.ts';

export interface Filter {
	/** Words that must all occur in title, synopsis, skills or class. */
	text: string;
	/** One of the skills that it practises; empty for all. */
	skill: string;
	/** Failure class; empty for all. */
	failure: string;
	/** 1 to 5, as cards tell it; 0 for all. */
	difficulty: number;
	/** `P1` to `P4`; empty for all. */
	severity: string;
	/** Most minutes; 0 for any. */
	minutes: number;
	/** How many people there are; 0 for any. What one person can play, more can. */
	people: number;
	/** `here` for what nobody here has played, `me` for what was not played at this browser; empty for all. */
	fresh: '' | 'here' | 'me';
}

export const NO_FILTER: Filter = {
	text: '',
	skill: '',
	failure: '',
	difficulty: 0,
	severity: '',
	minutes: 0,
	people: 0,
	fresh: ''
};

/** How many people a kind of team needs at least. */
const LEAST: Record<string, number> = { solo: 1, pair: 2, squad: 3, 'multi-team': 7 };

export type PracticeOf = Readonly<Record<string, Practice>>;

export function narrow(cards: readonly ScenarioCard[], filter: Filter, practice: PracticeOf): ScenarioCard[] {
	const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
	return cards.filter((card) => {
		const told = `${card.title} ${card.synopsis} ${card.skills.join(' ')} ${card.class} ${card.id}`.toLowerCase();
		return (
			words.every((word) => told.includes(word)) &&
			(filter.skill === '' || card.skills.includes(filter.skill)) &&
			(filter.failure === '' || card.class === filter.failure) &&
			(filter.difficulty === 0 || difficultyOf(card) === filter.difficulty) &&
			(filter.severity === '' || card.severity === filter.severity) &&
			(filter.minutes === 0 || card.minutes <= filter.minutes) &&
			(filter.people === 0 || (LEAST[card.team] ?? 1) <= filter.people) &&
			(filter.fresh !== 'here' || (practice[card.id]?.plays ?? 0) === 0) &&
			(filter.fresh !== 'me' || (practice[card.id]?.mine ?? 0) === 0)
		);
	});
}

/** A filter as the query of an address, so that a choice can be sent to somebody: without what is not narrowed. */
export function toQuery(filter: Filter): string {
	const query = new URLSearchParams();
	for (const [key, value] of Object.entries(filter)) if (value !== '' && value !== 0) query.set(key, String(value));
	return query.toString();
}

/** What an address says; words that mean nothing are as if they were not there. */
export function fromQuery(query: URLSearchParams): Filter {
	const text = (key: string) => (query.get(key) ?? '').slice(0, 100);
	const number = (key: string) => (/^\d{1,3}$/.test(text(key)) ? Number(text(key)) : 0);
	const fresh = text('fresh');
	return {
		text: text('text'),
		skill: text('skill'),
		failure: text('failure'),
		difficulty: number('difficulty'),
		severity: text('severity'),
		minutes: number('minutes'),
		people: number('people'),
		fresh: fresh === 'here' || fresh === 'me' ? fresh : ''
	};
}

/** How often each value occurs, the most frequent first; for the choices of a filter. */
export function tally(values: readonly string[]): { value: string; count: number }[] {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts]
		.map(([value, count]) => ({ value, count }))
		.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
