/** Lines that begin with a slash: commands typed where one writes anyway. Pure. */
import type { CommandBody } from '$lib/incident/command.ts';
import type { DialogRequest } from '../desk.svelte.ts';

export const SLASH = [
	{ name: '/decide', about: 'record a decision' },
	{ name: '/note', about: 'note on the timeline' },
	{ name: '/hypothesis', about: 'propose, with how sure: /hypothesis 80 the cache leaks' },
	{ name: '/task', about: 'give a task' },
	{ name: '/declare', about: 'declare the incident' },
	{ name: '/escalate', about: 'page beyond the primary' }
] as const;

export type Slash = { kind: 'send'; body: CommandBody } | { kind: 'ask'; dialog: DialogRequest; body?: undefined };

/** Null where the line is no command; without the words it needs, it asks for them. */
export function readSlash(line: string): Slash | null {
	const match = /^\/(\w+)\s*(.*)$/su.exec(line);
	if (!match) return null;
	const text = (match[2] ?? '').trim();
	const send = (body: CommandBody): Slash => ({ kind: 'send', body });
	const ask = (dialog: DialogRequest): Slash => ({ kind: 'ask', dialog });
	switch (match[1]) {
		case 'decide':
			return text ? send({ type: 'recordDecision', text }) : ask({ type: 'entry', kind: 'decision' });
		case 'note':
			return text ? send({ type: 'addNote', text }) : ask({ type: 'entry', kind: 'note' });
		case 'hypothesis': {
			const sure = /^(\d{1,3})\s*%?\s+(.+)$/su.exec(text);
			const percent = sure ? Number(sure[1]) : 50;
			if (!text || percent > 100) return ask({ type: 'entry', kind: 'hypothesis' });
			return send({ type: 'proposeHypothesis', text: sure?.[2] ?? text, confidence: percent / 100 });
		}
		case 'task':
			return ask({ type: 'task' });
		case 'declare':
			return ask({ type: 'declare' });
		case 'escalate':
			return ask({ type: 'escalate' });
		default:
			return null;
	}
}
