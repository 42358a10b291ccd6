import type { CompiledScenario } from '../scenario/library.ts';
import { nearest } from '../scenario/nearest.ts';
import { nearLines, readLine, type Reading } from '../telemetry/index.ts';

export type ConsoleMatch =
	| { type: 'diagnostic'; id: string }
	| { type: 'mitigation'; id: string }
	/** Nothing fits; what is most like it, as one would type it. */
	| { type: 'unknown'; suggestions: string[] };

/** What a line means for a run: what the scenario has an answer for, what can be looked at, or why it cannot be run. */
export type LineMeaning =
	| Exclude<ConsoleMatch, { type: 'unknown' }>
	| { type: 'look'; reading: Extract<Reading, { type: 'look' }> }
	| { type: 'refused'; message: string };

const MOST_SUGGESTIONS = 3;
const MOST_SHOWN = 80;

/**
 * What a line means: the scenario's own answer where it has any, also for another way of writing the same; else what a
 * terminal would show of the system. What would change the system without being a mitigation is refused with a way on.
 */
export function meaningOf(compiled: CompiledScenario, line: string): LineMeaning {
	const own = matchLine(compiled, line);
	const reading = readLine(line, compiled);
	const exact = own.type !== 'unknown' && namesExactly(compiled, line);
	if (exact) return own;
	const known = writtenOtherwise(compiled, reading);
	if (known !== null) return known;
	if (reading.type === 'look') return { type: 'look', reading };
	if (own.type !== 'unknown') return own;
	const said = line.trim().slice(0, MOST_SHOWN);
	if (said === '') return { type: 'refused', message: 'Type a command.' };
	switch (reading.type) {
		case 'change':
			return { type: 'refused', message: unknownChange(compiled, said, reading.subject) };
		case 'wrong':
			return { type: 'refused', message: withWays(reading.message, [...reading.near, ...own.suggestions]) };
		case 'unknown': {
			const ways = [...own.suggestions, ...nearLines(line, compiled)];
			const message = `"${said}": nothing here answers to that.`;
			return {
				type: 'refused',
				message: ways.length > 0 ? withWays(message, ways) : `${message} "help" lists what does.`
			};
		}
	}
}

function namesExactly({ scenario }: CompiledScenario, line: string): boolean {
	const typed = normal(line);
	return [...scenario.diagnostics, ...scenario.mitigations].some((spec) =>
		names(spec).some((name) => normal(name) === typed)
	);
}

type Written = { match: Exclude<ConsoleMatch, { type: 'unknown' }>; canonical: string; topic: string | null };
const written = new WeakMap<CompiledScenario, Written[]>();

/** The scenario's commands, as they read. */
function writtenLines(compiled: CompiledScenario): Written[] {
	let lines = written.get(compiled);
	if (lines === undefined) {
		const { diagnostics, mitigations } = compiled.scenario;
		const read = (type: 'diagnostic' | 'mitigation', spec: { id: string; command: string; aliases: string[] }) =>
			names(spec).flatMap((name): Written[] => {
				const reading = readLine(name, compiled);
				if (reading.type !== 'look' && reading.type !== 'change') return [];
				const topic = reading.type === 'look' ? reading.topic : null;
				return [{ match: { type, id: spec.id }, canonical: reading.canonical, topic }];
			});
		lines = [
			...diagnostics.flatMap((spec) => read('diagnostic', spec)),
			...mitigations.flatMap((spec) => read('mitigation', spec))
		];
		written.set(compiled, lines);
	}
	return lines;
}

function writtenOtherwise(compiled: CompiledScenario, reading: Reading): Written['match'] | null {
	if (reading.type !== 'look' && reading.type !== 'change') return null;
	const lines = writtenLines(compiled);
	const same = lines.find(({ canonical }) => canonical === reading.canonical);
	if (same !== undefined) return same.match;
	const topic = reading.type === 'look' ? reading.topic : null;
	return topic === null ? null : (lines.find((line) => line.topic === topic)?.match ?? null);
}

/** It would change the system, and nobody has said what would follow. */
function unknownChange({ scenario }: CompiledScenario, said: string, subject: string | null): string {
	const about = scenario.mitigations.filter(({ command }) => subject !== null && command.includes(subject));
	const offered = (about.length > 0 ? about : scenario.mitigations).slice(0, MOST_SUGGESTIONS);
	const ways = offered.map(({ command }) => `"${command}"`).join(', ');
	return `"${said}" would change the system, and this exercise cannot carry it out. What it can: ${ways}; all of it stands under Mitigations.`;
}

function withWays(message: string, ways: readonly string[]): string {
	const few = [...new Set(ways)].filter((way) => way.trim() !== '').slice(0, MOST_SUGGESTIONS);
	return few.length === 0 ? message : `${message} Did you mean ${few.map((way) => `"${way}"`).join(' or ')}?`;
}

/**
 * What a line typed into the console means: a command or an alias, whatever its spaces, case and quotes. A diagnostic is
 * also understood with a slip of the pen in it; a mitigation, which changes something, only as it is written.
 */
export function matchLine({ scenario }: CompiledScenario, line: string): ConsoleMatch {
	const typed = normal(line);
	const known = [
		...scenario.diagnostics.flatMap((spec) => names(spec).map((name) => ({ type: 'diagnostic' as const, spec, name }))),
		...scenario.mitigations.flatMap((spec) => names(spec).map((name) => ({ type: 'mitigation' as const, spec, name })))
	];
	const exact = known.find(({ name }) => normal(name) === typed);
	if (exact !== undefined) return { type: exact.type, id: exact.spec.id };
	const near = nearest(
		typed,
		known.map(({ name }) => normal(name))
	);
	const found = near === null ? undefined : known.find(({ name }) => normal(name) === near);
	if (found?.type === 'diagnostic' && isSlip(typed, normal(found.name)))
		return { type: 'diagnostic', id: found.spec.id };
	return {
		type: 'unknown',
		suggestions: suggestions(
			typed,
			known.map(({ spec }) => spec.command),
			found?.spec.command
		)
	};
}

function names(spec: { command: string; aliases: string[] }): string[] {
	return [spec.command, ...spec.aliases];
}

/** One space between words, small letters, plain quotes, no semicolon at the end. */
function normal(line: string): string {
	return line
		.trim()
		.toLowerCase()
		.replace(/[“”„"'‘’`]/g, '')
		.replace(/\s+/g, ' ')
		.replace(/\s*;$/, '');
}

/** As many letters, words and order; at most two letters wrong, and not in a short word where they mean another. */
function isSlip(typed: string, name: string): boolean {
	return (
		name.length >= 8 &&
		nearest(typed, [name]) === name &&
		Math.abs(typed.length - name.length) <= 2 &&
		distance(typed, name) <= 2
	);
}

function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i += 1) {
		const next = [i];
		for (let j = 1; j <= b.length; j += 1) {
			const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}

/** Commands that share most words with what was typed. */
function suggestions(typed: string, commands: readonly string[], near: string | undefined): string[] {
	const words = new Set(typed.split(/[^a-z0-9]+/).filter((word) => word.length > 1));
	const scored = [...new Set(commands)]
		.map((command) => ({
			command,
			shared: normal(command)
				.split(/[^a-z0-9]+/)
				.filter((word) => words.has(word)).length
		}))
		.filter(({ command, shared }) => shared > 0 || command === near)
		.sort((a, b) => Number(b.command === near) - Number(a.command === near) || b.shared - a.shared);
	return scored.slice(0, MOST_SUGGESTIONS).map(({ command }) => command);
}
