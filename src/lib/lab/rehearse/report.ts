import { WANTED_LEAD_MS, type RehearsedRule, type RehearsedScenario, type RehearsedSet } from './rehearse.ts';

/** What a rehearsal comes to over all its scenarios. */
export interface RehearsalSummary {
	readonly scenarios: number;
	/** Scenarios by what the team's first alert did. */
	readonly early: number;
	readonly before: number;
	readonly after: number;
	/** Fired in a scenario that customers never felt. */
	readonly fired: number;
	readonly missed: number;
	readonly falseAlarms: number;
}

export function summaryOf(
	scenarios: readonly RehearsedScenario[],
	of: (scenario: RehearsedScenario) => RehearsedSet = ({ team }) => team
): RehearsalSummary {
	const count = { early: 0, before: 0, after: 0, fired: 0, missed: 0, falseAlarms: 0 };
	for (const scenario of scenarios) {
		const { first, falseAlarms } = of(scenario);
		count.falseAlarms += falseAlarms;
		if (!first) count.missed += 1;
		else if (first.leadMs === null) count.fired += 1;
		else if (first.leadMs >= WANTED_LEAD_MS) count.early += 1;
		else if (first.leadMs > 0) count.before += 1;
		else count.after += 1;
	}
	return { scenarios: scenarios.length, ...count };
}

/** The rehearsal as lines for a terminal. */
export function rehearsalLines(scenarios: readonly RehearsedScenario[]): string[] {
	const lines = scenarios.flatMap((scenario) => [...scenarioLines(scenario), '']);
	lines.push(summaryLine('yours', summaryOf(scenarios)));
	lines.push(
		summaryLine(
			"Muster's",
			summaryOf(scenarios, ({ muster }) => muster)
		)
	);
	return lines;
}

function scenarioLines(scenario: RehearsedScenario): string[] {
	const { impactMs, minutes } = scenario;
	const felt = impactMs === null ? 'customers never feel it' : `customers feel it at ${clock(impactMs)}`;
	const rows = [...rowsOf('yours', scenario.team), ...rowsOf("Muster's", scenario.muster)];
	const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	return [
		`${scenario.scenario} (${minutes} min, ${felt})`,
		...rows.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd())
	];
}

function rowsOf(whose: string, set: RehearsedSet): string[][] {
	const rows = set.rules
		.toSorted((a, b) => (a.firedMs ?? Infinity) - (b.firedMs ?? Infinity))
		.map((rule) => [whose, rule.alert, firedCell(rule), leadCell(rule), restCell(rule)]);
	if (set.missed) rows.unshift([whose, 'MISSED', 'no alert fires', '', '']);
	if (set.silent > 0) rows.push([whose, `${set.silent} more`, 'silent', '', '']);
	return rows;
}

const firedCell = ({ firedMs, falseAlarms }: RehearsedRule): string =>
	firedMs !== null ? `fires at ${clock(firedMs)}` : falseAlarms.length > 0 ? 'not because of it' : 'silent';

function leadCell({ leadMs, timing }: RehearsedRule): string {
	if (leadMs === null) return timing === 'fired' ? 'no impact' : '';
	if (leadMs <= 0) return `${clock(-leadMs)} after impact`;
	return `${clock(leadMs)} before impact${timing === 'early' ? '' : ', wanted 10:00'}`;
}

function restCell({ falseAlarms, problem }: RehearsedRule): string {
	const alarms = falseAlarms.length;
	const said = alarms === 0 ? [] : [`${alarms} false ${alarms === 1 ? 'alarm' : 'alarms'} while all is quiet`];
	return [...said, ...(problem === null ? [] : [problem])].join('; ');
}

function summaryLine(whose: string, summary: RehearsalSummary): string {
	const { scenarios, early, before, after, fired, missed, falseAlarms } = summary;
	const parts = [
		`${early} warned ten minutes ahead`,
		`${before} less than that`,
		`${after} after the impact`,
		...(fired > 0 ? [`${fired} where there is none`] : []),
		`${missed} missed`,
		`${falseAlarms} false ${falseAlarms === 1 ? 'alarm' : 'alarms'}`
	];
	return `${whose}: ${scenarios} ${scenarios === 1 ? 'scenario' : 'scenarios'}: ${parts.join(', ')}`;
}

/** `9:05`, `-2:30`, `1:02:03`. */
export function clock(ms: number): string {
	const seconds = Math.round(Math.abs(ms) / 1000);
	const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
	const two = (n: number) => String(n).padStart(2, '0');
	return `${ms < 0 ? '-' : ''}${h > 0 ? `${h}:${two(m)}` : m}:${two(s)}`;
}
