/** The improvement report over a period, in the article's form, as data. `report-markdown.ts` writes it out. */
import type { IncidentFacts } from './facts.ts';
import { costOf, type Cost } from './cost.ts';
import { practiceDebt, type DebtLine } from './debt.ts';
import { figuresOf, type Figures } from './figures.ts';
import type { Repeats } from './repeats.ts';
import { opportunities, type Opportunity } from './opportunities.ts';
import { overlay, type OverlayLine } from './overlay.ts';
import { within, type Period } from './period.ts';
import { recommend, type Recommended } from './recommend.ts';
import type { AnalyticsSettings, Targets } from './settings.ts';
import { transfers, type TransferLine } from './transfer.ts';

export type OriginChoice = 'practice' | 'real' | 'all';

export interface Report {
	period: Period;
	origin: OriginChoice;
	settings: AnalyticsSettings;
	targets: Targets;
	/** By origin, as asked for: practice and real are never mixed into one figure. */
	parts: ReportPart[];
	/** Of all origins in the period, whatever was asked for. */
	overlay: OverlayLine[];
	/** From all there is on record. */
	debt: DebtLine[];
	transfers: TransferLine[];
}

export interface ReportPart {
	origin: 'practice' | 'real';
	figures: ReportedFigures;
	opportunities: Opportunity[];
	recommended: Recommended;
	cost: Cost;
	/** How incidents are called, by id. */
	names: Record<string, string>;
}

/** Figures as they may leave the server: groups name incidents, and carry none of their rows. */
export type ReportedFigures = Omit<Figures, 'repeats'> & { repeats: ReportedGroup[] };

export interface ReportedGroup {
	causeClass: string;
	service: string;
	/** Ids, in the order of time. */
	incidents: string[];
	repeats: string[];
}

export interface ReportOptions {
	period: Period;
	origin: OriginChoice;
	settings: AnalyticsSettings;
	targets: Targets;
}

/** `all` is everything on record, of which the period is taken. */
export function reportOf(all: readonly IncidentFacts[], options: ReportOptions): Report {
	const { period, origin, settings, targets } = options;
	const origins = origin === 'all' ? (['real', 'practice'] as const) : [origin];
	const debt = practiceDebt(all);
	return {
		period,
		origin,
		settings,
		targets,
		parts: origins.map((one) =>
			partOf(
				one,
				all.filter((row) => row.origin === one),
				options,
				debt
			)
		),
		overlay: overlay(within(all, period), period.to),
		debt,
		transfers: transfers(all).filter(({ drill }) => drill.at >= period.from)
	};
}

function partOf(
	origin: 'practice' | 'real',
	all: readonly IncidentFacts[],
	{ period, settings, targets }: ReportOptions,
	debt: readonly DebtLine[]
): ReportPart {
	const rows = within(all, period);
	const before = all.filter(({ at }) => at !== null && at < period.from);
	const figures = figuresOf(rows, { period, settings, targets, before });
	// What is practised comes again on purpose.
	const found = opportunities(rows, { repeats: figures.repeats, targets, asOf: period.to }).filter(
		({ type }) => origin === 'real' || type !== 'repeat_incidents'
	);
	// A group of repeats may begin before the period.
	const grouped = figures.repeats.groups.flatMap(({ incidents }) => incidents);
	const shown = new Set([...rows, ...grouped].map(({ id }) => id));
	return {
		origin,
		figures: { ...figures, repeats: reported(figures.repeats) },
		opportunities: found,
		recommended: recommend({
			rows,
			figures,
			opportunities: found,
			debt: origin === 'real' ? debt : [],
			origin,
			due: settings.postmortemDue,
			asOf: period.to
		}),
		cost: costOf(rows, settings.cost),
		names: Object.fromEntries(all.flatMap(({ id, key }) => (shown.has(id) ? [[id, key]] : [])))
	};
}

function reported({ groups }: Repeats): ReportedGroup[] {
	return groups.map(({ causeClass, service, incidents, repeats }) => ({
		causeClass,
		service,
		incidents: incidents.map(({ id }) => id),
		repeats: repeats.map(({ id }) => id)
	}));
}
