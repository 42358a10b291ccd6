/**
 * Reads a post-mortem in the article's template: Markdown, as Muster exports it or as people write it by hand. What cannot be
 * placed is kept with its line, so that nothing is lost. Never throws.
 */
import { CAUSE_CATEGORIES, type CauseCategory } from '../../incident/truth.ts';

export interface TimelineEntry {
	/** Line of the file, from 1. */
	line: number;
	/** Minutes since the first entry; may be negative only where the file is out of order by less than half a day. */
	minutes: number;
	/** `14:23` */
	clock: string;
	text: string;
}

export interface PostmortemText {
	/** `INC-2024-001`; empty where the title names none. */
	key: string;
	title: string;
	durationMinutes: number | null;
	impact: string;
	rootCause: string;
	timeline: TimelineEntry[];
	wentWell: string[];
	wentWrong: string[];
	whys: { question: string; answer: string; root: boolean; category: CauseCategory }[];
	actions: { title: string; owner: string }[];
	/** Lines that belong to no part that a draft uses. */
	unplaced: { line: number; text: string }[];
}

export type PostmortemReading = { ok: true; postmortem: PostmortemText } | { ok: false; line: number; message: string };

/** Larger files are refused unread. */
export const MOST_POSTMORTEM_CHARACTERS = 256 * 1024;
const MOST_ENTRIES = 500;
const LONGEST_LINE = 4_000;

type Section = 'head' | 'summary' | 'timeline' | 'well' | 'wrong' | 'whys' | 'actions' | 'other';
const SECTIONS: [RegExp, Section][] = [
	[/^(executive )?summary\b/i, 'summary'],
	[/^timeline\b/i, 'timeline'],
	[/^what went well\b/i, 'well'],
	[/^what went wrong\b/i, 'wrong'],
	[/^(root cause analysis|five whys)\b/i, 'whys'],
	[/^action items\b/i, 'actions']
];

export function readPostmortem(text: string): PostmortemReading {
	if (text.length > MOST_POSTMORTEM_CHARACTERS) {
		return { ok: false, line: 1, message: 'the file is larger than 256 KiB: a post-mortem is a few pages of Markdown' };
	}
	if (text.includes('\0')) return { ok: false, line: 1, message: 'this is no text: give the post-mortem as Markdown' };
	const reader = new Reader();
	const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
	const long = lines.findIndex((line) => line.length > LONGEST_LINE);
	if (long !== -1) {
		const message = `the line is longer than ${LONGEST_LINE} characters: break it where its sentences end`;
		return { ok: false, line: long + 1, message };
	}
	lines.forEach((line, index) => reader.take(line, index + 1));
	const { postmortem } = reader;
	if (postmortem.timeline.length === 0) {
		return {
			ok: false,
			line: lines.length,
			message:
				'there is no timeline: write a section “## Timeline” with lines such as “- 14:23 - First alert: memory above 90%”'
		};
	}
	if (postmortem.timeline.length > MOST_ENTRIES) {
		return {
			ok: false,
			line: 1,
			message: `the timeline has more than ${MOST_ENTRIES} entries: shorten it to what mattered`
		};
	}
	return { ok: true, postmortem };
}

class Reader {
	readonly postmortem: PostmortemText = {
		key: '',
		title: '',
		durationMinutes: null,
		impact: '',
		rootCause: '',
		timeline: [],
		wentWell: [],
		wentWrong: [],
		whys: [],
		actions: [],
		unplaced: []
	};
	#section: Section = 'head';
	#first: number | null = null;
	#last = 0;

	take(raw: string, line: number): void {
		const text = raw.trim();
		if (text === '' || /^[-|:\s]+$/.test(text) || /^_(nothing recorded|not answered yet)\.?_$/i.test(text)) return;
		if (this.#heading(text)) return;
		const placed = this.#place(text, line);
		if (!placed) this.postmortem.unplaced.push({ line, text });
	}

	#heading(text: string): boolean {
		const words = text.replace(/^#+\s*/, '').replace(/^\*\*(.*)\*\*$/, '$1');
		const title = /^incident post-?mortem:?\s*\[?([^\]]*)\]?\s*(.*)$/i.exec(words);
		if (title) {
			this.postmortem.key = (title[1] ?? '').trim();
			this.postmortem.title = (title[2] ?? '').trim();
			return true;
		}
		const found = SECTIONS.find(([pattern]) => pattern.test(words) && words.length < 40);
		if (found) this.#section = found[1];
		else if (/^#{1,2}\s/.test(text)) this.#section = 'other';
		return found !== undefined || /^#{1,2}\s/.test(text);
	}

	#place(text: string, line: number): boolean {
		const item = plain(text.replace(/^[-*+•]\s+/, ''));
		switch (this.#section) {
			case 'summary':
				return this.#summary(item);
			case 'timeline':
				return this.#entry(item, line);
			case 'well':
				return this.postmortem.wentWell.push(item.replace(/^✅\s*/u, '')) > 0;
			case 'wrong':
				return this.postmortem.wentWrong.push(item.replace(/^❌\s*/u, '')) > 0;
			case 'whys':
				return this.#why(text);
			case 'actions':
				return this.#action(text);
			case 'head':
			case 'other':
				return false;
		}
	}

	#summary(item: string): boolean {
		const match = /^(duration|impact|root cause)\s*:\s*(.*)$/i.exec(item);
		const [, name = '', value = ''] = match ?? [];
		if (!match || value === 'not recorded') return match !== null;
		if (/^duration/i.test(name)) this.postmortem.durationMinutes = durationOf(value);
		else if (/^impact/i.test(name)) this.postmortem.impact = value;
		else this.postmortem.rootCause = value;
		return true;
	}

	#entry(item: string, line: number): boolean {
		const match = /^(\d{1,2}):(\d{2})(?::\d{2})?(?:\s*(?:UTC|Z|[A-Z]{2,4}))?\s*(?:[-–—:]\s*)?(.+)$/.exec(item);
		const [, hours, minutes, text = ''] = match ?? [];
		if (!match || Number(hours) > 23 || Number(minutes) > 59) return false;
		const clock = Number(hours) * 60 + Number(minutes);
		this.#first ??= clock;
		let since = clock - this.#first;
		// A night shift passes midnight; a line that is a little out of order does not.
		while (since < this.#last - 12 * 60) since += 24 * 60;
		this.#last = Math.max(this.#last, since);
		this.postmortem.timeline.push({
			line,
			minutes: since,
			clock: `${String(hours).padStart(2, '0')}:${minutes}`,
			text: text.trim()
		});
		return true;
	}

	#why(text: string): boolean {
		const { whys } = this.postmortem;
		const last = whys.at(-1);
		const root = /^_root cause(?:\s*\((\w+)\))?_$/i.exec(text);
		if (root && last) {
			last.root = true;
			const category = CAUSE_CATEGORIES.find((known) => known === root[1]?.toLowerCase());
			if (category) last.category = category;
			return true;
		}
		if (/^_evidence:/i.test(text)) return last !== undefined;
		const words = plain(text.replace(/^(?:#+|\d+[.)]|[-*+])\s+/, ''));
		// Question and answer may share a line: **Why?** Because.
		const question = /^(why\b[^?]*\?)\s*(.*)$/i.exec(words);
		if (question) {
			whys.push({ question: question[1] ?? '', answer: question[2] ?? '', root: false, category: 'technical' });
			return true;
		}
		if (!last) return false;
		last.answer = last.answer === '' ? words : `${last.answer} ${words}`;
		return true;
	}

	#action(text: string): boolean {
		const cells = text.startsWith('|') ? text.split(/(?<!\\)\|/).map((cell) => plain(cell.replace(/\\\|/g, '|'))) : [];
		const [, title = '', owner = ''] = cells;
		if (/^action$/i.test(title)) return true;
		if (title === '' || /^[-: ]+$/.test(title)) return text.startsWith('|');
		this.postmortem.actions.push({ title, owner: owner.replace(/^@/, '') });
		return true;
	}
}

/** Without the marks of bold and of an empty box. */
function plain(text: string): string {
	return text
		.replace(/\*\*(.+?)\*\*/g, '$1')
		.replace(/^\[[ x]\]\s*/i, '')
		.trim();
}

function durationOf(text: string): number | null {
	const hours = /(\d+(?:\.\d+)?)\s*h(?:ours?)?\b/i.exec(text)?.[1];
	const minutes = /(\d+)\s*m(?:in(?:utes?)?)?\b/i.exec(text)?.[1];
	if (hours === undefined && minutes === undefined) return null;
	return Math.round(Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}
