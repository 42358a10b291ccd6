import { z } from 'zod';
import { bytes, clockTime, duration, durationOrZero, quantity, ratio, slug, text } from './fields.schema.ts';

/** A topology file: the system that scenarios of one archetype break. */

const KINDS = [
	'vendor',
	'storage',
	'db',
	'cache',
	'queue',
	'observability',
	'network',
	'control',
	'job',
	'api'
] as const;

interface Baseline {
	/** 95th percentile of the latency in milliseconds. */
	p95: number;
	errors: number;
	cpu: number | undefined;
	/** Relative sigma. */
	noise: number;
}

/** What a service of a kind is like on a quiet day, where its author says nothing else. We do not see a vendor's CPU. */
export const KIND_BASELINES: Record<(typeof KINDS)[number], Baseline> = {
	vendor: { p95: 250, errors: 0.002, cpu: undefined, noise: 0.1 },
	storage: { p95: 60, errors: 0.0005, cpu: 0.2, noise: 0.06 },
	db: { p95: 4, errors: 0.0001, cpu: 0.45, noise: 0.05 },
	cache: { p95: 1, errors: 0.0001, cpu: 0.3, noise: 0.04 },
	queue: { p95: 8, errors: 0.0001, cpu: 0.25, noise: 0.08 },
	observability: { p95: 120, errors: 0.001, cpu: 0.4, noise: 0.06 },
	network: { p95: 15, errors: 0.0005, cpu: 0.35, noise: 0.05 },
	control: { p95: 60, errors: 0.0005, cpu: 0.3, noise: 0.07 },
	job: { p95: 2_000, errors: 0.003, cpu: 0.4, noise: 0.15 },
	api: { p95: 180, errors: 0.002, cpu: 0.45, noise: 0.06 }
};

const endpoint = z.strictObject({
	method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
	path: text,
	/** Share of the service's requests. */
	share: ratio,
	/** 95th percentile, as a multiple of the service's. */
	slower: z.number().positive().default(1)
});

export const serviceSchema = z
	.strictObject({
		kind: z.enum(KINDS),
		about: text.default(''),
		replicas: z.number().int().positive().default(3),
		version: text.default('1.0.0'),
		/** Requests as a share of the topology's load. */
		traffic: z.number().nonnegative(),
		/** 95th percentile of the latency, share of failures, use of the CPU limit: the kind's unless given. */
		p95: duration.optional(),
		errors: ratio.optional(),
		cpu: ratio.optional(),
		memory: ratio.default(0.55),
		memory_limit: bytes.default(2 * 1024 ** 3),
		cpu_limit: z.number().positive().default(2),
		/** Relative sigma of the noise; the kind's unless given. */
		noise: z.number().min(0).max(0.5).optional(),
		runtime: z.enum(['jvm', 'go', 'node', 'python', 'native', 'none']).default('go'),
		endpoints: z.array(endpoint).default([]),
		/** Exporters beside the common ones. */
		exports: z
			.array(
				z.enum([
					'http',
					'pool',
					'threadpool',
					'postgres',
					'mysql',
					'redis',
					'cache',
					'queue',
					'kafka',
					'dns',
					'tls',
					'batch',
					'node',
					'business'
				])
			)
			.default(['http']),
		pool: z.strictObject({ name: text, size: z.number().int().positive(), used: ratio.default(0.25) }).optional(),
		max_connections: z.number().int().positive().optional(),
		/** Baselines of metrics that the kind does not give. */
		baseline: z.record(text, quantity).default({})
	})
	.transform((service) => {
		const usual = KIND_BASELINES[service.kind];
		return {
			...service,
			p95: service.p95 ?? usual.p95,
			errors: service.errors ?? usual.errors,
			cpu: service.cpu ?? usual.cpu,
			noise: service.noise ?? usual.noise
		};
	});

export const topologySchema = z.strictObject({
	format: z.literal(1),
	id: slug,
	about: text,
	/** Local hour of peak and trough, how many times the trough the peak is, weekend factor. */
	season: z.strictObject({
		peak: clockTime,
		trough: clockTime,
		ratio: z.number().min(1),
		weekend: z.number().positive()
	}),
	/** Requests per second at the daily mean. */
	load: z.number().positive(),
	namespace: slug.default('prod'),
	region: text.default('eu-west-1'),
	services: z.record(slug, serviceSchema),
	dependencies: z.array(
		z.strictObject({
			from: slug,
			to: slug,
			/** Share of the callee's failures that reach the caller's callers. */
			errors: ratio.default(0.9),
			/** Share of the callee's extra latency that the caller feels. */
			latency: z.number().nonnegative().default(1),
			delay: durationOrZero.default(5_000)
		})
	)
});

export type Topology = z.output<typeof topologySchema>;
export type Service = z.output<typeof serviceSchema>;
