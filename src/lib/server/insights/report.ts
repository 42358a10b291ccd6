// The improvement report of what is stored: for the running server and for a command that opens the database itself.

import { readDays, periodOf } from '../../analytics/period.ts';
import { reportMarkdown } from '../../analytics/report-markdown.ts';
import { reportOf, type OriginChoice, type Report } from '../../analytics/report.ts';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { Storage } from '../db/storage.ts';
import { readFacts } from './rows.ts';
import { readAnalyticsSettings } from './settings.ts';

export const REPORT_FORMATS = ['md', 'json'] as const;
export const ORIGINS = ['practice', 'real', 'all'] as const satisfies OriginChoice[];

export interface ReportRequest {
	days: number;
	origin: OriginChoice;
	format: (typeof REPORT_FORMATS)[number];
}

/** What was asked for, or which word is off. Ninety days of everything as Markdown unless said otherwise. */
export function readReportRequest(words: {
	period?: string | null;
	origin?: string | null;
	format?: string | null;
}): { ok: true; request: ReportRequest } | Refusal {
	const days = readDays(words.period ?? '90d');
	if (days === null) return refuse('malformed', 'The period is a length of time such as 90d, 12w or 48h.');
	const origin = ORIGINS.find((known) => known === (words.origin ?? 'all'));
	if (!origin) return refuse('malformed', `The origin is one of ${ORIGINS.join(', ')}.`);
	const format = REPORT_FORMATS.find((known) => known === (words.format ?? 'md'));
	if (!format) return refuse('malformed', `Choose one of the formats ${REPORT_FORMATS.join(', ')}.`);
	return { ok: true, request: { days, origin, format } };
}

/** `mayReadReal`: real incidents are for the administrator; others are told nothing of them. */
export async function storedReport(
	storage: Storage,
	{ days, origin }: ReportRequest,
	now: number,
	mayReadReal: boolean
): Promise<Report> {
	const [{ rows }, { settings, targets }] = await Promise.all([readFacts(storage), readAnalyticsSettings(storage)]);
	const known = mayReadReal ? rows : rows.filter((row) => row.origin === 'practice');
	return reportOf(known, { period: periodOf(days, now), origin, settings, targets });
}

export function reportText(report: Report, format: ReportRequest['format']): string {
	return format === 'md' ? reportMarkdown(report) : `${JSON.stringify(report, null, '\t')}\n`;
}
