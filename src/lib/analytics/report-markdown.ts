/** The improvement report as Markdown, in the article's form. */
import type { Severity } from '../incident/severity.ts';
import type { Report, ReportedFigures as Figures, ReportPart } from './report.ts';
import {
	dateText,
	hoursText,
	intervalText,
	minutesRange,
	minutesText,
	moneyText,
	shareText,
	trendText
} from './words.ts';

const HORIZONS = [
	['week', '1. Immediate (This Week)'],
	['month', '2. Short-term (This Month)'],
	['quarter', '3. Long-term (This Quarter)']
] as const;
const MOST_NAMED = 8;

export function reportMarkdown(report: Report): string {
	const { period, parts, origin } = report;
	const days = Math.round((period.to - period.from) / 86_400_000);
	const lines = [
		'# Incident Response Improvement Report',
		'',
		`${dateText(period.from)} to ${dateText(period.to)}, ${originWords(origin)}.`
	];
	for (const part of parts) lines.push('', ...partLines(part, report, days, parts.length > 1));
	lines.push('', ...overlayLines(report), '', ...debtLines(report), '', ...transferLines(report), '', ...footLines());
	return `${lines
		.join('\n')
		.replace(/\n{3,}/g, '\n\n')
		.trimEnd()}\n`;
}

function originWords(origin: Report['origin']): string {
	return origin === 'all'
		? 'real incidents and practice, apart from each other'
		: origin === 'real'
			? 'real incidents'
			: 'practice';
}

function partLines(part: ReportPart, { targets }: Report, days: number, several: boolean): string[] {
	const { figures, opportunities, recommended, origin, names } = part;
	const heading = several ? (origin === 'real' ? 'Real incidents' : 'Practice') : null;
	const noun = origin === 'real' ? 'incidents' : 'runs';
	const lines = heading ? [`## ${heading}`, ''] : [];
	if (figures.n === 0) {
		return [
			...lines,
			origin === 'real'
				? 'No real incident falls into this period.'
				: 'No run that was played to its end falls into this period.'
		];
	}
	lines.push(
		`${figures.n} ${noun}, ${figures.unresolved} unresolved${figures.corrected > 0 ? `; ${figures.corrected} with times corrected in review, and the figures follow` : ''}.`,
		'',
		`### Key Metrics (Last ${days} Days)`,
		'',
		'MTTR by severity, creation to resolution:',
		'',
		...severityLines(figures, targets.resolve, noun),
		'',
		...otherLines(figures, noun),
		'',
		'### Top Improvement Opportunities',
		''
	);
	if (opportunities.length === 0) lines.push('None stands out in this period.');
	for (const { description, recommendation, issues } of opportunities) {
		lines.push(`- **${description}.** ${recommendation}.`);
		for (const { what, finding, incidents } of issues.slice(0, 3)) {
			lines.push(`  - ${what}: ${finding} (${named(incidents, names)})`);
		}
	}
	lines.push('', '### Recommended Actions');
	for (const [horizon, title] of HORIZONS) {
		lines.push('', `#### ${title}`, '');
		const actions = recommended[horizon];
		if (actions.length === 0) lines.push('Nothing in this period calls for it.');
		for (const { text, why } of actions) lines.push(`- ${text}`, `  - Why: ${why}`);
	}
	return [...lines, '', ...costLines(part)];
}

function severityLines(figures: Figures, targets: Record<Severity, number | null>, noun: string): string[] {
	return figures.bySeverity.map(({ severity, resolve }) => {
		const target = targets[severity];
		const aim = target === null ? 'no target' : `Target: ${target} min`;
		if (resolve.n === 0)
			return `- ${severity}: nothing resolved${resolve.unresolved > 0 ? `, ${resolve.unresolved} open` : ''} (${aim})`;
		const parts = [
			`- ${severity}: ${(resolve.mean ?? 0).toFixed(1)} min (${aim})`,
			`median ${minutesText(resolve.median)}`,
			`p95 ${minutesText(resolve.p95)}${resolve.n < 20 ? ', which of so few is near the longest' : ''}`,
			`n ${resolve.n}${resolve.unresolved > 0 ? ` and ${resolve.unresolved} open` : ''}`,
			`mean 95 % ${minutesRange(resolve.meanInterval)}`
		];
		return `${parts.join('; ')}. ${trendText(resolve.trend, 'minutes', noun)}`;
	});
}

function otherLines(
	{ mtbfHours, detection, escalation, repeat, foundByAlerts, postmortem, actions, strain }: Figures,
	noun: string
): string[] {
	return [
		`- ${noun === 'runs' ? 'Mean Time Between Runs' : 'Mean Time Between Failures'}: ${hoursText(mtbfHours.value)}. ${trendText(mtbfHours.trend, 'hours', noun)}`,
		`- Average Detection Time (impact to first page or report): ${minutesText(detection.mean)}, median ${minutesText(detection.median)}, n ${detection.n}. ${trendText(detection.trend, 'minutes', noun)}`,
		`- Escalation Rate: ${shareText(escalation.value)}. ${trendText(escalation.trend, 'share', noun)}`,
		...(noun === 'runs'
			? []
			: [`- Repeat Incident Rate: ${shareText(repeat.value)}. ${trendText(repeat.trend, 'share', noun)}`]),
		`- Found by alerts: ${shareText(foundByAlerts.value)}; the aim is 95 %. ${trendText(foundByAlerts.trend, 'share', noun)}`,
		`- Post-mortem completion: ${shareText(postmortem.value)}. ${trendText(postmortem.trend, 'share', noun)}`,
		`- Actions closed: ${shareText(actions.closed)}; in time: ${shareText(actions.onTime)}; overdue: ${actions.overdue.length}`,
		strain.shown
			? `- On-call strain: ${strain.mean.toFixed(1)} of 5 in ${strain.answers} answers (95 % ${intervalText(strain.interval, (value) => value.toFixed(1))})`
			: `- On-call strain: shown from five answers up; ${strain.more} more are needed`
	];
}

function costLines({ cost, origin }: ReportPart): string[] {
	const { rates, measured, atMost, measuredMinutes, incidentsMeasured, incidentsUnmeasured } = cost;
	if (incidentsMeasured + incidentsUnmeasured === 0) return [];
	const money = (value: number): string => moneyText(value, rates.currency);
	const assumption = `${rates.assumed ? 'Assumed, as in the article' : 'By your own rates'}: ${money(rates.perMinute)} per minute in which everybody is affected and ${money(rates.perStaffHour * rates.staff)} per hour in which ${rates.staff} people cannot work`;
	return [
		'### Cost of downtime',
		'',
		`${origin === 'practice' ? 'Simulated: ' : ''}${money(measured.total)} (${money(measured.lostSales)} lost sales, ${money(measured.lostWork)} lost work) for ${minutesText(measuredMinutes)} of everybody in ${incidentsMeasured} incidents whose impact was measured.`,
		...(incidentsUnmeasured > 0
			? [
					`With the ${incidentsUnmeasured} whose impact was not measured, at most ${money(atMost.total)}: as if everybody had been affected throughout.`
				]
			: []),
		`${assumption}.`
	];
}

function overlayLines({ overlay }: Report): string[] {
	if (overlay.length === 0) return [];
	return [
		'## Practice and real, by failure class',
		'',
		'| Failure class | Real: n | median to resolve | Practice: n | median to resolve |',
		'| --- | ---: | ---: | ---: | ---: |',
		...overlay.map(
			({ failureClass, real, practice }) =>
				`| ${cell(failureClass)} | ${real.n} | ${minutesText(real.median)} | ${practice.n} | ${minutesText(practice.median)} |`
		)
	];
}

function debtLines({ debt }: Report): string[] {
	const owed = debt.filter(({ realTotal }) => realTotal > 0).slice(0, 15);
	if (owed.length === 0) return [];
	return [
		'## Practice debt',
		'',
		'| Service | Failure class | Last practised | Result | Real incidents since |',
		'| --- | --- | --- | --- | ---: |',
		...owed.map(({ service, failureClass, lastDrill, realSince }) => {
			const result = !lastDrill ? '–' : lastDrill.resolved ? minutesText(lastDrill.minutes) : 'unresolved';
			const when = lastDrill ? `${dateText(lastDrill.at)}${lastDrill.sameService ? '' : ' (elsewhere)'}` : 'never';
			return `| ${cell(service)} | ${cell(failureClass)} | ${when} | ${result} | ${realSince.length} |`;
		})
	];
}

const VERDICTS = {
	sooner: 'sooner than before',
	later: 'later than before',
	same: 'as before',
	nothing_before: 'nothing before to compare with',
	none_since: 'no real incident since',
	not_recorded: 'not recorded'
} as const;

function transferLines({ transfers }: Report): string[] {
	if (transfers.length === 0) return [];
	return [
		'## Did practice help?',
		'',
		'Each drill, and the next real incident of its failure class: one beside one, an observation and no proof.',
		'',
		...transfers.slice(0, 15).map(({ failureClass, drill, next, action, verdict, actions }) => {
			const then = next
				? `; next real ${next.key} after ${minutesText(next.minutes)}: ${VERDICTS[verdict]}`
				: `; ${VERDICTS[verdict]}`;
			const proved =
				actions.proved.length > 0 ? `; ${actions.proved.length} of its actions proved by a run of the variant` : '';
			return `- ${failureClass}, ${drill.key}: ${action ?? 'mitigation'} after ${minutesText(drill.minutes)}${then}${proved}`;
		})
	];
}

function footLines(): string[] {
	return [
		`Means and quantiles are of resolved incidents; quantiles interpolate linearly; intervals are 95 % (bootstrap, Wilson, Theil–Sen). A figure without enough incidents behind it says so.`
	];
}

function named(ids: readonly string[], names: Record<string, string>): string {
	const shown = ids.slice(0, MOST_NAMED).map((id) => names[id] ?? id);
	return ids.length > MOST_NAMED ? `${shown.join(', ')} and ${ids.length - MOST_NAMED} more` : shown.join(', ');
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|');
}
