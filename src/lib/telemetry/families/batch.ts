import { baselineOf } from '../../world/index.ts';
import { counter, level, type Exporter, type Instrument, type Site } from '../collect/instrument.ts';
import { serviceLabels, stem } from '../collect/labels.ts';

/** Jobs that run on a schedule, and builds. */

/** How often a job runs unless its baseline `every_minutes` says so. */
const USUAL_EVERY_MIN = 5;
const BUILDS_PER_MINUTE = 1.5;

function job(site: Site): Instrument {
	const everyS = (site.service.baseline.every_minutes ?? USUAL_EVERY_MIN) * 60;
	return {
		id: 'batch',
		scope: 'service',
		counts: 'living',
		alike: 'version',
		columns: [
			counter('batch_job_failures_total'),
			counter('batch_job_runs_total'),
			level('batch_last_success_timestamp_seconds')
		],
		labels: serviceLabels(site, stem(site.name)),
		bind(truth) {
			const errors = truth.metric(site.name, 'errors');
			const quiet = baselineOf(truth.world, site.name, 'errors');
			return (t, out) => {
				// What fails on a quiet day is tried again and does not count as a failed run.
				const failed = Math.max(0, Math.min(1, errors(t)) - quiet * 2);
				out[0] = failed / everyS;
				out[1] = 1 / everyS;
				out[2] = lastSuccess(errors, everyS, t);
			};
		}
	};
}

/** Start of the last run that mostly succeeded, in seconds on the simulated clock; looks back a day at most. */
function lastSuccess(errors: (tMs: number) => number, everyS: number, tMs: number): number {
	let run = Math.floor(tMs / 1000 / everyS) * everyS;
	for (let i = 0; i < 288 && errors(run * 1000) > 0.5; i += 1) run -= everyS;
	return run;
}

function builds(site: Site): Instrument {
	return {
		id: 'ci',
		scope: 'service',
		counts: 'living',
		alike: 'version',
		columns: [counter('ci_builds_total', { result: 'passed' }), counter('ci_builds_total', { result: 'failed' })],
		labels: serviceLabels(site, site.name),
		bind(truth) {
			const errors = truth.metric(site.name, 'errors');
			const traffic = truth.metric(site.name, 'traffic');
			return (t, out) => {
				const rate = (BUILDS_PER_MINUTE / 60) * traffic(t);
				const failed = Math.min(1, errors(t) + 0.06);
				out[0] = rate * (1 - failed);
				out[1] = rate * failed;
			};
		}
	};
}

export const batch: Exporter = {
	comesWith: '`exports: [batch]`',
	families: [
		{ name: 'batch_job_failures_total', type: 'counter', help: 'Runs of a job that failed.', unit: 'runs' },
		{ name: 'batch_job_runs_total', type: 'counter', help: 'Runs of a job.', unit: 'runs' },
		{
			name: 'batch_last_success_timestamp_seconds',
			type: 'gauge',
			help: 'When the job last succeeded.',
			unit: 'seconds'
		},
		{ name: 'ci_builds_total', type: 'counter', help: 'Builds by result.', unit: 'builds' }
	],
	attach(site) {
		if (!site.service.exports.includes('batch')) return [];
		return /(^|-)ci($|-)/.test(site.name) ? [builds(site)] : [job(site)];
	}
};
