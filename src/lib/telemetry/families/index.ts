import type { Exporter } from '../collect/instrument.ts';
import { batch } from './batch.ts';
import { business } from './business.ts';
import { cache } from './cache.ts';
import { container } from './container.ts';
import { dns } from './dns.ts';
import { http } from './http.ts';
import { jvm } from './jvm.ts';
import { kubernetes } from './kubernetes.ts';
import { monitoring } from './monitoring.ts';
import { mysql } from './mysql.ts';
import { node } from './node.ts';
import { pool } from './pool.ts';
import { postgres } from './postgres.ts';
import { processes } from './process.ts';
import { kafka, queue } from './queue.ts';
import { redis } from './redis.ts';
import { threadpool } from './threadpool.ts';
import { tls } from './tls.ts';

/** Every exporter there is; each decides for itself what of it a service has. */
export const EXPORTERS: readonly Exporter[] = [
	processes,
	http,
	container,
	kubernetes,
	jvm,
	pool,
	threadpool,
	postgres,
	mysql,
	redis,
	cache,
	queue,
	kafka,
	dns,
	tls,
	batch,
	node,
	business,
	monitoring
];

/** What a service needs to have a metric, as an author writes it; null for a name that nothing has. */
export function comesWith(family: string): string | null {
	for (const exporter of EXPORTERS) {
		const known = exporter.families.find(({ name }) => name === family);
		if (known) return known.comesWith ?? exporter.comesWith;
	}
	return null;
}
