import { evaluateInstant, parse, type Query, type Queryable } from '../promql/index.ts';
import { baselineOf, type World } from '../world/index.ts';
import { QUERIES } from './panel-queries.ts';
import type { ServiceHealth } from './types.ts';

/** Health of every service as anybody could read it off the metrics; nothing here knows the truth. */

const READ = {
	traffic: QUERIES.traffic,
	errors: QUERIES.errors,
	p95: QUERIES.p95,
	cpu: QUERIES.cpu,
	memory: QUERIES.memoryOfWorst,
	up: QUERIES.up,
	pool: QUERIES.poolAvailable,
	sessions: QUERIES.sessionShare,
	threads: QUERIES.threadpool,
	cacheHits: QUERIES.cacheHits,
	redisHits: QUERIES.redisHits,
	statements: QUERIES.statementTime,
	queueAge: QUERIES.queueAge,
	disk: QUERIES.disk,
	probes: QUERIES.probes
} as const;

type Reading = keyof typeof READ;
type Readings = Partial<Record<Reading, number>>;

/** Failures in a minute from which on their share says something. */
const FEWEST_FAILURES = 3;

interface Finding {
	level: 'ok' | 'warn' | 'bad';
	/** How far past its limits, to tell the worst of several. */
	weight: number;
	words: string;
}

export class HealthReader {
	readonly #queries: [Reading, Query][] = [];

	constructor(readonly world: World) {
		for (const [reading, text] of Object.entries(READ) as [Reading, string][]) {
			const parsed = parse(text);
			if (!parsed.ok) throw new Error(`health query ${reading}: ${parsed.error.message}`);
			this.#queries.push([reading, parsed.value]);
		}
	}

	read(queryable: Queryable, nowMs: number): ServiceHealth[] {
		const services = new Map<string, Readings>();
		for (const name of Object.keys(this.world.compiled.services)) services.set(name, {});
		for (const [reading, query] of this.#queries) {
			const result = evaluateInstant(query, queryable, nowMs);
			if (!result.ok || result.value.value.type !== 'vector') continue;
			for (const { labels, value } of result.value.value.samples) {
				const readings = services.get(labels.service ?? '');
				if (readings !== undefined && Number.isFinite(value)) readings[reading] = value;
			}
		}
		return [...services].map(([service, readings]) => this.#judge(service, readings));
	}

	#judge(service: string, readings: Readings): ServiceHealth {
		const findings = this.#findings(service, readings).sort((a, b) => b.weight - a.weight);
		const known = Object.keys(readings).length > 0;
		const worst = findings.filter((finding) => finding.level !== 'ok');
		const level = worst.some((finding) => finding.level === 'bad')
			? 'bad'
			: worst.length > 0
				? 'warn'
				: known
					? 'ok'
					: 'unknown';
		const shown = (worst.length > 0 ? worst : findings).slice(0, 2).map((finding) => finding.words);
		return {
			service,
			level,
			note: known ? shown.join(' · ') || 'as usual' : 'nothing is measured here',
			requestsPerSecond: readings.traffic ?? null,
			errorRatio: readings.errors ?? null,
			p95Ms: readings.p95 === undefined ? null : readings.p95 * 1000
		};
	}

	#findings(service: string, readings: Readings): Finding[] {
		const usual = (metric: string) => baselineOf(this.world, service, metric);
		const found: Finding[] = [];
		const above = (value: number | undefined, warn: number, bad: number, words: (value: number) => string) => {
			if (value === undefined) return;
			const level = value > bad ? 'bad' : value > warn ? 'warn' : 'ok';
			found.push({
				level,
				weight: level === 'ok' ? value / warn : value / warn + (level === 'bad' ? 10 : 1),
				words: words(value)
			});
		};
		const below = (value: number | undefined, warn: number, bad: number, words: (value: number) => string) => {
			if (value === undefined) return;
			const level = value < bad ? 'bad' : value < warn ? 'warn' : 'ok';
			const weight = level === 'ok' ? 0 : 1 - value / Math.max(warn, 1e-9) + (level === 'bad' ? 10 : 1);
			found.push({ level, weight, words: words(value) });
		};
		const percent = (value: number) => `${(value * 100).toFixed(value < 0.0995 ? 1 : 0)} %`;
		// One failure of a handful of requests is no trend.
		const failures = (readings.errors ?? 0) * (readings.traffic ?? 0) * 60;
		above(
			failures < FEWEST_FAILURES ? undefined : readings.errors,
			Math.max(0.01, 5 * usual('errors')),
			Math.max(0.05, 20 * usual('errors')),
			(v) => `5xx ${(v * 100).toFixed(1)} %`
		);
		const wanted = this.world.compiled.services[service]?.traffic ?? 0;
		if (wanted > 0) below(readings.traffic, 1e-3, 1e-4, () => 'no requests arrive');
		const p95S = usual('latency') / 1000;
		above(readings.p95, 2 * p95S, 4 * p95S, (v) => `p95 ${seconds(v)}`);
		above(readings.memory, 0.85, 0.92, (v) => `memory ${percent(v)}`);
		above(readings.cpu, 0.8, 0.93, (v) => `CPU ${percent(v)}`);
		above(readings.sessions, 0.85, 0.95, (v) => `connections ${percent(v)} of the maximum`);
		above(readings.threads, 0.85, 0.95, (v) => `worker threads ${percent(v)} busy`);
		above(readings.disk, 0.85, 0.95, (v) => `disk ${percent(v)}`);
		const statementS = Math.max(0.004, usual('latency') / 1000);
		above(readings.statements, 3 * statementS, 10 * statementS, (v) => `statements ${seconds(v)}`);
		above(
			readings.queueAge,
			Math.max(60, (20 * usual('queue_age')) / 1000),
			Math.max(600, (100 * usual('queue_age')) / 1000),
			(v) => `oldest message ${seconds(v)}`
		);
		const size = this.world.compiled.services[service]?.pool?.size ?? 0;
		below(readings.pool, size * 0.12, 0.5, (v) =>
			v < 0.5 ? 'no free connections' : `${Math.round(v)} of ${size} connections free`
		);
		const hits = usual('hit_ratio');
		below(readings.cacheHits ?? readings.redisHits, hits * 0.85, hits * 0.6, (v) => `cache hits ${percent(v)}`);
		below(readings.up, 0.999, 0.5, (v) => (v <= 0 ? 'no pod answers' : `${percent(1 - v)} of pods do not answer`));
		below(readings.probes, 0.8, 0.5, (v) => `probes from outside ${percent(v)}`);
		return found;
	}
}

function seconds(value: number): string {
	if (value < 1) return `${Math.round(value * 1000)} ms`;
	return value < 100 ? `${value.toFixed(1)} s` : `${Math.round(value / 60)} min`;
}
