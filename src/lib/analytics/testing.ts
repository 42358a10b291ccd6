/** Rows of facts for tests: an incident of which nothing is known but what a test says. */
import type { DrillFacts, FactTimes, IncidentFacts } from './facts.ts';

export function facts(parts: Partial<Omit<IncidentFacts, 'times'>> & { times?: Partial<FactTimes> }): IncidentFacts {
	const { times, ...rest } = parts;
	const id = parts.id ?? 'i1';
	return {
		id,
		key: id,
		title: '',
		origin: 'real',
		severity: null,
		at: times?.created ?? null,
		seenUntil: null,
		stoodDown: false,
		detectedBy: null,
		services: [],
		causeClass: null,
		escalated: null,
		postmortem: null,
		team: null,
		drill: null,
		impactMinutes: null,
		strain: [],
		actions: [],
		attempts: [],
		corrected: false,
		...rest,
		times: {
			impactStarted: null,
			detected: null,
			acknowledged: null,
			created: null,
			mitigated: null,
			resolved: null,
			...times
		}
	};
}

export function drill(parts: Partial<DrillFacts> = {}): DrillFacts {
	return {
		scenario: 'cache',
		seedClass: 'a',
		attempt: 1,
		speed: 1,
		hints: 0,
		truthOpen: true,
		referenceMitigateMinutes: null,
		...parts
	};
}
