import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIncidents } from './csv/incidents.ts';
import type { IncidentFacts } from './facts.ts';
import { statsOf } from './stats-output.ts';
import { facts } from './testing.ts';

const DAY = 86_400_000;
const OPTIONS = { asOf: Date.UTC(2026, 5, 1), due: ['P1', 'P2'] as const, repeatWindowDays: 90 };

describe('the figures of a file', () => {
	const file = `id,severity,created_at,impact_started_at,detected_at,resolved_at,services,cause,escalated,postmortem_state
1,P1,2026-01-01T00:00:00Z,2025-12-31T23:50:00Z,2026-01-01T00:00:00Z,2026-01-01T00:20:00Z,api;db,Pool,true,published
2,P1,2026-01-11T00:00:00Z,2026-01-11T00:00:00Z,2026-01-10T23:56:00Z,2026-01-11T01:40:00Z,db,pool,false,draft
3,P3,2026-05-01T00:00:00Z,?,?,2026-05-01T02:00:00Z,db,pool,?,
4,P2,2026-05-21T00:00:00Z,,,,cache,,,published`;
	const read = readIncidents(file);
	const stats = statsOf(read.ok ? read.rows : [], { ...OPTIONS, asOf: Date.UTC(2026, 4, 21, 1) });

	it('are those one works out by hand', () => {
		expect(stats).toMatchObject({
			n: 4,
			bySeverity: {
				P1: {
					n: 2,
					unresolved: 0,
					mttrMinutes: { mean: 60, median: 60, p95: 96 },
					detectionMinutes: { mean: 3, median: 3 }
				},
				P2: { n: 1, unresolved: 1, mttrMinutes: { mean: null, median: null, p95: null } },
				P3: { mttrMinutes: { mean: 120 }, detectionMinutes: { mean: null } },
				P4: { n: 0 }
			},
			overall: { n: 4, unresolved: 1, mttrMinutes: { mean: 80, median: 100 } },
			escalationRate: 0.5,
			repeatRate: 1 / 3,
			postmortemCompletion: 2 / 3,
			// 60 minutes is where the open one was last seen.
			survival: [
				{ minutes: 20, survival: 0.75, atRisk: 4 },
				{ minutes: 60, survival: 0.75, atRisk: 3 },
				{ minutes: 100, survival: 0.375, atRisk: 2 },
				{ minutes: 120, survival: 0, atRisk: 1 }
			]
		});
		expect(stats.mtbfHours).toBeCloseTo((140 * 24) / 3, 9);
	});
	it('name the incidents of each opportunity in the words of the article', () => {
		expect(stats.opportunities).toMatchObject([
			{
				type: 'repeat_incidents',
				description: 'Frequent repeat incidents indicate incomplete fixes',
				recommendation: 'Improve root cause analysis and testing',
				incidents: ['1', '2', '3']
			},
			{ type: 'long_mttr', incidents: ['2'] },
			{ type: 'detection_gaps', incidents: ['1'] }
		]);
	});
	it('are null of nothing, and never NaN', () => {
		const none = statsOf([], OPTIONS);
		expect(none).toMatchObject({ n: 0, mtbfHours: null, escalationRate: null, repeatRate: null, survival: [] });
		expect(JSON.parse(JSON.stringify(none))).toEqual(none);
	});
});

const incident = fc.record({
	at: fc.option(fc.integer({ min: 0, max: 400 }).map((day) => Date.UTC(2025, 0, 1) + day * DAY)),
	minutes: fc.option(fc.integer({ min: 0, max: 500 })),
	detection: fc.option(fc.integer({ min: -20, max: 90 })),
	severity: fc.constantFrom('P1', 'P2', 'P3', 'P4', null),
	cause: fc.constantFrom('pool', 'leak', null),
	services: fc.subarray(['api', 'db', 'cache']),
	escalated: fc.constantFrom(true, false, null),
	postmortem: fc.constantFrom('published', 'draft', 'none', null)
});

describe('whatever the incidents', () => {
	const rowsOf = fc.array(incident, { maxLength: 40 }).map((all) =>
		all.map(({ at, minutes, detection, cause, ...rest }, i): IncidentFacts =>
			facts({
				...rest,
				id: `i${i}`,
				at,
				causeClass: cause,
				times: {
					created: at,
					impactStarted: at,
					detected: at === null || detection === null ? null : at + detection * 60_000,
					resolved: at === null || minutes === null ? null : at + minutes * 60_000
				}
			})
		)
	);

	it('their order changes nothing', () => {
		fc.assert(
			fc.property(rowsOf, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (rows, keys) => {
				const shuffled = rows
					.map((row) => ({ row, key: keys.next().value as number }))
					.sort((a, b) => a.key - b.key)
					.map(({ row }) => row);
				expect(statsOf(shuffled, OPTIONS)).toEqual(statsOf(rows, OPTIONS));
			}),
			{ seed: 5, numRuns: 200 }
		);
	});

	it('shares lie between nought and one, curves come down, and JSON keeps it all', () => {
		fc.assert(
			fc.property(rowsOf, (rows) => {
				const stats = statsOf(rows, OPTIONS);
				for (const share of [stats.escalationRate, stats.repeatRate, stats.postmortemCompletion]) {
					expect(share === null || (share >= 0 && share <= 1)).toBe(true);
				}
				stats.survival.reduce((before, { survival }) => {
					expect(survival).toBeLessThanOrEqual(before);
					return survival;
				}, 1);
				expect(JSON.parse(JSON.stringify(stats))).toEqual(stats);
			}),
			{ seed: 6, numRuns: 200 }
		);
	});
});
