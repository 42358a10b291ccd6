/** What the evaluator promises, in the language of the public suite and in scripts of our own. */
import { describe, expect, it } from 'vitest';
import { runPromqlTest } from './run.ts';

const scripts: Record<string, string> = {
	'a sample counts for five minutes, and not at its end': `
load 10m
  m 1 2

eval instant at 4m59s m
  m 1

eval instant at 5m m

eval instant at 10m m
  m 2

eval instant at 14m59s999ms m
  m 2
`,
	'a stale marker ends a series at once': `
load 15s
  m 1 2 stale _ 5
  n 1 stale _ _ _

eval instant at 15s m
  m 2

eval instant at 30s m

eval instant at 45s m

eval instant at 1m m
  m 5

# Markers are not samples.
eval instant at 1m count_over_time(m[2m])
  {} 3

eval instant at 1m count_over_time(n[46s])

eval range from 0 to 1m step 15s m
  m 1 2 _ _ 5
`,
	'ranges leave out their left end': `
load 1m
  m 0+1x10

eval instant at 10m count_over_time(m[5m])
  {} 5

eval instant at 10m count_over_time(m[5m1ms])
  {} 6

eval instant at 10m m[2m]
  expect range vector from 9m to 10m step 1m
  m 9 10

eval instant at 10m sum_over_time(m[2m] offset 5m)
  {} 9

eval instant at 10m sum_over_time(m[2m] offset -5m)
  
eval instant at 5m sum_over_time(m[2m] offset -5m)
  {} 19
`,
	'rates extrapolate to the ends of the range': `
load 15s
  a_total 0+15x20
  late_total _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ 100+15x4
  reset_total 0+15x9 0+15x10

eval instant at 5m rate(a_total[1m])
  {} 1

eval instant at 5m increase(a_total[1m])
  {} 60

# Only half an interval past the first sample, since the series begins inside the range: 60 / 60 * (60 + 7.5) / 300.
eval instant at 5m rate(late_total[5m])
  {} 0.225

# Two samples are needed.
eval instant at 5m rate(a_total[15s])

eval instant at 5m rate(a_total[16s])
  {} 1

eval instant at 5m rate(a_total[31s])
  {} 1

eval instant at 5m resets(reset_total[5m])
  {} 1

eval instant at 5m rate(a_total[1m])
  expect no_info
  {} 1

eval instant at 5m rate(up[1m])

load 15s
  up 1+1x20

eval instant at 5m rate(up[1m])
  expect info msg: PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "up" (1:6)
  {} 0.06666666666666667
`,
	'subqueries run at multiples of their step': `
load 10s
  m 0+1x100

eval instant at 105s m[20s:10s]
  expect range vector from 90s to 100s step 10s
  m 9 10

eval instant at 100s m[20s:10s]
  expect range vector from 90s to 100s step 10s
  m 9 10

eval instant at 1000s sum_over_time(m[1m:])
  {} 96

eval instant at 1000s max_over_time(rate(m[30s])[2m:10s])
  {} 0.1

eval instant at 500s sum_over_time(m[30s:10s] offset 100s)
  {} 117

eval range from 100s to 120s step 10s sum_over_time(m[20s:10s])
  {} 19 21 23

# Inside, the steps are those of the subquery.
eval instant at 100s sum_over_time(vector(time())[30s:10s])
  {} 270
`,
	'negative times are times like others': `
load 10s
  m 0+1x10

eval range from -20s to 20s step 10s m
  m _ _ 0 1 2

eval instant at 10s count_over_time(m[1m:10s])
  {} 2
`,
	'names leave with values that are no longer theirs': `
load 1m
  m_total{a="x"} 0+60x10
  n_total{a="y"} 0+120x10

eval instant at 10m last_over_time(m_total[5m])
  m_total{a="x"} 600

eval instant at 10m m_total > 1
  m_total{a="x"} 600

eval instant at 10m m_total > bool 1
  {a="x"} 1

eval instant at 10m m_total + 1
  {a="x"} 601

eval instant at 10m abs(m_total)
  {a="x"} 600

eval instant at 10m topk(1, m_total)
  m_total{a="x"} 600

eval instant at 10m m_total and m_total
  m_total{a="x"} 600

eval instant at 10m sum by (__name__) (m_total)
  m_total 600

# Until the end of the query they can still be read.
eval instant at 10m label_replace(rate({a=~".+"}[5m]), "was", "$1", "__name__", "(.+)_total")
  {a="x", was="m"} 1
  {a="y", was="n"} 2

eval instant at 10m label_replace(rate(m_total[5m]), "__name__", "rate_$1", "__name__", "(.+)")
  rate_m_total{a="x"} 1

eval instant at 10m sum by (__name__) (rate({a=~".+"}[5m])) > 1.5
  {} 2

eval instant at 10m sum by (__name__) (rate({a=~".+"}[5m]))
  expect fail msg: vector cannot contain metrics with the same labelset
`,
	'matching says what it will not match': `
load 1m
  a{x="1", y="1"} 1
  a{x="1", y="2"} 2
  b{x="1"} 10
  c{x="1", z="1"} 1
  c{x="1", z="2"} 2

eval instant at 0 a * on (x) b
  expect fail msg: multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)

eval instant at 0 a * on (x) group_left b
  {x="1", y="1"} 10
  {x="1", y="2"} 20

eval instant at 0 b * on (x) group_right a
  {x="1", y="1"} 10
  {x="1", y="2"} 20

eval instant at 0 a * on (x) group_left c
  expect fail msg: found duplicate series for the match group {x="1"} on the right hand-side of the operation: [{__name__="c", x="1", z="1"}, {__name__="c", x="1", z="2"}];many-to-many matching not allowed: matching labels must be unique on one side

eval instant at 0 a * ignoring (y) group_left (y) b
  expect fail msg: multiple matches for labels: grouping labels must ensure unique matches

eval instant at 0 a - on (x, y) a
  {x="1", y="1"} 0
  {x="1", y="2"} 0

eval instant at 0 a == on (x, y) a
  {x="1", y="1"} 1
  {x="1", y="2"} 2
`,
	'a missing side can be filled in': `
load 1m
  errors{pod="a"} 1
  total{pod="a"} 10
  total{pod="b"} 20
  lost{pod="c"} 3

eval instant at 0 errors / total
  {pod="a"} 0.1

eval instant at 0 errors / fill_left (0) total
  {pod="a"} 0.1
  {pod="b"} 0

eval instant at 0 total + fill (0) lost
  {pod="a"} 10
  {pod="b"} 20
  {pod="c"} 3

eval instant at 0 lost > fill_right (1) total
  lost{pod="c"} 3

eval instant at 0 nothing + fill_left (5) lost
  {pod="c"} 8
`,
	'anchored and smoothed ranges do not extrapolate': `
load 1m
  m_total 0+60x4 0+60x5

eval instant at 150s increase(m_total[1m] anchored)
  {} 60

eval instant at 150s increase(m_total[1m] smoothed)
  {} 60

eval instant at 2m rate(m_total[1m] anchored)
  {} 1

# Past the reset at 5m the counter rose by 60, and before it by 60.
eval instant at 6m increase(m_total[3m] anchored)
  {} 120

eval instant at 90s m_total smoothed
  m_total 90

eval instant at 6m changes(m_total[2m] anchored)
  {} 2

eval instant at 6m avg_over_time(m_total[2m] anchored)
  expect fail msg: anchored modifier can only be used with: changes, delta, increase, rate, resets - not with avg_over_time
`,
	'durations can be computed': `
load 1m
  m 0+1x20

eval instant at 10m count_over_time(m[2m + 3m])
  {} 5

eval instant at 10m count_over_time(m[5m * 2 - 2m])
  {} 8

eval instant at 10m m offset (1m + 1m)
  m 8

eval instant at 10m m offset -(2m)
  m 12

# A sign binds less than a power, as it does in queries.
eval instant at 10m m offset (-2 ^ 2 * 1m)
  m 14

eval range from 10m to 14m step 2m count_over_time(m[step()])
  {} 2 2 2

eval range from 10m to 14m step 2m count_over_time(m[max(step(), 3m)])
  {} 3 3 3

eval range from 10m to 14m step 2m count_over_time(m[range()])
  {} 4 4 4

eval instant at 10m count_over_time(m[step()])
  expect fail msg: duration must be greater than 0
`,
	'info adds what is known of a target': `
load 1m
  m{instance="a", job="j"} 1
  m{instance="b", job="j"} 2
  target_info{instance="a", job="j", version="7", region="eu"} 1
  build_info{instance="a", job="j", commit="c0ffee"} 1

eval instant at 0 info(m)
  m{instance="a", job="j", version="7", region="eu"} 1
  m{instance="b", job="j"} 2

eval instant at 0 info(m, {version=~".+"})
  m{instance="a", job="j", version="7"} 1

eval instant at 0 info(m, {__name__="build_info"})
  m{instance="a", job="j", commit="c0ffee"} 1
  m{instance="b", job="j"} 2
`,
	'classic histograms are read by their buckets': `
load 1m
  d_bucket{le="0.1"} 0+1x5
  d_bucket{le="0.5"} 0+3x5
  d_bucket{le="+Inf"} 0+4x5

eval instant at 5m histogram_quantile(0.5, d_bucket)
  {} 0.3

eval instant at 5m histogram_quantile(0.9, d_bucket)
  {} 0.5

eval instant at 5m histogram_fraction(0.1, 0.5, d_bucket)
  {} 0.5

eval instant at 5m histogram_quantile(2, d_bucket)
  expect warn msg: PromQL warning: quantile value should be between 0 and 1, got 2 (1:20)
  {} +Inf

eval instant at 5m histogram_quantile(0.5, d_bucket{le="0.1"})
  {} NaN

clear

load 1m
  e_bucket{le="1"} 5
  e_bucket{le="2"} 3
  e_bucket{le="+Inf"} 10

eval instant at 0 histogram_quantile(0.5, e_bucket)
  expect info msg: PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile) for metric name "e_bucket", from buckets 2 to 2, with a max diff of 2, over 1 samples from 1970-01-01T00:00:00Z to 1970-01-01T00:00:00Z (1:25)
  {} 1
`,
	'start times tell where a counter began anew': `
load 1m
  grew_total{how="unknown"} 10 20 30 40 50 60
  grew_total{how="anew each time"}@st 1s-1mx5
  grew_total{how="anew each time"} 10 20 30 40 50 60
  once_total@st _ _ _ _ -30s
  once_total _ _ _ _ 7

eval instant at 5m resets(grew_total[6m])
  {how="unknown"} 0
  {how="anew each time"} 1

# One sample is enough where its counter is known to have begun inside the range.
eval instant at 5m increase(once_total[5m])
  {} 7

eval instant at 5m increase(once_total[5m:1m])
  {} 0
`,
	'types and units go with the name': `
load 1m
  a_total{__type__="counter", __unit__="s", x="1"} 1
  b_total{__type__="gauge", x="1"} 2

eval instant at 0 a_total
  a_total{__type__="counter", __unit__="s", x="1"} 1

eval instant at 0 a_total + b_total
  {x="1"} 3

eval instant at 0 sum without (x) (b_total)
  {} 2

eval instant at 0 sum by (__type__) (b_total)
  {__type__="gauge"} 2
`,
	'labels in other scripts and in quotes': `
load 1m
  {"http.requests", "service.name"="käse"} 3

eval instant at 0 {"http.requests"}
  {"http.requests", "service.name"="käse"} 3

eval instant at 0 sum by ("service.name") ({"http.requests"})
  {"service.name"="käse"} 3
`
};

describe('semantics', () => {
	it.each(Object.entries(scripts))('%s', (_name, script) => {
		const report = runPromqlTest(script);
		expect(report.failed).toEqual([]);
		expect(report.passed).toBeGreaterThan(1);
	});
});

describe('the interpreter', () => {
	it('reports what does not hold, with its line', () => {
		const report = runPromqlTest(
			[
				'load 1m',
				'  m 1 {{schema:0 count:1}} 3',
				'',
				'eval instant at 0 m',
				'  m 2',
				'',
				'eval instant at 1m m',
				'  m 1',
				'',
				'eval instant at 2m m',
				'  expect warn',
				'  m 3',
				'',
				'evaluate m',
				'',
				'eval instant at 0 m +',
				'',
				'eval_fail instant at 0 m',
				'',
				'eval range from 0 to 1m step 1m vector(1)',
				'  {} 1 1'
			].join('\n')
		);
		expect(report.passed).toBe(1);
		expect(report.skipped).toEqual([{ line: 7, message: 'selects a native histogram: m' }]);
		expect(report.failed.map(({ line, message }) => `${line}: ${message}`)).toEqual([
			'4: m: expected 2 for m{} but got 1',
			'10: m: expected warning, got none',
			'14: unknown command: evaluate m',
			'16: m +: 1:4: unexpected end of input, expected an expression',
			'18: m: expected to fail, but succeeded'
		]);
	});
});
