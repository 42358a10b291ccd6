import { z } from 'zod';
import { says, bytes, clockTime, duration, durationOrZero, quantity, ratio, slug, text } from './fields.schema.ts';

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
	method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).meta(says('HTTP method.', 'GET')),
	path: text.meta(says('Its path.', '/products/{sku}')),
	share: ratio.meta(says('Share of the service’s requests.', '70%')),
	slower: z.number().positive().default(1).meta(says('95th percentile, as a multiple of the service’s.', 1.3))
});

export const serviceSchema = z
	.strictObject({
		kind: z
			.enum(KINDS)
			.meta(
				says('What it is; decides what it is like on a quiet day. Of a vendor there are no pods and no metrics.', 'api')
			),
		about: text.default('').meta(says('What it is for.', 'Products, prices, pictures.')),
		replicas: z.number().int().positive().default(3).meta(says('Pods.', 6)),
		version: text.default('1.0.0').meta(says('What its pods run.', '11.4.0')),
		traffic: z.number().nonnegative().meta(says('Requests as a share of the topology’s load.', 0.55)),
		p95: duration.optional().meta(says('95th percentile of the latency; the kind’s unless given.', '90ms')),
		errors: ratio.optional().meta(says('Share of failures on a quiet day; the kind’s unless given.', '0.2%')),
		cpu: ratio.optional().meta(says('Use of the CPU limit; the kind’s unless given.', '45%')),
		memory: ratio.default(0.55).meta(says('Use of the memory limit.', '55%')),
		memory_limit: bytes.default(2 * 1024 ** 3).meta(says('Memory of a pod.', '2GiB')),
		cpu_limit: z.number().positive().default(2).meta(says('Cores of a pod.', 2)),
		noise: z
			.number()
			.min(0)
			.max(0.5)
			.optional()
			.meta(says('How much its metrics stray, as a relative sigma; the kind’s unless given.', 0.06)),
		runtime: z
			.enum(['jvm', 'go', 'node', 'python', 'native', 'none'])
			.default('go')
			.meta(says('What it is written in; decides which runtime metrics it has.', 'jvm')),
		endpoints: z.array(endpoint).default([]).meta(says('What callers ask for.')),
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
			.default(['http'])
			.meta(
				says('Exporters: which metrics it has beside the common ones (*What can be asked for*). `[]`: none.', [
					'http',
					'pool'
				])
			),
		pool: z
			.strictObject({
				name: text.meta(says('As the metrics call it.', 'orders')),
				size: z.number().int().positive().meta(says('Connections in it.', 20)),
				used: ratio.default(0.25).meta(says('Share in use on a quiet day.', '25%'))
			})
			.optional()
			.meta(says('Its pool of connections.')),
		max_connections: z.number().int().positive().optional().meta(says('Connections that a database takes.', 800)),
		baseline: z
			.record(text, quantity)
			.default({})
			.meta(says('Quiet values of further metrics.', { queue_depth: '40' }))
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
	format: z.literal(1).meta(says('Version of this format.', 1)),
	id: slug.meta(says('Its name, and that of its file.', 'shop')),
	about: text.meta(says('What kind of system it is.', 'An online shop.')),
	season: z
		.strictObject({
			peak: clockTime.meta(says('When it is busiest.', '20:00')),
			trough: clockTime.meta(says('When it is quietest.', '04:00')),
			ratio: z.number().min(1).meta(says('How many times the trough the peak is.', 7)),
			weekend: z.number().positive().meta(says('Traffic of a weekend against a weekday.', 1.25))
		})
		.meta(says('How traffic goes over the day and the week, in local time.')),
	load: z.number().positive().meta(says('Requests per second at the daily mean.', 2400)),
	namespace: slug.default('prod').meta(says('Namespace of its pods.', 'shop')),
	region: text.default('eu-west-1').meta(says('Where it stands.', 'eu-west-1')),
	services: z.record(slug, serviceSchema).meta(says('Its services by their names.')),
	dependencies: z
		.array(
			z.strictObject({
				from: slug.meta(says('Who calls.', 'checkout')),
				to: slug.meta(says('What is called.', 'orders-db')),
				errors: ratio.default(0.9).meta(says('Share of the callee’s failures that reach the caller’s callers.', '90%')),
				latency: z
					.number()
					.nonnegative()
					.default(1)
					.meta(
						says(
							'Share of the callee’s extra latency that the caller feels; more than 1 where it calls several times.',
							3
						)
					),
				delay: durationOrZero.default(5_000).meta(says('After how long it is felt.', '5s'))
			})
		)
		.meta(says('Who calls whom.'))
});

export type Topology = z.output<typeof topologySchema>;
export type Service = z.output<typeof serviceSchema>;
