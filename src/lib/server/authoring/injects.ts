// A list of injects read for a scenario: what becomes of it there.

import { readMsel, type Msel } from '../../intake/msel.ts';
import type { IntakeRefusal } from '../../intake/table.ts';
import { injectLines } from '../../lab/draft/inject-yaml.ts';
import { INJECT_CHANNELS } from '../../scenario/channels.ts';

/** What an author gets for a list: the part of scenario.yaml, and everything that was not plain. */
export interface InjectsRead extends Msel {
	/** `injects:` with its items, to be put into scenario.yaml. */
	yaml: string;
}

export type InjectsReading = { ok: true; read: InjectsRead } | { ok: false; refusal: IntakeRefusal };

export interface InjectsOptions {
	/** `14:00` where the list tells the time of day; empty where it counts from the begin. */
	start: string;
	/** Ids of injects that the scenario has. */
	taken: readonly string[];
	/** Minutes of the run; null where the scenario is not known. */
	limitMinutes: number | null;
}

export function readInjects(text: string, { start, taken, limitMinutes }: InjectsOptions): InjectsReading {
	const startMinutes = start === '' ? null : minutesOfDay(start);
	if (start !== '' && startMinutes === null) {
		const message = 'The start is a time of day such as 14:00.';
		return { ok: false, refusal: { line: 0, code: 'bad_time', message } };
	}
	const reading = readMsel(text, { channels: INJECT_CHANNELS, startMinutes, taken });
	if (!reading.ok) return reading;
	const { msel } = reading;
	const late = limitMinutes === null ? [] : msel.injects.filter(({ atMs }) => atMs >= limitMinutes * 60_000);
	const notes = [
		...msel.notes,
		...late.map(({ line }) => ({
			line,
			message: `It comes after the end of the run (${limitMinutes} min): raise \`minutes\`, or move it.`
		}))
	].sort((a, b) => a.line - b.line);
	const yaml = msel.injects.length === 0 ? '' : `injects:\n${injectLines(msel.injects, 2)}\n`;
	return { ok: true, read: { ...msel, notes, yaml } };
}

function minutesOfDay(text: string): number | null {
	const match = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
	const [hours, minutes] = [Number(match?.[1]), Number(match?.[2])];
	return match && hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}
