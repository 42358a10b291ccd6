// Every figure beside what R and Python make of the same values. How those were made stands in fixtures/make.R and make.py.

import { describe, expect, it } from 'vitest';
import { bootstrap, intervals } from './bootstrap.ts';
import { ascending, deviation, mean, quantile } from './describe.ts';
import { chiSquareTail, studentQuantile, studentTwoSided } from './distributions.ts';
import python from './fixtures/python.json' with { type: 'json' };
import r from './fixtures/r.json' with { type: 'json' };
import { logRank, type Grouped } from './log-rank.ts';
import { differenceOfShares, wilson } from './proportion.ts';
import { seeded } from './random.ts';
import { blockedRatio, neededPerGroup } from './ratio.ts';
import { kaplanMeier, medianSurvival } from './survival.ts';
import { theilSen } from './trend.ts';

const NINE = 1e-9;

/** To 1e-9, of the value's own size where that is above one. */
function near(actual: number | null | undefined, expected: number | null): void {
	if (expected === null) expect(actual).toBeNull();
	else expect(Math.abs((actual ?? NaN) - expected)).toBeLessThanOrEqual(NINE * Math.max(1, Math.abs(expected)));
}
function allNear(actual: readonly (number | null)[], expected: readonly (number | null)[]): void {
	expect(actual).toHaveLength(expected.length);
	expected.forEach((value, i) => near(actual[i], value));
}

describe('quantiles, mean and deviation', () => {
	it('agree with R, type 7', () => {
		const { values, p, expected, mean: centre, sd } = r.quantiles;
		allNear(
			p.map((share) => quantile(values, share)),
			expected
		);
		near(mean(values), centre);
		near(deviation(values), sd);
	});
	it.each(python.described)('agree with Python of $values', (known) => {
		const sorted = ascending(known.values);
		near(mean(sorted), known.mean);
		near(quantile(sorted, 0.5), known.median);
		near(quantile(sorted, 0.95), known.p95);
		near(quantile(sorted, 0.9), known.p90);
		near(quantile(sorted, 0.25), known.p25);
		near(deviation(sorted), known.deviation);
	});
	it('are null of nothing', () => {
		expect([mean([]), quantile([], 0.5), deviation([1])]).toEqual([null, null, null]);
	});
});

describe('distributions', () => {
	it('have the tails that R gives', () => {
		allNear(
			r.chiSquare.x.map((x, i) => chiSquareTail(x, r.chiSquare.df[i] ?? 1)),
			r.chiSquare.p
		);
		allNear(
			r.student.df.map((df) => studentTwoSided(1.7, df)),
			r.student.p
		);
		allNear(
			r.student.df.map((df) => studentQuantile(0.05, df)),
			r.student.t
		);
	});
	it('are right in their tails to their own size', () => {
		r.chiSquare.p.forEach((p, i) => {
			expect(chiSquareTail(r.chiSquare.x[i] ?? 0, r.chiSquare.df[i] ?? 1) / p).toBeCloseTo(1, 9);
		});
	});
});

describe('Kaplan-Meier', () => {
	it.each(r.curves.map((curve, index) => ({ index, curve })))('agrees with survfit, curve $index', ({ curve }) => {
		const points = kaplanMeier(curve.minutes.map((minutes, i) => ({ minutes, ended: curve.ended[i] === 1 })));
		allNear(points.map(({ minutes }) => minutes), curve.time); // prettier-ignore
		allNear(points.map(({ survival }) => survival), curve.survival); // prettier-ignore
		allNear(points.map(({ atRisk }) => atRisk), curve.atRisk); // prettier-ignore
		allNear(points.map(({ low }) => low), curve.low); // prettier-ignore
		allNear(points.map(({ high }) => high), curve.high); // prettier-ignore
		const { median, low, high } = medianSurvival(points);
		allNear([median, low, high], [curve.median, curve.medianLow, curve.medianHigh]);
	});
	it('is empty of nothing', () => expect(kaplanMeier([])).toEqual([]));
});

describe('log-rank', () => {
	const rows = (group: number[], block: (i: number) => string): Grouped[] =>
		r.minutes.map((minutes, i) => ({ minutes, ended: r.ended[i] === 1, group: group[i] ?? 0, block: block(i) }));
	it.each([
		['two groups', rows(r.group, () => ''), 2, r.logRank],
		['two groups within blocks', rows(r.group, (i) => r.block[i] ?? ''), 2, r.stratified],
		['three groups', rows(r.three, () => ''), 3, r.threeGroups],
		['three groups within blocks', rows(r.three, (i) => (i % 2 === 1 ? 'even' : 'odd')), 3, r.threeStratified]
	] as const)('agrees with survdiff: %s', (_title, given, groups, expected) => {
		const found = logRank(given, groups);
		near(found?.chiSquare, expected.chiSquare);
		near(found?.p, expected.p);
		allNear(found?.observed ?? [], expected.observed);
		allNear(found?.expected ?? [], expected.expected);
	});
	it('says nothing of groups that never meet', () => {
		expect(
			logRank(
				rows(r.group, (i) => String(r.group[i])),
				2
			)
		).toBeNull();
		expect(logRank([], 2)).toBeNull();
	});
});

describe('the ratio within blocks', () => {
	const rows = r.minutes.map((minutes, i) => ({
		minutes,
		group: r.group[i] === 1 ? (1 as const) : (0 as const),
		block: r.block[i] ?? ''
	}));
	it('agrees with lm', () => {
		const found = blockedRatio(rows);
		near(found?.ratio, r.ratio.ratio);
		near(found?.low, r.ratio.low);
		near(found?.high, r.ratio.high);
		near(found?.deviation, r.ratio.deviation);
		expect(found?.df).toBe(r.ratio.df);
	});
	it('is null where the groups never meet in a block', () => {
		expect(blockedRatio(rows.map((row) => ({ ...row, block: String(row.group) })))).toBeNull();
	});
	it('needs four times as many for twice the spread', () => {
		expect(neededPerGroup(1, 1.5) / neededPerGroup(0.5, 1.5)).toBeCloseTo(4, 1);
	});
});

describe('bootstrap intervals', () => {
	it('draw the numbers that Python draws', () => {
		const random = seeded(python.random.seed);
		expect(python.random.first.map(() => random())).toEqual(python.random.first);
	});
	it.each(python.bootstrap)('agree with Python, $rounds rounds', ({ values, rounds, seed, expected }) => {
		const found = bootstrap(ascending(values), ['mean', 0.5, 0.95], rounds, seed);
		[expected.mean, expected.median, expected.p95].forEach((interval, i) => {
			near(found[i]?.low, interval.low);
			near(found[i]?.high, interval.high);
		});
	});
	it('hold the figure, and are none below five values', () => {
		const many = ascending(Array.from({ length: 2000 }, (_, i) => (i * 7919) % 2003));
		const [ofMean, ofMedian] = intervals(many, ['mean', 0.5]);
		const median = quantile(many, 0.5) ?? 0;
		expect(ofMean && ofMean.low < (mean(many) ?? 0) && (mean(many) ?? 0) < ofMean.high).toBe(true);
		expect(ofMedian && ofMedian.low <= median && median <= ofMedian.high).toBe(true);
		expect(intervals(ascending([3, 4, 5, 9]), ['mean'])).toEqual([null]);
	});
});

describe('Theil–Sen and Mann–Kendall', () => {
	it.each(python.slopes.map((known, index) => ({ index, known })))('agree with SciPy, $index', ({ known }) => {
		const found = theilSen(known.x.map((x, i) => ({ x, y: known.y[i] ?? 0 })));
		near(found?.slope, known.slope);
		near(found?.low, known.low);
		near(found?.high, known.high);
		near(found?.p, known.p);
	});
	it('is null where there is no time between the points', () => {
		expect(theilSen([{ x: 1, y: 1 }, { x: 1, y: 2 }, { x: 1, y: 3 }])).toBeNull(); // prettier-ignore
		expect(theilSen([{ x: 1, y: 1 }, { x: 2, y: 2 }])).toBeNull(); // prettier-ignore
	});
});

describe('shares', () => {
	it('have the intervals of prop.test', () => {
		r.wilson.yes.forEach((yes, i) => {
			const found = wilson(yes, r.wilson.of[i] ?? 0);
			near(found?.low, r.wilson.low[i] ?? 0);
			near(found?.high, r.wilson.high[i] ?? 0);
		});
		expect(wilson(0, 0)).toBeNull();
	});
	it.each(python.shares)('differ as Newcombe says, $difference', (known) => {
		const found = differenceOfShares(known.first, known.second);
		near(found?.difference, known.difference);
		near(found?.low, known.low);
		near(found?.high, known.high);
	});
});
