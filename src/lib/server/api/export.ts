// An incident as a file: its log for machines, its post-mortem for people.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import { sealCommand, sealEvent } from '../../incident/seal.ts';
import { writeLog, type LogHeader } from '../../lab/log-file.ts';
import type { PostmortemDocument } from '../../postmortem/document.ts';
import { documentOf } from '../../postmortem/shared.ts';
import { firstUpdate } from '../runs/postmortem-draft.ts';
import { toMarkdown } from '../../postmortem/markdown.ts';
import { correctionWords, standingOf } from '../runs/postmortem-words.ts';
import { ACTION_FORMATS, ACTION_TYPES, actionsOf, writeActions, type ActionFormat } from './actions.ts';
import type { Storage } from '../db/storage.ts';
import type { Reader } from '../pages/types.ts';
import type { Muster } from '../muster.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { viewerOf } from '../runs/views.ts';

export const FORMATS = [
	'md',
	'json',
	'ndjson',
	...ACTION_FORMATS.map((format) => `actions.${format}` as const)
] as const;
export type Format = (typeof FORMATS)[number];

export interface Asking {
	reader: Reader | null;
	admin: boolean;
}

export type Exported = { ok: true; text: string; contentType: string; fileName: string } | Refusal;

const TYPES: Record<Format, string> = {
	md: 'text/markdown; charset=utf-8',
	json: 'application/json; charset=utf-8',
	ndjson: 'application/x-ndjson; charset=utf-8',
	'actions.csv': ACTION_TYPES.csv,
	'actions.json': ACTION_TYPES.json,
	'actions.md': ACTION_TYPES.md,
	'actions.ics': ACTION_TYPES.ics
};

export async function exportIncident(
	muster: Muster,
	live: LiveIncident,
	format: Format,
	asking: Asking
): Promise<Exported> {
	const named = { contentType: TYPES[format], fileName: `${live.stored.key}.${format}` };
	if (format !== 'json' && format !== 'ndjson') {
		const document = await documentFor(muster, live);
		if (!document) {
			return refuse('wrong_state', 'The post-mortem is drafted when the incident is resolved or the run has ended.');
		}
		if (format !== 'md') {
			const today = new Date(muster.hub.context.now()).toISOString().slice(0, 10);
			const actions = actionsOf(live, document);
			return { ok: true, text: writeActions(format.slice(8) as ActionFormat, actions, today), ...named };
		}
		const text = toMarkdown(document, {
			exercise: live.stored.origin === 'practice',
			standing: standingOf(live),
			corrections: correctionWords(live)
		});
		return { ok: true, text, ...named };
	}
	const whole = await headerOf(muster.storage, live);
	if (!mayReadAll(live, asking)) {
		const { events } = live.views.of(viewerOf(live.course.incident, asking.reader?.participantId ?? null), live.events);
		// With these anybody could play the same run beside this one and see what is hidden here.
		const header = { ...whole, contentHash: null, seed: null, settings: null, hash: null };
		const text =
			format === 'json'
				? `${JSON.stringify({ header, events }, null, '\t')}\n`
				: [{ header }, ...events.map((event) => ({ event }))].map((line) => `${JSON.stringify(line)}\n`).join('');
		return { ok: true, text, ...named };
	}
	const stored = await muster.storage.readCommands(live.incidentId);
	const commands = stored.map(({ result: _result, ...command }) => sealCommand(command));
	const log = { header: whole, commands, events: live.events.map(sealEvent) };
	return { ok: true, text: format === 'json' ? `${JSON.stringify(log, null, '\t')}\n` : writeLog(log), ...named };
}

/** The shared document. Before the truth is open there is none; what the log tells by then is told, and not kept. */
async function documentFor(muster: Muster, live: LiveIncident): Promise<PostmortemDocument | null> {
	const { lifecycle, postmortem } = live.course.incident;
	if (postmortem.state !== 'none') return (await muster.postmortems.of(live)).read();
	return lifecycle === 'ended' ? documentOf([firstUpdate(live)]) : null;
}

/** The whole log, with what was hidden: never to somebody who is still to find out. */
function mayReadAll(live: LiveIncident, { reader, admin }: Asking): boolean {
	const { incident } = live.course;
	if (admin || live.stored.origin === 'real') return true;
	if (reader?.seats.includes('facilitator')) return true;
	return incident.truthOpen || (incident.lifecycle === 'ended' && reader?.host === true);
}

/** First line of an exported log, for an incident in memory or as it is stored. */
export async function headerOf(
	storage: Storage,
	{ stored, title }: Pick<LiveIncident, 'stored' | 'title'>
): Promise<LogHeader> {
	const { incidentId, key, origin } = stored;
	const run = origin === 'practice' ? await storage.readRun(incidentId) : null;
	return {
		format: 'muster-log',
		formatVersion: 1,
		incidentId,
		key,
		origin,
		title,
		scenario: run?.scenarioId ?? null,
		contentHash: run?.contentHash ?? null,
		seed: run?.seed ?? null,
		settings: run?.settings ?? null,
		engineVersion: run?.engineVersion ?? null,
		hash: run?.endedHash ?? null
	};
}
