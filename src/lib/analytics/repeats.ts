/** Incidents that came again: the same cause class and a service in common, within a window. */
import type { IncidentFacts } from './facts.ts';
import { inOrder } from './order.ts';

const DAY = 24 * 3_600_000;

export interface RepeatGroup {
	causeClass: string;
	service: string;
	/** In the order of time. */
	incidents: IncidentFacts[];
	/** Those of them that came within the window of the one before. */
	repeats: IncidentFacts[];
}

export interface Repeats {
	/** Incidents whose time, cause class and service are known: of others nobody can tell. */
	judged: number;
	repeated: ReadonlySet<IncidentFacts>;
	/** Every cause class and service that occurs, those with most repeats first. */
	groups: RepeatGroup[];
}

export function findRepeats(rows: readonly IncidentFacts[], windowDays: number): Repeats {
	const window = windowDays * DAY;
	const causes = new Map<string, Map<string, RepeatGroup>>();
	const repeated = new Set<IncidentFacts>();
	let judged = 0;
	for (const row of inOrder(rows)) {
		const { at, causeClass, services, stoodDown } = row;
		if (at === null || causeClass === null || services.length === 0 || stoodDown) continue;
		judged++;
		const ofCause = causes.get(causeClass) ?? new Map<string, RepeatGroup>();
		causes.set(causeClass, ofCause);
		for (const service of services) {
			const group = ofCause.get(service) ?? { causeClass, service, incidents: [], repeats: [] };
			ofCause.set(service, group);
			const before = group.incidents.at(-1)?.at ?? null;
			group.incidents.push(row);
			if (before === null || at - before > window) continue;
			group.repeats.push(row);
			repeated.add(row);
		}
	}
	return { judged, repeated, groups: [...causes.values()].flatMap((ofCause) => [...ofCause.values()]).sort(mostFirst) };
}

function mostFirst(a: RepeatGroup, b: RepeatGroup): number {
	return (
		b.repeats.length - a.repeats.length ||
		b.incidents.length - a.incidents.length ||
		compare(a.causeClass, b.causeClass) ||
		compare(a.service, b.service)
	);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
