/** What an organisation may set about its figures. Everything has a default that the article or the design gives. */
import { DEFAULT_SEVERITY_POLICY, type Severity, type SeverityPolicy } from '../incident/severity.ts';

export interface AnalyticsSettings {
	/** An incident repeats an earlier one of the same cause class and service within this many days. */
	repeatWindowDays: number;
	/** Severities of which a post-mortem is due. */
	postmortemDue: Severity[];
	cost: CostRates;
	/** Teams are shown beside each other to everybody; otherwise to the administrator alone. */
	teamsShown: boolean;
}

/** What downtime costs. `assumed`: nobody has set it, so it is the article's example and said to be. */
export interface CostRates {
	currency: string;
	/** Lost per minute in which everybody is affected. */
	perMinute: number;
	/** Lost per hour in which the staff cannot work, by that many people. */
	perStaffHour: number;
	staff: number;
	assumed: boolean;
}

/** Source of the rates: "Incident Response Excellence", "The True Cost of Poor Incident Response". */
export const DEFAULT_SETTINGS: AnalyticsSettings = {
	repeatWindowDays: 90,
	postmortemDue: ['P1', 'P2'],
	cost: { currency: 'EUR', perMinute: 5600, perStaffHour: 250, staff: 500, assumed: true },
	teamsShown: false
};

/** The times that incidents are held against, in minutes. */
export interface Targets {
	/** To resolve; null where none is set. */
	resolve: Record<Severity, number | null>;
	/** To notice: the response time of the severity. */
	detect: Record<Severity, number>;
}

export function targetsOf(policy: SeverityPolicy = DEFAULT_SEVERITY_POLICY): Targets {
	const { P1, P2, P3, P4 } = policy;
	const resolve = (level: { resolveTargetMs: number | null }) =>
		level.resolveTargetMs === null ? null : level.resolveTargetMs / 60_000;
	return {
		resolve: { P1: resolve(P1), P2: resolve(P2), P3: resolve(P3), P4: resolve(P4) },
		detect: {
			P1: P1.responseMs / 60_000,
			P2: P2.responseMs / 60_000,
			P3: P3.responseMs / 60_000,
			P4: P4.responseMs / 60_000
		}
	};
}
