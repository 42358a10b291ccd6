import type { Audience } from './actor.ts';
import { ROLE_MARKS } from './role.ts';

/**
 * Ids inside an incident are short and counted per kind: `a1`, `t3`. What only some seats may see is counted apart
 * (`q-cl1`), so that a gap in the numbers tells nobody else that something was hidden.
 */
export const ID_PREFIXES = {
	alert: 'a',
	evidence: 'e',
	hypothesis: 'h',
	task: 't',
	message: 'm',
	question: 'q',
	handoff: 'ho',
	update: 'u',
	note: 'n',
	decision: 'd',
	attempt: 'x',
	change: 'c'
} as const;
export type IdKind = keyof typeof ID_PREFIXES;

type Counters = Readonly<Record<string, number>>;

/** The next free id of a kind. `ahead` counts ids already given out by the same command. */
export function nextId(
	state: { counters: Counters },
	kind: IdKind,
	audience: Audience = { kind: 'everyone' },
	ahead = 0
): string {
	const scope = scopeOf(audience);
	const key = scope === '' ? kind : `${kind}-${scope}`;
	const infix = scope === '' ? '' : `-${scope}`;
	return `${ID_PREFIXES[kind]}${infix}${(state.counters[key] ?? 0) + 1 + ahead}`;
}

/** The counters after an id was used. An id made elsewhere (an alert's fingerprint, say) counts as one. */
export function countId(counters: Record<string, number>, kind: IdKind, id: string): Record<string, number> {
	const match = /^[a-z]+(?:-([a-z]+))?(\d{1,9})$/.exec(id);
	const key = match?.[1] ? `${kind}-${match[1]}` : kind;
	const used = counters[key] ?? 0;
	const number = match && id.startsWith(ID_PREFIXES[kind]) ? Number(match[2]) : used + 1;
	return number > used ? { ...counters, [key]: number } : counters;
}

function scopeOf(audience: Audience): string {
	if (audience.kind === 'everyone') return '';
	if (audience.kind !== 'seats') return audience.kind;
	return audience.seats
		.map((seat) => ROLE_MARKS[seat].toLowerCase())
		.sort()
		.join('');
}
