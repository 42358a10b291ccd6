/** What downtime cost by the organisation's own rates. An estimate, and said to be. */
import { minutesBetween, type IncidentFacts } from './facts.ts';
import type { CostRates } from './settings.ts';
import { ascending, sum } from './stats/describe.ts';

export interface Cost {
	rates: CostRates;
	/** Minutes in which everybody would have been affected, of incidents whose share of affected users is known. */
	measuredMinutes: number;
	measured: Money;
	incidentsMeasured: number;
	/** Minutes from impact to mitigation of the others, were everybody affected in them: their cost is at most that. */
	unmeasuredMinutes: number;
	atMost: Money;
	incidentsUnmeasured: number;
}

export interface Money {
	lostSales: number;
	lostWork: number;
	total: number;
}

export function costOf(rows: readonly IncidentFacts[], rates: CostRates): Cost {
	const counted = rows.filter(({ stoodDown }) => !stoodDown);
	const measured = counted.flatMap(({ impactMinutes }) => (impactMinutes === null ? [] : [impactMinutes]));
	const others = counted.flatMap(({ impactMinutes, times }) => {
		if (impactMinutes !== null) return [];
		const minutes = minutesBetween(times.impactStarted ?? times.created, times.mitigated ?? times.resolved);
		return minutes === null ? [] : [Math.max(0, minutes)];
	});
	const measuredMinutes = sum(ascending(measured));
	const unmeasuredMinutes = sum(ascending(others));
	return {
		rates,
		measuredMinutes,
		measured: moneyOf(measuredMinutes, rates),
		incidentsMeasured: measured.length,
		unmeasuredMinutes,
		atMost: moneyOf(measuredMinutes + unmeasuredMinutes, rates),
		incidentsUnmeasured: others.length
	};
}

function moneyOf(minutes: number, { perMinute, perStaffHour, staff }: CostRates): Money {
	const lostSales = minutes * perMinute;
	const lostWork = (minutes / 60) * perStaffHour * staff;
	return { lostSales, lostWork, total: lostSales + lostWork };
}
