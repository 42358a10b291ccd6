import type { IncidentEvent } from '../incident/event.ts';
import {
	ACTION_STATUSES,
	type ActionItem,
	type ActionStatus,
	type Line,
	type PostmortemDocument,
	type SystemicFactor,
	type Why
} from './document.ts';
import { draftPostmortem } from './draft.ts';
import type { DraftMeta } from './meta.ts';
import { readingOrder } from './why-tree.ts';

/** How each status is printed. */
export const ACTION_STATUS_WORDS: Record<ActionStatus, string> = {
	not_started: '🔴 Not Started',
	in_progress: '🟡 In Progress',
	complete: '🟢 Complete'
};

export interface MarkdownOptions {
	/** Puts a mark on top, so that nobody takes an exercise for a real incident. */
	exercise?: boolean;
	/** Moments corrected in review, in words: the figures follow them, and say so. */
	corrections?: readonly string[];
	/** Stands under the title: `Published 3 March 2024, revision 2`. */
	standing?: string;
}

/**
 * A post-mortem as Markdown, in the template's layout: summary, timeline, what went well and wrong, whys, actions;
 * sections that the template does not have follow it, and only where they say something.
 */
export function toMarkdown(document: PostmortemDocument, options: MarkdownOptions = {}): string {
	const { key, title, summary } = document;
	const parts = [
		[`# Incident Post-Mortem: [${line(key)}]${title.trim() === '' ? '' : ` ${line(title)}`}`],
		options.standing ? [`_${line(options.standing)}_`] : [],
		options.exercise ? ['> **EXERCISE**: this incident was simulated.'] : [],
		[
			'## Executive Summary',
			'',
			`- **Duration:** ${line(summary.duration) || 'not recorded'}`,
			`- **Impact:** ${line(summary.impact) || 'not recorded'}`,
			`- **Root Cause:** ${line(summary.rootCause) || 'not recorded'}`
		],
		optional('Impact', marked('', document.impact)),
		section(
			'Timeline',
			document.timeline.map(({ time, text }) => `- ${line(time)} - ${line(text)}`)
		),
		optional(
			'Corrected Times',
			(options.corrections ?? []).map((one) => `- ${line(one)}`)
		),
		section('What Went Well', marked('✅', document.wentWell)),
		section('What Went Wrong', marked('❌', document.wentWrong)),
		section(
			'Root Cause Analysis',
			document.whys.length === 0
				? []
				: [
						readingOrder(document.whys)
							.map(({ why }) => whyBlock(why))
							.join('\n\n')
					]
		),
		section('Action Items', actionTable(document.actionItems)),
		optional('Success Criteria', criteria(document.actionItems)),
		optional('Systemic Factors', factors(document.systemicFactors)),
		optional('Contributing Factors', marked('', document.contributingFactors)),
		optional('Lessons', marked('', document.lessons))
	];
	return `${parts
		.filter((part) => part.length > 0)
		.map((part) => part.join('\n'))
		.join('\n\n')}\n`;
}

/** The draft of a log as Markdown. */
export function markdownOf(events: readonly IncidentEvent[], meta: DraftMeta): string {
	return toMarkdown(draftPostmortem(events, meta), { exercise: events.some((event) => event.simMs !== null) });
}

function section(title: string, lines: string[]): string[] {
	return [`## ${title}`, '', ...(lines.length === 0 ? ['_Nothing recorded._'] : lines)];
}

function optional(title: string, lines: string[]): string[] {
	return lines.length === 0 ? [] : section(title, lines);
}

function marked(mark: string, lines: readonly Line[]): string[] {
	return lines
		.filter(({ text }) => text.trim() !== '')
		.map(({ text }) => `- ${mark === '' ? '' : `${mark} `}${line(text)}`);
}

function whyBlock({ question, answer, evidence, events, rootCause, category }: Why): string {
	const proof = [line(evidence), events.length > 0 ? `events ${events.join(', ')}` : ''].filter((part) => part !== '');
	return [
		`**${line(question)}**`,
		'',
		answer.trim() === '' ? '_Not answered yet._' : line(answer),
		...(proof.length === 0 ? [] : ['', `_Evidence: ${proof.join('; ')}_`]),
		...(rootCause ? ['', `_Root cause (${category})_`] : [])
	].join('\n');
}

/** What people confirmed; a suggestion that waits for them says so, one that they dismissed is left out. */
function factors(all: readonly SystemicFactor[]): string[] {
	return all
		.filter(({ dismissed, text }) => !dismissed && text.trim() !== '')
		.map(
			({ text, category, confirmed }) => `- ${line(text)} (${category}${confirmed ? '' : '; suggested, not confirmed'})`
		);
}

function actionTable(items: readonly ActionItem[]): string[] {
	if (items.length === 0) return [];
	const rows = items.map(({ title, owner, dueDate, status }) => {
		const known = ACTION_STATUSES.includes(status) ? status : 'not_started';
		return `| ${[title, owner, dueDate].map(cell).join(' | ')} | ${ACTION_STATUS_WORDS[known]} |`;
	});
	return ['| Action | Owner | Due Date | Status |', '|--------|-------|----------|--------|', ...rows];
}

function criteria(items: readonly ActionItem[]): string[] {
	return items
		.filter(({ successCriterion }) => successCriterion.trim() !== '')
		.map(
			({ title, successCriterion, priority }) => `- ${line(title)}: ${line(successCriterion)} (priority ${priority})`
		);
}

/** Text on one line: a line break would end the list or the table that it stands in. */
function line(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

function cell(text: string): string {
	return line(text).replace(/\\/g, '\\\\').replace(/\|/g, '\\|');
}
