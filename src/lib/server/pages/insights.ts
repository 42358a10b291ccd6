// The page of figures. Practice may be read by everybody who can reach the server; real incidents by the administrator.

import { insightsOf, COMPARE_CHOICES, type Filters, type InsightsData } from '../../analytics/page.ts';
import { readDays } from '../../analytics/period.ts';
import type { AnalyticsSettings } from '../../analytics/settings.ts';
import { SEVERITIES } from '../../incident/severity.ts';
import { isAdmin } from '../auth/admin.ts';
import { ORIGINS } from '../insights/report.ts';
import { readFacts } from '../insights/rows.ts';
import { readAnalyticsSettings } from '../insights/settings.ts';
import { muster } from '../muster.ts';
import { load } from './found.ts';
import type { CookieReader } from './types.ts';

export interface InsightsPage {
	admin: boolean;
	filters: Filters;
	settings: AnalyticsSettings;
	data: InsightsData;
	/** Runs that count once their truth is open. */
	waiting: number;
	/** Real incidents that are not shown to this reader. */
	hiddenReal: boolean;
	/** Anything on record at all that this reader may see. */
	any: boolean;
	/** Whether teams may be shown beside each other to this reader. */
	teamsShown: boolean;
	now: number;
}

export function loadInsights(search: URLSearchParams, cookies: CookieReader): Promise<InsightsPage> {
	return load(async () => {
		const { storage, hub } = muster();
		const [admin, facts, { settings, targets }] = await Promise.all([
			isAdmin(cookies),
			readFacts(storage),
			readAnalyticsSettings(storage)
		]);
		const rows = admin ? facts.rows : facts.rows.filter(({ origin }) => origin === 'practice');
		const teamsShown = admin || settings.teamsShown;
		const filters = filtersOf(search, teamsShown);
		const now = hub.context.now();
		const data = insightsOf(rows, { filters, now, settings, targets });
		return {
			admin,
			filters,
			settings,
			data: { ...data, choices: { ...data.choices, teams: teamsShown ? data.choices.teams : [] } },
			waiting: facts.waiting,
			hiddenReal: rows.length < facts.rows.length,
			any: rows.length > 0,
			teamsShown,
			now
		};
	});
}

/** A word that means nothing here is as if it were not there. */
function filtersOf(search: URLSearchParams, teamsShown: boolean): Filters {
	const text = (name: string): string => (search.get(name) ?? '').trim().slice(0, 100);
	const one = <T extends string>(name: string, known: readonly T[], otherwise: T): T =>
		known.find((value) => value === text(name)) ?? otherwise;
	const compare = one('compare', COMPARE_CHOICES, 'none');
	return {
		days: text('period') === 'all' ? null : (readDays(text('period') || '90d') ?? 90),
		origin: one('origin', ORIGINS, 'all'),
		team: teamsShown ? text('team') : '',
		service: text('service'),
		severity: one('severity', ['', ...SEVERITIES], ''),
		scenario: text('scenario'),
		compare: compare === 'teams' && !teamsShown ? 'none' : compare,
		date: /^\d{4}-\d{2}-\d{2}$/.test(text('date')) ? text('date') : ''
	};
}
