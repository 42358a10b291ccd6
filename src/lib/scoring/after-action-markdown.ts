/** The after-action report as Markdown. Pure; names, numbers and times are given by whoever writes it out. */
import { RATING_NAMES, type Rating } from '../incident/rating.ts';
import type { AfterAction, EvaluatorRating } from './after-action.ts';
import { duration } from './words.ts';

export interface ReportWords {
	key: string;
	title: string;
	/** Incident time as people read it, with the date. */
	when: (at: number) => string;
	date: (at: number) => string;
	name: (participantId: string) => string;
}

const STATUS = { not_started: 'not started', in_progress: 'in progress', complete: 'complete' } as const;

export function afterActionMarkdown(report: AfterAction, words: ReportWords): string {
	const { practice } = report;
	const blocks = [
		practice ? '> **EXERCISE.** Everything below happened to a simulated system.' : '',
		`# After-action report and improvement plan: ${text(words.title)}`,
		overview(report, words),
		'## Objectives',
		report.objectives.length === 0
			? 'No objectives were set for this incident.'
			: table(
					['Objective', 'Rating', 'By evaluators', 'What it stands on'],
					report.objectives.map(({ objective, rating, evaluators, note }) => [
						objective,
						rating === null ? 'for the evaluators to judge' : `${rating} (${RATING_NAMES[rating].toLowerCase()})`,
						judged(evaluators, words),
						note
					])
				),
		'## Strengths',
		list(report.strengths.map(({ name, observation }) => `**${name}**: ${text(observation)}`)) ||
			'Nothing measured was performed without challenges.',
		'## Areas for improvement',
		report.improvements.length === 0
			? 'Nothing measured fell short.'
			: table(
					['Area', 'Rating', 'Observed', 'Target', 'By evaluators'],
					report.improvements.map(({ name, rating, observation, target, evaluators }) => [
						name,
						rating,
						observation,
						target,
						judged(evaluators, words)
					])
				),
		report.judged.length === 0
			? ''
			: `## What evaluators saw\n\n${table(
					['Dimension', 'Computed', 'By evaluators'],
					report.judged.map(({ name, computed, evaluators }) => [name, computed ?? '–', judged(evaluators, words)])
				)}`,
		'## What the room said',
		[
			['Went well', report.said.wentWell] as const,
			['Surprised us', report.said.surprised] as const,
			['Was unclear', report.said.unclear] as const
		]
			.filter(([, lines]) => lines.length > 0)
			.map(([title, lines]) => `### ${title}\n\n${list(lines.map(text))}`)
			.join('\n\n') || 'No answers are recorded.',
		'## Improvement plan',
		'### Corrective actions agreed',
		report.agreed.length === 0
			? 'None is recorded yet: they come with the post-mortem.'
			: table(
					['Corrective action', 'Owner', 'Due', 'Shows that it worked', 'Status'],
					report.agreed.map(({ title, owner, dueAt, criterion, status }) => [
						title,
						owner || 'nobody yet',
						dueAt === null ? 'no date yet' : words.date(dueAt),
						criterion ?? '',
						STATUS[status]
					])
				),
		'### Proposed, for the team to take or leave',
		report.proposed.length === 0
			? 'Nothing fell short by so much that an action is proposed.'
			: table(
					['Area', 'Element', 'Corrective action', 'Owner', 'Due'],
					report.proposed.map(({ area, element, action }) => [area, element, action, '', ''])
				)
	];
	return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function overview(report: AfterAction, words: ReportWords): string {
	const { from, to, practice, severity, failureClass, rootCause, people } = report;
	const seats = people.map(
		({ participantId, as }) => `${words.name(participantId)}${as === 'responder' ? '' : ` (${as})`}`
	);
	return list(
		[
			`**Incident**: ${words.key}${practice ? ', exercise' : ''}`,
			`**When**: ${words.when(from)}, for ${duration(to - from)}`,
			severity === null ? '' : `**Severity**: ${severity}`,
			failureClass === null ? '' : `**Kind of failure**: ${failureClass.replaceAll('_', ' ')}`,
			rootCause === null ? '' : `**What was so**: ${text(rootCause)}`,
			`**People**: ${seats.map(text).join(', ')}`
		].filter((line) => line !== '')
	);
}

function judged(evaluators: readonly EvaluatorRating[], words: ReportWords): string {
	return evaluators
		.map(({ by, rating, note }) => `${rating satisfies Rating} (${words.name(by)}${note === '' ? '' : `: ${note}`})`)
		.join('; ');
}

function list(lines: readonly string[]): string {
	return lines.map((line) => `- ${line}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What somebody typed must not become a heading, a link or a picture of its own. */
function text(words: string): string {
	return words.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|]/g, (sign) => `\\${sign}`);
}

function cell(words: string): string {
	return text(words.trim());
}
