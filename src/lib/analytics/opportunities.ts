/**
 * Where improving would pay most, in the words of the article, with the incidents that say so.
 * Source: "Incident Response Excellence", §5, `identify_improvement_opportunities`.
 */
import { detectionMinutes, resolution, type IncidentFacts } from './facts.ts';
import { inOrder } from './order.ts';
import type { Repeats } from './repeats.ts';
import type { Targets } from './settings.ts';
import { ascending, quantile, sum } from './stats/describe.ts';
import { minutesText } from './words.ts';

export const OPPORTUNITY_WORDS = {
	repeat_incidents: {
		description: 'Frequent repeat incidents indicate incomplete fixes',
		recommendation: 'Improve root cause analysis and testing'
	},
	long_mttr: {
		description: 'Certain incident types take too long to resolve',
		recommendation: 'Create specific runbooks and automation'
	},
	detection_gaps: {
		description: 'Some issues take too long to detect',
		recommendation: 'Improve monitoring and alerting coverage'
	}
} as const;
export type OpportunityType = keyof typeof OPPORTUNITY_WORDS;

export interface Opportunity {
	type: OpportunityType;
	description: string;
	recommendation: string;
	/** Where it weighs most first. */
	issues: Issue[];
	/** Ids of all incidents concerned, in the order of time. */
	incidents: string[];
}

export interface Issue {
	/** `change on core-api`, as people say it. */
	what: string;
	/** What is wrong with it, in one clause with its figures. */
	finding: string;
	incidents: string[];
	/** What it weighs by: repeats, minutes over target, minutes too late. */
	weight: number;
}

export function opportunities(
	rows: readonly IncidentFacts[],
	{ repeats, targets, asOf }: { repeats: Repeats; targets: Targets; asOf: number }
): Opportunity[] {
	const found: [OpportunityType, Issue[]][] = [
		['repeat_incidents', repeatIssues(repeats)],
		['long_mttr', longIssues(rows, targets, asOf)],
		['detection_gaps', detectionIssues(rows, targets)]
	];
	const ordered = inOrder(rows);
	return found.flatMap(([type, issues]) => {
		if (issues.length === 0) return [];
		const concerned = new Set(issues.flatMap((issue) => issue.incidents));
		const incidents = ordered.flatMap(({ id }) => (concerned.has(id) ? [id] : []));
		return [{ type, ...OPPORTUNITY_WORDS[type], issues: issues.sort(heaviest), incidents }];
	});
}

function repeatIssues({ groups }: Repeats): Issue[] {
	return groups
		.filter(({ repeats }) => repeats.length > 0)
		.map(({ causeClass, service, incidents, repeats }) => ({
			what: `${causeClass} on ${service}`,
			finding: `${incidents.length} incidents, ${repeats.length} of them within the window of the one before`,
			incidents: incidents.map(({ id }) => id),
			weight: repeats.length
		}));
}

/** Beyond its target, as long as it is known to have lasted: what is still open counts too. */
function longIssues(rows: readonly IncidentFacts[], { resolve }: Targets, asOf: number): Issue[] {
	const kinds = new Map<string, { all: number; incidents: string[]; minutes: number[]; beyond: number[] }>();
	for (const row of inOrder(rows)) {
		const what = kindOf(row);
		const kind = kinds.get(what) ?? { all: 0, incidents: [], minutes: [], beyond: [] };
		kinds.set(what, kind);
		kind.all++;
		const target = row.severity && resolve[row.severity];
		const lasted = target === null ? null : resolution(row, asOf);
		if (target === null || lasted === null || lasted.minutes <= target) continue;
		kind.incidents.push(row.id);
		kind.minutes.push(lasted.minutes);
		kind.beyond.push(lasted.minutes - target);
	}
	return [...kinds].flatMap(([what, { all, incidents, minutes, beyond }]) => {
		if (incidents.length === 0) return [];
		const weight = sum(ascending(beyond));
		const median = quantile(ascending(minutes), 0.5) ?? 0;
		const finding = `${incidents.length} of ${all} beyond the target, ${minutesText(weight)} in all (median ${minutesText(median)})`;
		return [{ what, finding, incidents, weight }];
	});
}

/** Later than the severity's response time, or told by customers. */
function detectionIssues(rows: readonly IncidentFacts[], { detect }: Targets): Issue[] {
	const subjects = new Map<string, { incidents: string[]; late: number[]; told: number }>();
	for (const row of inOrder(rows)) {
		const minutes = detectionMinutes(row);
		const limit = row.severity && detect[row.severity];
		const late = minutes !== null && limit !== null ? Math.max(0, minutes - limit) : 0;
		const told = row.detectedBy === 'customer' ? 1 : 0;
		if (late === 0 && told === 0) continue;
		for (const subject of row.services.length > 0 ? row.services : ['service unknown']) {
			const gap = subjects.get(subject) ?? { incidents: [], late: [], told: 0 };
			subjects.set(subject, gap);
			gap.incidents.push(row.id);
			gap.late.push(late);
			gap.told += told;
		}
	}
	return [...subjects].map(([what, { incidents, late, told }]) => {
		const total = sum(ascending(late));
		const parts = [
			total > 0 ? `noticed ${minutesText(total)} later than the response time allows, in all` : '',
			told > 0 ? `${told} told by customers first` : ''
		];
		return {
			what,
			finding: `${incidents.length} ${incidents.length === 1 ? 'incident' : 'incidents'}: ${parts.filter((part) => part !== '').join('; ')}`,
			incidents,
			weight: total + told
		};
	});
}

function kindOf({ causeClass, severity }: IncidentFacts): string {
	return causeClass ?? `${severity ?? 'severity unknown'}, cause unknown`;
}

function heaviest(a: Issue, b: Issue): number {
	return b.weight - a.weight || (a.what < b.what ? -1 : a.what > b.what ? 1 : 0);
}
