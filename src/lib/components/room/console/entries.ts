/** What the console shows: everyone's diagnostics from the log, and this reader's lines that led to none. Pure. */
import type { IncidentState } from '$lib/incident/state.ts';
import type { Actor } from '$lib/incident/actor.ts';

/** A line typed here, and what was answered at once. */
export interface LocalLine {
	at: number;
	line: string;
	output: string;
	refused: boolean;
}

export interface ConsoleEntryView {
	id: string;
	at: number;
	command: string;
	/** Null for a line of this reader. */
	by: Actor | null;
	/** Incident time when its output comes; null where it is there. */
	readyAt: number | null;
	output: string;
	evidenceId: string | null;
	refused: boolean;
}

export function entriesOf(
	state: Pick<IncidentState, 'diagnostics' | 'evidence'>,
	local: readonly LocalLine[]
): ConsoleEntryView[] {
	const revealed = state.evidence.filter((one) => !one.pinned && one.source === 'diagnostic');
	const shown: ConsoleEntryView[] = revealed.map((one) => ({
		id: one.evidenceId,
		at: one.at,
		command: one.title,
		by: one.by,
		readyAt: null,
		output: one.text,
		evidenceId: one.evidenceId,
		refused: false
	}));
	state.diagnostics.forEach((one, i) => {
		if (one.done) return;
		const { startedAt: at, command, readyAt } = one;
		shown.push({ id: `running ${i}`, at, command, by: null, readyAt, output: '', evidenceId: null, refused: false });
	});
	local.forEach((one, i) => {
		if (!one.output) return;
		const { at, line: command, output, refused } = one;
		shown.push({ id: `line ${i}`, at, command, by: null, readyAt: null, output, evidenceId: null, refused });
	});
	return shown.sort((a, b) => a.at - b.at);
}

/** Commands that continue what is typed, the shortest first. */
export function suggest(commands: readonly string[], typed: string): string[] {
	const start = typed.trimStart();
	if (start === '') return [];
	return commands
		.filter((command) => command.startsWith(start) && command !== start)
		.sort((a, b) => a.length - b.length || a.localeCompare(b));
}

/** What all lines begin with; empty where there are none. */
export function commonStart(lines: readonly string[]): string {
	const [first = '', ...rest] = lines;
	let length = first.length;
	for (const line of rest) {
		let same = 0;
		while (same < length && line[same] === first[same]) same += 1;
		length = same;
	}
	return first.slice(0, length);
}
