import { describe, expect, it } from 'vitest';
import { numberAttempts } from './attempts.ts';
import { actionClosure } from './closure.ts';
import { compare } from './compare.ts';
import { costOf } from './cost.ts';
import { practiceDebt } from './debt.ts';
import type { IncidentFacts } from './facts.ts';
import { insightsOf, type Filters } from './page.ts';
import { readDays } from './period.ts';
import { reportMarkdown } from './report-markdown.ts';
import { reportOf } from './report.ts';
import { DEFAULT_SETTINGS, targetsOf } from './settings.ts';
import { strainOf } from './strain.ts';
import { drill, facts } from './testing.ts';
import { transfers } from './transfer.ts';
import { shareTrend, trendOf } from './trends.ts';
import { moneyText, minutesRange, minutesText } from './words.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1);
const at = (day: number) => NOW - (90 - day) * DAY;

function real(id: string, day: number, minutes: number | null, parts: Partial<IncidentFacts> = {}): IncidentFacts {
	const created = at(day);
	return facts({
		id,
		severity: 'P1',
		services: ['api'],
		causeClass: 'change',
		at: created,
		...parts,
		times: { created, resolved: minutes === null ? null : created + minutes * 60_000, ...parts.times }
	});
}
function run(id: string, day: number, minutes: number | null, parts: Partial<IncidentFacts> = {}): IncidentFacts {
	return { ...real(id, day, minutes), origin: 'practice', drill: drill(), seenUntil: at(day) + 3_600_000, ...parts };
}

describe('trends', () => {
	const points = (count: number, value: (i: number) => number) =>
		Array.from({ length: count }, (_, i) => ({ at: at(i * 3), value: value(i) }));
	const noise = (i: number) => ((i * 7919) % 13) - 6;

	it('name a change that the interval carries', () => {
		expect(trendOf(points(30, (i) => 200 - 5 * i + noise(i)))).toMatchObject({ verdict: 'falling', more: null });
		expect(trendOf(points(30, (i) => 20 + 5 * i + noise(i))).verdict).toBe('rising');
	});
	it('say how many more are needed, and nothing else, where it does not', () => {
		const few = trendOf(points(3, (i) => 100 - 30 * i));
		expect(few).toMatchObject({ verdict: 'not_enough', change: null });
		expect(few.more).toBeGreaterThanOrEqual(5);
		const wide = trendOf(points(10, (i) => (i % 2 === 0 ? 10 : 300)));
		expect(wide.verdict).toBe('not_enough');
		expect(wide.more).toBeGreaterThan(10);
	});
	it('say that there is none where one would have shown', () => {
		expect(trendOf(points(30, (i) => 60 + noise(i))).verdict).toBe('steady');
	});
	it('compare the halves of a period for shares', () => {
		const period = { from: at(0), to: at(90) };
		const shares = (first: number, second: number) =>
			Array.from({ length: 80 }, (_, i) => ({ at: at(i < 40 ? 10 : 80), yes: i % 40 < (i < 40 ? first : second) }));
		expect(shareTrend(shares(35, 10), period).verdict).toBe('falling');
		expect(shareTrend(shares(2, 3), period).verdict).toBe('steady');
		expect(
			shareTrend(
				shares(20, 22).filter((_, i) => i % 10 === 5),
				period
			).verdict
		).toBe('not_enough');
		expect(shareTrend([], period)).toMatchObject({ verdict: 'not_enough', change: null });
	});
});

describe('comparison', () => {
	const group = ({ id }: IncidentFacts) => (id.startsWith('a') ? 'A' : 'B');
	const both = (n: number, a: (i: number) => number | null, b: (i: number) => number | null) =>
		Array.from({ length: n }, (_, i) => [run(`a${i}`, i, a(i)), run(`b${i}`, i, b(i))]).flat();

	it('names a difference within the same scenario, and how large', () => {
		const found = compare(both(15, (i) => 60 + i, (i) => 20 + i / 2), ['A', 'B'], group, NOW); // prettier-ignore
		expect(found).toMatchObject({ verdict: 'different', blocks: 1, compared: 30, more: null });
		expect(found.ratio?.ratio).toBeLessThan(0.5);
		expect(found.sentence).toMatch(/^B: \d\.\d times as fast as a/);
	});
	it('says how many more would tell, and says no more', () => {
		const found = compare(both(3, (i) => 60 + 40 * i, (i) => 10 + 30 * i), ['A', 'B'], group, NOW); // prettier-ignore
		expect(found.verdict).toBe('not_enough');
		expect(found.sentence).toMatch(/^Not enough runs to tell; about \d+ more in each group would be\.$/);
	});
	it('says that there is none where one would have shown', () => {
		const found = compare(both(20, (i) => 60 + i, (i) => 60.5 + i), ['A', 'B'], group, NOW); // prettier-ignore
		expect(found.verdict).toBe('no_difference');
	});
	it('never compares what is not alike', () => {
		const rows = both(8, () => 60, () => 20).map((row, i) => ({ ...row, drill: drill({ scenario: i % 2 === 0 ? 'x' : 'y' }) })); // prettier-ignore
		const found = compare(rows, ['A', 'B'], group, NOW);
		expect(found).toMatchObject({ verdict: 'not_enough', blocks: 0, compared: 0, leftOut: 16, p: null, ratio: null });
		const hints = both(8, () => 60, () => 20).map((row, i) => ({ ...row, drill: drill({ hints: i % 2 }) })); // prettier-ignore
		expect(compare(hints, ['A', 'B'], group, NOW).compared).toBe(0);
	});
	it('counts the unresolved for as long as they were seen', () => {
		const found = compare(both(6, () => null, () => 20), ['A', 'B'], group, NOW); // prettier-ignore
		expect(found.groups).toMatchObject([
			{ unresolved: 6, median: null },
			{ unresolved: 0, median: 20 }
		]);
		expect(found.verdict).toBe('different');
	});
});

describe('practice', () => {
	it('is numbered by who has played the scenario before', () => {
		const rows = [
			run('1', 1, 9),
			run('2', 2, 9),
			run('3', 3, 9),
			run('4', 4, 9, { drill: drill({ scenario: 'other' }) })
		];
		const players: Record<string, string[]> = { 1: ['Ada'], 2: ['bo'], 3: ['ADA ', 'Cy'], 4: ['Ada'] };
		const numbered = numberAttempts(rows.toReversed(), ({ id }) => players[id] ?? []);
		expect(numbered.map(({ id, drill: of }) => [id, of?.attempt])).toEqual([['4', 1], ['3', 2], ['2', 1], ['1', 1]]); // prettier-ignore
	});
	it('is owed where incidents happened since it was last done', () => {
		const rows = [
			real('r1', 1, 9),
			run('d1', 10, 30),
			real('r2', 20, 9),
			real('r3', 30, 9, { services: ['cache'] }),
			real('r4', 40, 9, { causeClass: 'leak' })
		];
		expect(practiceDebt(rows)).toMatchObject([
			{ service: 'api', failureClass: 'leak', lastDrill: null, realSince: ['r4'] },
			{
				service: 'api',
				failureClass: 'change',
				lastDrill: { id: 'd1', sameService: true, minutes: 30 },
				realSince: ['r2'],
				realTotal: 2
			},
			{ service: 'cache', failureClass: 'change', lastDrill: { sameService: false }, realSince: ['r3'] }
		]);
	});
	it('transfers where the drilled action came sooner', () => {
		const tried = (day: number, minutes: number, name: string) => ({
			attempts: [{ name, startedAt: at(day) + minutes * 60_000, helped: true }]
		});
		const rows = [
			real('r1', 1, 60, tried(1, 40, 'Roll back the release')),
			run('d1', 10, 30, tried(10, 12, 'roll_back')),
			real('r2', 20, 30, tried(20, 15, 'Rollback')),
			run('d2', 50, 30, tried(50, 5, 'roll_back'))
		];
		const [second, first] = transfers(rows);
		expect(first).toMatchObject({
			verdict: 'sooner',
			action: 'roll_back',
			before: { id: 'r1' },
			next: { id: 'r2', byMitigation: false }
		});
		expect(second).toMatchObject({ drill: { id: 'd2' }, verdict: 'none_since' });
	});
	it('tells strain from five answers up, never before', () => {
		const answers = (...strain: number[]) => [
			run('1', 1, 9, { strain: strain.slice(0, 2) }),
			run('2', 2, 9, { strain: strain.slice(2) })
		];
		expect(strainOf(answers(1, 5, 2, 3))).toEqual({ shown: false, more: 1 });
		expect(strainOf(answers(1, 5, 2, 3, 4))).toMatchObject({ shown: true, answers: 5, mean: 3 });
	});
});

describe('actions and cost', () => {
	it('count what was closed, in time, overdue and proved', () => {
		const action = { title: 'x', completedAt: null, dueAt: at(50), proofIncidentId: null };
		const rows = [
			real('r1', 1, 9, {
				actions: [
					{ ...action, status: 'complete', completedAt: at(40), proofIncidentId: 'd' },
					{ ...action, status: 'complete', completedAt: at(60) },
					{ ...action, status: 'in_progress' },
					{ ...action, status: 'not_started', dueAt: at(95) }
				]
			})
		];
		expect(actionClosure(rows, NOW)).toMatchObject({
			total: 4,
			closed: { yes: 2, of: 4 },
			onTime: { yes: 1, of: 3 },
			overdue: [{ incident: 'r1' }],
			proved: { yes: 1, of: 2 }
		});
	});
	it('cost what the rates say, and at most that where nobody measured', () => {
		const rows = [
			real('r1', 1, 60, { impactMinutes: 10 }),
			real('r2', 2, 30, { times: { ...real('r2', 2, 30).times, impactStarted: at(2), mitigated: at(2) + 20 * 60_000 } })
		];
		const cost = costOf(rows, DEFAULT_SETTINGS.cost);
		expect(cost.measured).toEqual({
			lostSales: 56_000,
			lostWork: (10 / 60) * 125_000,
			total: 56_000 + (10 / 60) * 125_000
		});
		expect([cost.unmeasuredMinutes, cost.atMost.lostSales]).toEqual([20, 30 * 5600]);
	});
});

const OPTIONS = { period: { from: at(0), to: NOW }, settings: DEFAULT_SETTINGS, targets: targetsOf() };

describe('the improvement report', () => {
	const rows = [
		real('r0', -5, 10),
		real('r1', 10, 50, { postmortem: 'draft', escalated: true, detectedBy: 'customer' }),
		real('r2', 20, 20, { postmortem: 'published', escalated: false, detectedBy: 'alert' }),
		real('r3', 80, null, { severity: 'P2' }),
		run('d1', 30, 25, { strain: [1, 2, 3] })
	];

	it('has the form of the article', () => {
		const text = reportMarkdown(reportOf(rows, { ...OPTIONS, origin: 'real' }));
		for (const line of [
			'# Incident Response Improvement Report',
			'### Key Metrics (Last 90 Days)',
			'- P1: 35.0 min (Target: 30 min)',
			'- Mean Time Between Failures: 35 days',
			'- Escalation Rate: 50 % (1 of 2)',
			'### Top Improvement Opportunities',
			'#### 1. Immediate (This Week)',
			'Schedule post-mortem reviews for the overdue incident',
			'#### 3. Long-term (This Quarter)'
		]) {
			expect(text).toContain(line);
		}
		expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
	});
	it('looks back beyond the period for what came again, and counts only what is in it', () => {
		const [part] = reportOf(rows, { ...OPTIONS, origin: 'real' }).parts;
		expect(part?.figures.repeat.value).toMatchObject({ yes: 3, of: 3 });
		expect(part?.names).toHaveProperty('r0');
	});
	it('keeps practice and real apart, and carries nobody’s answers', () => {
		const report = reportOf(rows, { ...OPTIONS, origin: 'all' });
		expect(report.parts.map(({ origin, figures }) => [origin, figures.n])).toEqual([['real', 3], ['practice', 1]]); // prettier-ignore
		expect(report.overlay).toMatchObject([{ failureClass: 'change', real: { n: 3 }, practice: { n: 1 } }]);
		expect(JSON.stringify(report)).not.toContain('"strain":[');
		expect(JSON.parse(JSON.stringify(report))).toEqual(report);
	});
	it('says so where there is nothing', () => {
		const text = reportMarkdown(reportOf([], { ...OPTIONS, origin: 'all' }));
		expect(text).toContain('No real incident falls into this period.');
		expect(text).not.toMatch(/NaN|undefined|null/);
	});
});

describe('the page', () => {
	const rows = [
		real('r1', 10, 50),
		run('d1', 30, 25, { team: 'Blue' }),
		run('d2', 40, 25, { team: 'Red', services: ['db'] })
	];
	const filters: Filters = {
		days: 90,
		origin: 'all',
		team: '',
		service: '',
		severity: '',
		scenario: '',
		compare: 'none',
		date: ''
	};
	const page = (parts: Partial<Filters>) =>
		insightsOf(rows, { filters: { ...filters, ...parts }, now: NOW, settings: DEFAULT_SETTINGS, targets: targetsOf() });

	it.each<[Partial<Filters>, string[]]>([
		[{}, ['d2', 'd1', 'r1']],
		[{ days: 55 }, ['d2']],
		[{ days: null, origin: 'real' }, ['r1']],
		[{ team: 'Blue' }, ['d1']],
		[{ service: 'db' }, ['d2']],
		[{ severity: 'P3' }, []],
		[{ scenario: 'cache' }, ['d2', 'd1']]
	])('filters by %j', (parts, ids) => {
		expect(page(parts).incidents.map(({ id }) => id)).toEqual(ids);
	});
	it('compares what was chosen', () => {
		expect(page({ compare: 'teams' }).comparison?.result.groups.map(({ name, n }) => [name, n])).toEqual([['Blue', 1], ['Red', 1]]); // prettier-ignore
		expect(page({ compare: 'date', date: '2026-04-05' }).comparison).toMatchObject({ origin: 'practice' });
		expect(page({ compare: 'date', date: '' }).comparison).toBeNull();
	});
});

describe('words', () => {
	it.each([
		['90d', 90],
		['12w', 84],
		['48h', 2],
		['7', 7],
		['0d', null],
		['-3d', null],
		['soon', null]
	])('%s is %s days', (text, days) => expect(readDays(text)).toBe(days));
	it('are short, with their unit', () => {
		expect([30, 35.25, 200, 4000].map(minutesText)).toEqual(['30 min', '35.3 min', '3.3 h', '2.8 days']);
		expect(minutesRange({ low: 12, high: 47.5 })).toBe('12 to 47.5 min');
		expect([5600, 125_000, 2_500_000].map((value) => moneyText(value, 'EUR'))).toEqual(['€5,600', '€125 k', '€2.5 M']);
	});
});
