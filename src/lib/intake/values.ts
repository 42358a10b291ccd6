/** Words of other tools for what Muster has its own words for. */
import { POSTMORTEM_STATES, type PostmortemState } from '../incident/events/intake-events.ts';
import type { DetectedBy } from '../incident/milestones/signal.ts';
import { SEVERITIES, type Severity } from '../incident/severity.ts';
import { plain } from './mapping.ts';

const SEVERITY_WORDS: Record<Severity, readonly string[]> = {
	P1: [
		'critical',
		'blocker',
		'emergency',
		'urgent',
		'highest',
		'p0',
		'sev0',
		'showstopper',
		'outage',
		'page',
		'disaster',
		'fatal'
	],
	P2: ['high', 'major', 'error', 'important', 'severe'],
	P3: ['medium', 'moderate', 'warning', 'normal', 'average', 'minor', 'warn'],
	P4: ['low', 'lowest', 'trivial', 'info', 'informational', 'planning', 'p5', 'sev5', '5', 'cosmetic', 'notice']
};

/** The severity a word stands for: what was chosen for it, else P1, SEV-2, S3, "4 - Low", critical and the like. Null where none. */
export function severityOf(text: string, chosen: Record<string, Severity> = {}): Severity | null {
	const word = plain(text);
	const own = Object.hasOwn(chosen, word) ? chosen[word] : undefined;
	if (own) return own;
	for (const severity of SEVERITIES) if (SEVERITY_WORDS[severity].includes(word)) return severity;
	const number = /^(?:p|sev|s|severity|priority|prio|level|l)?([1-4])(?:[a-z].*)?$/.exec(word)?.[1];
	if (number) return SEVERITIES[Number(number) - 1] ?? null;
	// "High (P2)" and "Critical incident": a word of ours within theirs.
	const within = text.toLowerCase().split(/[^a-z0-9]+/);
	for (const severity of SEVERITIES) {
		if (
			within.includes(severity.toLowerCase()) ||
			within.some((part) => part.length > 3 && SEVERITY_WORDS[severity].includes(part))
		)
			return severity;
	}
	return null;
}

const DETECTED_WORDS: Record<DetectedBy, readonly string[]> = {
	alert: [
		'alert',
		'alerts',
		'alerting',
		'monitor',
		'monitoring',
		'monitors',
		'automated',
		'automatic',
		'auto',
		'pagerduty',
		'opsgenie',
		'prometheus',
		'alertmanager',
		'grafana',
		'datadog',
		'nagios',
		'zabbix',
		'synthetic',
		'probe',
		'pager',
		'page',
		'system',
		'metric',
		'slo'
	],
	staff: [
		'staff',
		'employee',
		'internal',
		'engineer',
		'engineering',
		'developer',
		'dev',
		'oncall',
		'support',
		'team',
		'human',
		'manual',
		'ops',
		'operations',
		'sre',
		'colleague',
		'qa'
	],
	customer: [
		'customer',
		'customers',
		'client',
		'external',
		'ticket',
		'socialmedia',
		'twitter',
		'social',
		'partner',
		'press',
		'helpdesk',
		'complaint',
		'merchant',
		'user',
		'users'
	]
};

/** Who noticed. Null where the word tells nothing that is known. */
export function detectedByOf(text: string): DetectedBy | null {
	const words = [plain(text), ...text.toLowerCase().split(/[^a-z0-9]+/)];
	// A customer's ticket to support is the customer's; a support engineer is staff.
	for (const by of ['customer', 'alert', 'staff'] as const) {
		if (words.some((word) => DETECTED_WORDS[by].includes(word))) return by;
	}
	return null;
}

const YES = new Set(['yes', 'y', 'true', '1', 'x', 'escalated', 'ja', 'oui', 'si', 'wahr', 'vrai']);
const NO = new Set(['no', 'n', 'false', '0', 'notescalated', 'nein', 'non', 'falsch', 'faux', 'never']);

/** Null where it is neither. */
export function yesOrNo(text: string): boolean | null {
	const word = plain(text);
	return YES.has(word) ? true : NO.has(word) ? false : null;
}

const POSTMORTEM_WORDS: Record<PostmortemState, readonly string[]> = {
	published: [
		'published',
		'done',
		'complete',
		'completed',
		'closed',
		'final',
		'finished',
		'approved',
		'yes',
		'true',
		'held',
		'shared',
		'reviewed'
	],
	draft: [
		'draft',
		'drafted',
		'inprogress',
		'open',
		'writing',
		'started',
		'inreview',
		'review',
		'wip',
		'ongoing',
		'scheduled',
		'pending'
	],
	none: ['none', 'missing', 'notstarted', 'todo', 'no', 'false', 'due', 'overdue', 'outstanding'],
	not_due: ['notdue', 'notrequired', 'notneeded', 'exempt', 'waived', 'skipped', 'optional', 'notapplicable']
};

export function postmortemOf(text: string): PostmortemState | null {
	const word = plain(text);
	return POSTMORTEM_STATES.find((state) => POSTMORTEM_WORDS[state].includes(word)) ?? null;
}

/** A list of names, as cells and JSON have it: apart by semicolons, commas, bars or lines; each once. */
export function listOf(text: string): string[] {
	const parts = text
		.split(/[;,|\n]/)
		.map((part) => part.replace(/^[\s["']+|[\s\]"']+$/g, ''))
		.filter((part) => part !== '');
	return [...new Set(parts)].slice(0, 50).map((part) => part.slice(0, 200));
}

/** What a spreadsheet would run as a program when the file is opened again. */
export function looksLikeFormula(cell: string): boolean {
	return /^\s*(?:=|[+\-@][A-Za-z_][\w.]*[(|]|[-+][-\d+*/. ]+[A-Za-z_]+[(|])/.test(cell);
}
