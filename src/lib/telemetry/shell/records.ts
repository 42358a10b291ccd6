import { changesUntil } from '../families/changes.ts';
import { truthOf, workloads } from './cluster.ts';
import { logLines } from './log-lines.ts';
import { columns } from './table.ts';
import { age, localTime } from './times.ts';
import { look, SECOND, wrong, type Program } from './types.ts';
import { lengthOf } from './words.ts';

/** `muster changes` and `logs`: what has been changed, and what a service wrote. */

const USUAL_MS = 60 * 60_000;
const MOST_MS = 14 * 24 * 60 * 60_000;

export const muster: Program = {
	examples: () => ['muster changes --since 60m'],
	read([what = '', ...words], compiled) {
		if (what !== 'changes')
			return wrong('Known here: muster changes [--since 60m] [<service>].', muster.examples(compiled));
		const since = sinceOf(words);
		if (since === null) return wrong('--since is a length of time such as 60m or 8h.');
		const service = words.find((word) => workloads(compiled).includes(word)) ?? null;
		return look(
			`muster changes ${since} ${service ?? ''}`.trim(),
			'deploy_history',
			(view) => {
				const rows = changesUntil(truthOf(view), view.nowMs)
					.filter(({ atMs, labels }) => atMs >= view.nowMs - since && (service === null || labels.service === service))
					.map(({ atMs, labels }) => [
						localTime(view, atMs),
						`${age(view.nowMs - atMs)} ago`,
						labels.service ?? '',
						labels.kind ?? '',
						labels.title ?? ''
					]);
				return rows.length === 0 ? `Nothing was changed in the last ${age(since)}.` : columns([], rows, 2);
			},
			2 * SECOND
		);
	},
	next: (before) => (before.length === 0 ? ['changes --since 60m'] : [])
};

const LEVELS: Record<string, string[]> = {
	error: ['error', 'fatal'],
	warn: ['warn', 'error', 'fatal'],
	info: ['info'],
	debug: ['debug']
};

/** `logs core-api level=error since=10m text`. */
export const logs: Program = {
	examples: (compiled) => [`logs ${workloads(compiled)[0] ?? ''} level=error since=10m`],
	read(words, compiled) {
		const service = words.find((word) => workloads(compiled).includes(word));
		if (service === undefined)
			return wrong(`Say whose logs: ${workloads(compiled).join(', ')}.`, logs.examples(compiled));
		const named = (name: string) => words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
		const since = sinceOf(words);
		if (since === null) return wrong('since is a length of time such as 10m.');
		const level = named('level') ?? 'all';
		if (level !== 'all' && LEVELS[level] === undefined) return wrong('level is one of error, warn, info, debug.');
		if (named('group-by') !== undefined)
			return wrong('Grouping is not known here: pick lines with | grep, or count them with | wc -l.', [
				`logs ${service} level=error | wc -l`
			]);
		const text = words
			.filter((word) => word !== service && !word.includes('=') && !word.startsWith('-') && lengthOf(word) === null)
			.join(' ');
		return look(
			`logs ${service} ${level} ${since} ${text}`.trim(),
			'logs',
			(view) =>
				logLines(view, {
					service,
					pod: null,
					levels: LEVELS[level] ?? [],
					text,
					fromMs: view.nowMs - since,
					toMs: view.nowMs,
					limit: 40
				}),
			2 * SECOND
		);
	},
	next: (before, view) => (before.length === 0 ? workloads(view.world.compiled) : ['level=error', 'since=10m'])
};

function sinceOf(words: readonly string[]): number | null {
	const at = words.findIndex((word) => /^(--)?since(=|$)/.test(word));
	if (at < 0) return USUAL_MS;
	const word = words[at] ?? '';
	const text = word.includes('=') ? word.slice(word.indexOf('=') + 1) : (words[at + 1] ?? '');
	const ms = lengthOf(text);
	return ms === null || ms > MOST_MS ? null : ms;
}
