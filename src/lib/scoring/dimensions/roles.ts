import { COMMAND_ROLES, ROLE_NAMES, type CommandRole } from '../../incident/role.ts';
import type { Severity } from '../../incident/severity.ts';
import { measure, notApplicable, type Dimension, type Rating } from '../dimension.ts';
import { elapsed, type Facts, type Instant } from '../facts.ts';
import { playedTooFast } from '../human.ts';
import { sittings, type Sitting } from '../occupancy.ts';
import { bySteps, worse } from '../rating.ts';
import { duration } from '../words.ts';

const MINUTE = 60_000;
const LIMITS: [number, number, number] = [5 * MINUTE, 10 * MINUTE, 20 * MINUTE];

/** Seats that a severity asks for: four people at P1; below, the bot may write. */
function needed(facts: Facts, severity: Severity): readonly CommandRole[] {
	const named = facts.truth?.expected.rolesNeeded ?? [];
	if (named.length > 0) return named;
	return severity === 'P1' ? COMMAND_ROLES : COMMAND_ROLES.filter((role) => role !== 'scribe');
}

/** Time from the declaration until each needed seat is filled; minutes vacant afterwards, and doubled at P1. */
export function roles(facts: Facts): Dimension {
	// An incident that nobody declared needs its roles no less: then the first page is counted from.
	const created = facts.milestone('created');
	const { severity } = facts;
	if (facts.state.stoodDown) return notApplicable('roles', 'Stood down: there was nothing to lead.');
	if (!created || severity === null) return notApplicable('roles', 'No incident is recorded to count from.');
	const all = sittings(facts);
	const fills = needed(facts, severity).map((role) => filled(role, created, all));
	const missing = fills.filter(({ first }) => first === null);
	const slowest = Math.max(0, ...fills.map(({ ms }) => ms ?? 0));
	const last = fills.reduce<Instant>((latest, { first }) => (first && first.at > latest.at ? first : latest), created);
	const fast = playedTooFast('roles', facts, created, last);
	if (fast) return fast;
	const vacant = fills.reduce((sum, fill) => sum + vacantMs(fill.role, fill.first, facts, all), 0);
	const doubled = severity === 'P1' && !facts.solo ? doubledMs(all, facts) : 0;
	const open = missing.map(({ role }) => ROLE_NAMES[role].toLowerCase()).join(', ');
	return measure('roles', {
		measured: missing.length === 0 ? `all filled after ${duration(slowest)}` : `not recorded as filled: ${open}`,
		value: missing.length === 0 ? slowest : null,
		unit: 'ms',
		target: '5 min after declaring',
		rating: rate(missing, fills.length, slowest, doubled),
		evidence: [created.seq, ...all.map(({ seq }) => seq)],
		note: [
			vacant >= MINUTE ? `Vacant again for ${duration(vacant)}.` : '',
			doubled >= MINUTE
				? `Two seats on one person for ${duration(doubled)}, where ${severity} asks for four people.`
				: ''
		]
			.filter((part) => part !== '')
			.join(' ')
	});
}

interface Fill {
	role: CommandRole;
	first: Instant | null;
	ms: number | null;
}

function filled(role: CommandRole, created: Instant, all: readonly Sitting[]): Fill {
	const first = all.find((one) => one.role === role && one.to.at >= created.at)?.from ?? null;
	return { role, first, ms: first === null ? null : Math.max(0, elapsed(created, first)) };
}

function rate(missing: readonly Fill[], count: number, slowest: number, doubled: number): Rating {
	if (missing.length === count || missing.some(({ role }) => role === 'incident_commander')) return 'U';
	const rating = missing.length > 0 ? 'M' : bySteps(slowest, LIMITS);
	return doubled >= MINUTE ? worse(rating) : rating;
}

function vacantMs(role: CommandRole, first: Instant | null, facts: Facts, all: readonly Sitting[]): number {
	if (first === null) return 0;
	const held = all.filter((one) => one.role === role && one.from.at >= first.at);
	return Math.max(0, elapsed(first, facts.end) - held.reduce((sum, one) => sum + elapsed(one.from, one.to), 0));
}

/** Time during which somebody held more than one seat, counted once however many they were. */
function doubledMs(all: readonly Sitting[], facts: Facts): number {
	const moments = [...all.flatMap(({ from, to }) => [from, to]), facts.end].sort((one, other) => one.at - other.at);
	let sum = 0;
	moments.forEach((from, index) => {
		const to = moments[index + 1];
		if (!to || to.at <= from.at) return;
		const holders = all
			.filter((one) => one.holder !== 'bot' && one.from.at <= from.at && one.to.at >= to.at)
			.map(({ holder }) => holder);
		if (new Set(holders).size < holders.length) sum += elapsed(from, to);
	});
	return sum;
}
