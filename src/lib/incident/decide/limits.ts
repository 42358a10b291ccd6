import type { ResponseCommand } from '../command.ts';
import { refuse, type Refusal } from '../refusal.ts';

/** Longest text, in characters, by the name of its field; anything else may have `DEFAULT_LIMIT`. */
export const TEXT_LIMITS = {
	title: 200,
	name: 200,
	summary: 2000,
	reason: 1000,
	note: 2000,
	whom: 200,
	text: 8000,
	by: 200,
	url: 2000,
	tool: 100,
	line: 500
} as const;
export const DEFAULT_LIMIT = 4000;
export const LIST_LIMIT = 50;
export const POINTS_LIMIT = 4000;
/** How far back something may be dated: a week, enough for any review. */
export const OLDEST_MS = 7 * 24 * 3_600_000;

/** Refuses a command whose texts or lists are longer than they may be, or that is dated where it cannot be. */
export function checkBounds(command: ResponseCommand, at: number): Refusal | null {
	return checkSizes(command) ?? checkDates(command, at);
}

function checkSizes(value: object): Refusal | null {
	for (const [field, part] of Object.entries(value) as [string, unknown][]) {
		if (typeof part === 'string') {
			const limit = TEXT_LIMITS[field as keyof typeof TEXT_LIMITS] ?? DEFAULT_LIMIT;
			if (part.length > limit) {
				return refuse('too_large', `The ${field} is ${part.length} characters long: shorten it to ${limit}.`);
			}
		} else if (Array.isArray(part)) {
			const limit = part.some((one) => typeof one === 'number') ? POINTS_LIMIT : LIST_LIMIT;
			if (part.length > limit) return refuse('too_large', `The list of ${field} is too long: keep it to ${limit}.`);
		}
		if (typeof part === 'object' && part !== null) {
			const refusal = checkSizes(part);
			if (refusal) return refusal;
		}
	}
	return null;
}

function checkDates(command: ResponseCommand, at: number): Refusal | null {
	const dated = 'said' in command && command.said ? command.said.at : 'at' in command ? command.at : null;
	if (dated === null) return null;
	if (!Number.isFinite(dated)) return refuse('malformed', 'Give the time as a number of milliseconds.');
	if (dated > at) return refuse('incomplete', 'That time lies in the future: choose now or earlier.');
	if (command.type !== 'correctMilestone' && dated < at - OLDEST_MS)
		return refuse('incomplete', 'That is more than a week ago: choose a later time.');
	return null;
}

/** Refuses where a text that must be there is blank; `what` completes "Say …". */
export function requireText(text: string, what: string): Refusal | null {
	return text.trim() === '' ? refuse('incomplete', `Say ${what}.`) : null;
}
