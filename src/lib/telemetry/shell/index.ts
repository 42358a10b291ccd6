/**
 * What commands of a terminal show of the system: each output is a function of the system at a moment and of the line.
 * It must not know who looks, what is right to do, nor what a scenario has written down for a command.
 */
import type { CompiledScenario } from '../../scenario/library.ts';
import { nearest } from '../../scenario/nearest.ts';
import { applyFilters, checkFilters } from './filters.ts';
import { hostless, ssh } from './host.ts';
import { kubectl } from './kubectl/index.ts';
import { curl, dig, openssl } from './net.ts';
import { psql } from './postgres.ts';
import { promql, promtool } from './promtool.ts';
import { logs, muster } from './records.ts';
import { redisCli } from './redis.ts';
import { look, wrong, type Program, type Reading, type ShellView } from './types.ts';
import { splitLine } from './words.ts';

export type { Reading, ShellView } from './types.ts';

const PROGRAMS: Record<string, Program> = {
	kubectl,
	k: kubectl,
	psql,
	'redis-cli': redisCli,
	curl,
	dig,
	nslookup: dig,
	openssl,
	promtool,
	promql,
	muster,
	logs,
	ssh,
	df: hostless('df'),
	ps: hostless('ps'),
	top: hostless('top'),
	free: hostless('free'),
	uptime: hostless('uptime')
};
const SHOWN = Object.keys(PROGRAMS).filter((name) => !['k', 'nslookup', 'promql'].includes(name));
const MOST_OUTPUT = 24_000;
const MOST_COMPLETIONS = 40;

/** What a line means. Nothing is looked at yet. */
export function readLine(line: string, compiled: CompiledScenario): Reading {
	const split = splitLine(line.trim());
	if (split === null) return wrong('A quote is opened and not closed.');
	const [name = '', ...args] = split.words;
	if (name === 'help' || name === '?') return look('help', 'shell', () => help(compiled), 0);
	const program = Object.hasOwn(PROGRAMS, name.toLowerCase()) ? PROGRAMS[name.toLowerCase()] : undefined;
	if (program === undefined) return { type: 'unknown' };
	const reading = program.read(args, compiled);
	if (split.filters.length === 0 || reading.type !== 'look') return reading;
	const refused = checkFilters(split.filters);
	if (refused !== null) return wrong(refused);
	return {
		...reading,
		canonical: [reading.canonical, ...split.filters.map((words) => words.join(' '))].join(' | '),
		print: (view) => applyFilters(reading.print(view), split.filters)
	};
}

/** What a reading prints now, no longer than a screenful of screenfuls. */
export function printed(reading: Extract<Reading, { type: 'look' }>, view: ShellView): string {
	const text = reading.print(view);
	if (text === '') return '(no output)';
	if (text.length <= MOST_OUTPUT) return text;
	const cut = text.slice(0, text.lastIndexOf('\n', MOST_OUTPUT));
	return `${cut}\n# cut here: narrow the question, or pick lines with | grep`;
}

/** Whole lines that go on from what is typed, with names of resources as they are at the moment. */
export function completeLine(line: string, view: ShellView, known: readonly string[]): string[] {
	const { compiled } = view.world;
	const start = line.trimStart();
	if (start === '') return [];
	const found = known.filter((command) => command.toLowerCase().startsWith(start.toLowerCase()));
	const split = splitLine(start);
	const pipe = start.lastIndexOf('|');
	if (split !== null && pipe < 0) {
		const words = [...split.words];
		const last = /\s$/.test(start) ? '' : (words.pop() ?? '');
		const stem = start.slice(0, start.length - last.length);
		const [name, ...before] = words;
		if (name === undefined) found.push(...SHOWN.filter((each) => each.startsWith(last)).map((each) => `${each} `));
		else {
			const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
			const next = program?.next?.(before, view) ?? [];
			found.push(...next.filter((word) => word.startsWith(last) && word !== last).map((word) => stem + word));
			found.push(...(program?.examples(compiled) ?? []).filter((example) => example.startsWith(start)));
		}
	}
	return [...new Set(found)].filter((each) => each !== start).slice(0, MOST_COMPLETIONS);
}

/** Programs and commands like what was typed, for a line that nothing answers to. */
export function nearLines(line: string, compiled: CompiledScenario): string[] {
	const name = (line.trim().split(/\s+/)[0] ?? '').toLowerCase();
	const near = nearest(name, SHOWN);
	if (near === null) return [];
	const rest = line.trim().slice(name.length);
	// The rest of the line may be right as it is.
	const mended = `${near}${rest}`;
	if (rest !== '' && readLine(mended, compiled).type === 'look') return [mended];
	return (PROGRAMS[near]?.examples(compiled) ?? [near]).slice(0, 2);
}

function help(compiled: CompiledScenario): string {
	return [
		'What answers here, beside the commands listed below the console:',
		...SHOWN.flatMap((name) => PROGRAMS[name]?.examples(compiled).slice(0, 3) ?? []).map((line) => `  ${line}`),
		'Output can be led through | grep, | head, | tail, | wc -l and | sort. Tab completes.',
		'What changes the system is done as a mitigation, and is asked about first.'
	].join('\n');
}
