/**
 * What to do next, in the article's three horizons. Every line stands on figures of the period and names them; what nothing
 * calls for is left out. Source of the horizons: "Incident Response Excellence", §5, `generate_improvement_report`.
 */
import type { IncidentFacts } from './facts.ts';
import type { DebtLine } from './debt.ts';
import type { Figures } from './figures.ts';
import type { Opportunity } from './opportunities.ts';
import { groupBy } from './order.ts';

export interface RecommendedAction {
	text: string;
	/** The figures it stands on. */
	why: string;
	/** Ids of the incidents concerned. */
	incidents: string[];
}

export interface Recommended {
	week: RecommendedAction[];
	month: RecommendedAction[];
	quarter: RecommendedAction[];
}

export interface RecommendSources {
	rows: readonly IncidentFacts[];
	figures: Figures;
	opportunities: readonly Opportunity[];
	debt: readonly DebtLine[];
	/** What practice shows calls for training and better runbooks, not for monitors of a system that is not there. */
	origin: 'practice' | 'real';
	due: readonly string[];
	asOf: number;
}

const DAY = 24 * 3_600_000;
/** A post-mortem is late five days after the end, where nobody set another date. */
const POSTMORTEM_DAYS = 5;
const MOST_NAMED = 5;

export function recommend(sources: RecommendSources): Recommended {
	return { week: thisWeek(sources), month: thisMonth(sources), quarter: thisQuarter(sources) };
}

function thisWeek({ rows, figures, opportunities, due, asOf }: RecommendSources): RecommendedAction[] {
	const kinds = [
		...groupBy(
			rows.filter(({ causeClass }) => causeClass !== null),
			({ causeClass }) => causeClass ?? ''
		)
	]
		.sort(([, a], [, b]) => b.length - a.length)
		.slice(0, MOST_NAMED);
	const late = rows.filter(
		({ severity, postmortem, times, stoodDown }) =>
			!stoodDown &&
			severity !== null &&
			due.includes(severity) &&
			postmortem !== null &&
			postmortem !== 'published' &&
			postmortem !== 'not_due' &&
			times.resolved !== null
	);
	const overdue = late.filter(({ at, origin }) => origin === 'practice' || asOf - (at ?? asOf) > POSTMORTEM_DAYS * DAY);
	const repeated = issuesOf(opportunities, 'repeat_incidents');
	return [
		action(
			kinds.length > 0,
			`Update runbooks for the ${kinds.length === 1 ? 'most frequent incident type' : `top ${kinds.length} incident types`}: ${list(kinds.map(([name]) => name))}`,
			list(kinds.map(([name, of]) => `${name} ${of.length} of ${rows.length}`)),
			kinds.flatMap(([, of]) => of.map(({ id }) => id))
		),
		action(
			overdue.length > 0,
			`Schedule post-mortem reviews for ${overdue.length === 1 ? 'the overdue incident' : `${overdue.length} overdue incidents`}`,
			`Resolved, a post-mortem is due, none is published: ${list(overdue.map(({ key }) => key))}`,
			overdue.map(({ id }) => id)
		),
		action(
			repeated.length > 0,
			`Implement automated detection for repeat issues: ${list(repeated.map(({ what }) => what))}`,
			list(repeated.map(({ what, finding }) => `${what}: ${finding}`)),
			repeated.flatMap(({ incidents }) => incidents)
		),
		action(
			figures.actions.overdue.length > 0,
			'Close or re-date the overdue actions of past post-mortems',
			`${figures.actions.overdue.length} of ${figures.actions.total} are past their date`,
			[]
		)
	].flat();
}

function thisMonth({ figures, opportunities, debt, rows, origin }: RecommendSources): RecommendedAction[] {
	const real = origin === 'real';
	const gaps = issuesOf(opportunities, 'detection_gaps');
	const long = issuesOf(opportunities, 'long_mttr');
	const often = figures.repeats.groups.filter(({ repeats }) => repeats.length > 1).slice(0, MOST_NAMED);
	const owed = debt.filter(({ realSince }) => realSince.length > 0).slice(0, MOST_NAMED);
	const classes = [...new Set(owed.map(({ failureClass }) => failureClass))];
	return [
		action(
			real && gaps.length > 0,
			`Deploy new monitoring for identified gaps: ${list(gaps.map(({ what }) => what))}`,
			list(gaps.map(({ what, finding }) => `${what}: ${finding}`)),
			gaps.flatMap(({ incidents }) => incidents)
		),
		action(
			real && often.length > 0,
			`Automate resolution for repetitive incidents: ${list(often.map(({ causeClass, service }) => `${causeClass} on ${service}`))}`,
			list(often.map(({ causeClass, service, incidents }) => `${causeClass} on ${service} ${incidents.length} times`)),
			often.flatMap(({ incidents }) => incidents.map(({ id }) => id))
		),
		action(
			long.length > 0,
			`Write specific runbooks for what takes longest: ${list(long.map(({ what }) => what))}`,
			list(long.map(({ what, finding }) => `${what}: ${finding}`)),
			long.flatMap(({ incidents }) => incidents)
		),
		action(
			classes.length > 0 && real && rows.length > 0,
			`Conduct incident response training on ${list(classes)}`,
			list(
				owed.map(
					(line) =>
						`${line.failureClass} on ${line.service}: ${line.realSince.length} real ${line.lastDrill ? `since the drill ${line.lastDrill.key}` : 'and never practised'}`
				)
			),
			owed.flatMap(({ realSince }) => realSince)
		)
	].flat();
}

/** Where strain is above the middle, or every third incident needs more than the primary. */
const HIGH_STRAIN = 3.5;
const HIGH_ESCALATION = 1 / 3;
const MANY_CLASSES = 3;
/** Fewer incidents teach no machine anything. */
const ENOUGH_TO_PREDICT = 500;

function thisQuarter({ figures, debt, rows, origin }: RecommendSources): RecommendedAction[] {
	const never = [
		...new Set(debt.filter(({ lastDrill }) => lastDrill === null).map(({ failureClass }) => failureClass))
	];
	const { strain } = figures;
	const escalated = figures.escalation.value;
	const strained = strain.shown && strain.mean >= HIGH_STRAIN;
	const often = escalated.of >= 10 && (escalated.share ?? 0) > HIGH_ESCALATION;
	const found = figures.foundByAlerts.value;
	return [
		action(
			never.length >= MANY_CLASSES,
			`Implement a chaos engineering programme, starting with what was never practised: ${list(never.slice(0, MOST_NAMED))}`,
			`${never.length} failure classes happened and were never practised`,
			[]
		),
		action(
			strained || often,
			'Redesign the on-call rotation for better coverage',
			list([
				...(strain.shown && strained ? [`strain ${strain.mean.toFixed(1)} of 5 in ${strain.answers} answers`] : []),
				...(often ? [`${escalated.yes} of ${escalated.of} incidents were escalated`] : [])
			]),
			[]
		),
		action(
			origin === 'real' && found.of >= 10 && (found.interval?.high ?? 1) < 0.95,
			'Make alerts see what customers see: agree on service levels and alert on them',
			`${found.yes} of ${found.of} were found by alerts; the aim is 95 %`,
			[]
		),
		action(
			rows.length >= ENOUGH_TO_PREDICT,
			'Try whether incidents can be predicted from what precedes them',
			`${rows.length} incidents are on record`,
			[]
		)
	].flat();
}

function issuesOf(opportunities: readonly Opportunity[], type: Opportunity['type']) {
	return opportunities.find((one) => one.type === type)?.issues.slice(0, MOST_NAMED) ?? [];
}

function action(when: boolean, text: string, why: string, incidents: readonly string[]): RecommendedAction[] {
	return when ? [{ text, why, incidents: [...new Set(incidents)] }] : [];
}

function list(names: readonly string[]): string {
	if (names.length <= MOST_NAMED) return names.join('; ');
	return `${names.slice(0, MOST_NAMED).join('; ')} and ${names.length - MOST_NAMED} more`;
}
