// What a run's Prometheus says of itself. Nothing of the scenario: its very name would tell too much.

import { MOST_QUERY_MS } from '../queries/service.ts';
import { QUERY_LIMITS } from '../queries/answer.ts';
import { RULE_FILE } from './rules.ts';

/** The version whose behaviour is followed; Grafana and others look at it to know what they may ask. */
const VERSION = '3.5.0';

export const buildInfo = {
	version: VERSION,
	revision: 'muster',
	branch: 'muster',
	buildUser: 'muster',
	buildDate: '20260101-00:00:00',
	goVersion: 'none'
};

export function configYaml(jobs: readonly string[]): string {
	const scrapes = jobs.map((job) => `- job_name: ${job}\n  scrape_interval: 15s\n  scrape_timeout: 10s\n`).join('');
	return `# An exercise: these targets are simulated.
global:
  scrape_interval: 15s
  scrape_timeout: 10s
  evaluation_interval: 15s
rule_files:
- ${RULE_FILE}
scrape_configs:
${scrapes}`;
}

export const flags = {
	'config.file': '/etc/prometheus/prometheus.yml',
	'query.lookback-delta': '5m',
	'query.max-samples': String(QUERY_LIMITS.maxSamples),
	'query.timeout': `${MOST_QUERY_MS / 1000}s`,
	'query.max-points': String(QUERY_LIMITS.maxPoints),
	'web.enable-lifecycle': 'false',
	'web.enable-admin-api': 'false'
};

/** Times are epoch ms on the asker's clock. */
export function runtimeInfo({ startAt, now }: { startAt: number; now: number }): object {
	return {
		startTime: new Date(startAt).toISOString(),
		CWD: '/',
		hostname: 'muster',
		serverTime: new Date(now).toISOString(),
		reloadConfigSuccess: true,
		lastConfigTime: new Date(startAt).toISOString(),
		corruptionCount: 0,
		goroutineCount: 0,
		GOMAXPROCS: 0,
		GOMEMLIMIT: 0,
		GOGC: '',
		GODEBUG: '',
		storageRetention: '32d'
	};
}
