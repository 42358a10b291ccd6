/**
 * The bot's own lines, beside what they tell of. Where nobody is scribe the bot writes a note for each key event; a
 * reader who sees the event anyway needs its mark, not its text a second time. Pure.
 */
import type { ReadableEvent } from './moment.ts';

/** A line that the timeline bot wrote. */
export function isBotNote({ type, actor }: ReadableEvent): boolean {
	return type === 'note.added' && actor.kind === 'system' && actor.name === 'bot';
}

/** A line of any timeline, as far as the bot's mark is concerned. */
interface Markable {
	/** Incident time. */
	at: number;
	key: boolean;
	bot: boolean;
}

/** Gives each note of the bot to the line that it tells of. */
export class Written<T extends Markable> {
	readonly #lines = new Set<T>();

	/** Marks a line of that moment, key moments first; false where there is none left to mark. */
	mark(lines: readonly T[], at: number): boolean {
		const open = lines.filter((one) => one.at === at && !this.#lines.has(one));
		const told = open.find(({ key }) => key) ?? open[0];
		if (!told) return false;
		this.#lines.add(told);
		told.bot = true;
		return true;
	}
}
