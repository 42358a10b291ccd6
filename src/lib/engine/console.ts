import type { CompiledScenario } from '../scenario/library.ts';
import { nearest } from '../scenario/nearest.ts';

export type ConsoleMatch =
	| { type: 'diagnostic'; id: string }
	| { type: 'mitigation'; id: string }
	/** Nothing fits; what is most like it, as one would type it. */
	| { type: 'unknown'; suggestions: string[] };

const MOST_SUGGESTIONS = 3;

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
