// How long the figures of a hundred thousand incidents take: read from a file, and computed.

import { readIncidents } from '../../src/lib/analytics/csv/incidents.ts';
import { statsOf } from '../../src/lib/analytics/stats-output.ts';
import { seeded } from '../../src/lib/analytics/stats/random.ts';
import type { Bench } from './support/figure.ts';
import { cpuMs, quantile } from './support/stats.ts';

const INCIDENTS = 100_000;
const ROUNDS = 5;

const bench: Bench = {
	name: 'analytics',
	about: 'figures of 100,000 incidents: quantiles, survival, repeats, rates, opportunities',
	run() {
		const text = file(INCIDENTS);
		let rows = 0;
		const seconds = (work: () => void) =>
			quantile(
				Array.from({ length: ROUNDS }, () => cpuMs(work) / 1000),
				0.5
			);
		const read = readIncidents(text);
		if (!read.ok) throw new Error(read.message);
		const options = { asOf: read.lastAt ?? 0, due: ['P1', 'P2'] as const, repeatWindowDays: 90 };
		const analysed = seconds(() => {
			rows = statsOf(read.rows, options).n;
		});
		if (rows !== INCIDENTS) throw new Error(`${rows} incidents instead of ${INCIDENTS}`);
		const whole = seconds(() => {
			const again = readIncidents(text);
			if (again.ok) statsOf(again.rows, options);
		});
		return Promise.resolve([
			{
				what: `analysing ${INCIDENTS} incidents`,
				measured: analysed,
				unit: 's CPU',
				reference: null,
				target: { of: 'measured', most: 2 }
			},
			{
				what: `reading them from ${(text.length / 1e6).toFixed(0)} MB of CSV as well`,
				measured: whole,
				unit: 's CPU',
				reference: null,
				target: null
			}
		]);
	}
};
export default bench;

/** Two years of a large organisation, skewed as such times are, one in fifty still open. */
function file(count: number): string {
	const random = seeded(11);
	const from = Date.UTC(2024, 0, 1);
	const minutes = (most: number) => Math.round(60_000 * Math.exp(random() * Math.log(most)));
	const iso = (at: number) => new Date(at).toISOString();
	const lines = [
		'id,severity,created_at,impact_started_at,detected_at,resolved_at,services,cause,escalated,postmortem_state'
	];
	for (let i = 0; i < count; i++) {
		const created = from + Math.floor(random() * 730 * 86_400_000);
		const impact = created - minutes(60);
		const open = random() < 0.02;
		lines.push(
			[
				`INC-${i}`,
				`P${1 + Math.floor(random() * 4)}`,
				iso(created),
				iso(impact),
				iso(impact + minutes(40)),
				open ? '' : iso(created + minutes(2000)),
				`s${Math.floor(random() * 200)};s${Math.floor(random() * 200)}`,
				`cause ${Math.floor(random() * 30)}`,
				random() < 0.3,
				random() < 0.7 ? 'published' : 'draft'
			].join(',')
		);
	}
	return lines.join('\n');
}
