/** Edits and futures in words. Pure. */
import { duration } from '$lib/components/ui/format.ts';
import type { CommandEdit } from '$lib/incident/edit.ts';
import type { FutureAnswer, WhatIfOffer } from '$lib/protocol/debrief.ts';

type Commands = WhatIfOffer['commands'];

export function describeEdit(edit: CommandEdit, commands: Commands, mitigations: ReadonlyMap<string, string>): string {
	const titleOf = (n: number) => commands.find((one) => one.n === n)?.title ?? `action ${n}`;
	switch (edit.type) {
		case 'remove':
			return `Without “${titleOf(edit.n)}”`;
		case 'move':
			return `“${titleOf(edit.n)}” at minute ${minute(edit.toMs)}`;
		case 'add':
			switch (edit.body.type) {
				case 'applyMitigation':
					return `“${mitigations.get(edit.body.mitigationId) ?? edit.body.mitigationId}” at minute ${minute(edit.atMs)}`;
				case 'declareIncident':
					return `Declared ${edit.body.severity} at minute ${minute(edit.atMs)}`;
				case 'escalate':
					return `Everyone called at minute ${minute(edit.atMs)}`;
				case 'changeStatus':
					return `Status ${edit.body.status} at minute ${minute(edit.atMs)}`;
				case 'publishStatusUpdate':
					return `An update at minute ${minute(edit.atMs)}`;
			}
	}
}

export function minute(ms: number): string {
	return String(Math.round(ms / 6_000) / 10);
}

/** How a future ended, with why it is cut where it is. */
export function ending({ outcome, cut, endedMs }: FutureAnswer): string {
	if (outcome === 'resolved') return `restored, ended after ${duration(endedMs)}`;
	return cut === 'host'
		? `not restored when the host ended it, after ${duration(endedMs)}`
		: `not restored: cut at the limit, after ${duration(endedMs)}; it would have gone on`;
}

export interface Row {
	name: string;
	here: string;
	there: string;
	/** Less is better everywhere here; null where nothing can be compared. */
	difference: string;
	better: boolean | null;
}

/** The figures of two futures side by side. */
export function compare(here: FutureAnswer, there: FutureAnswer): Row[] {
	const time = (name: string, a: number | null, b: number | null): Row =>
		row(name, a, b, (ms) => duration(ms), 'not recorded');
	const rows = [
		time('Detection, from first impact', here.detectionMs, there.detectionMs),
		time('Mitigation, from first impact', here.mitigationMs, there.mitigationMs),
		time('Resolution, from creation', here.resolutionMs, there.resolutionMs),
		row('Impact minutes', here.impactMinutes, there.impactMinutes, (minutes) => minutes.toFixed(1), '–')
	];
	if (here.cost && there.cost) {
		const { currency } = here.cost;
		const money = (value: number) => `${currency} ${Math.round(value).toLocaleString('en-GB')}`;
		rows.push(row('Cost, as the scenario assumes', here.cost.total, there.cost.total, money, '–'));
	}
	return rows;
}

function row(
	name: string,
	here: number | null,
	there: number | null,
	words: (value: number) => string,
	missing: string
): Row {
	const written = (value: number | null) => (value === null ? missing : words(value));
	if (here === null || there === null)
		return {
			name,
			here: written(here),
			there: written(there),
			difference: here === there ? '–' : there === null ? 'did not come to it' : 'came to it',
			better: here === there ? null : there !== null
		};
	const change = there - here;
	const none = words(Math.abs(change)) === words(0);
	return {
		name,
		here: words(here),
		there: words(there),
		difference: none ? 'the same' : `${change < 0 ? '−' : '+'}${words(Math.abs(change))}`,
		better: none ? null : change < 0
	};
}
