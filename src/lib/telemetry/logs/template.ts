import { keyedHash, unit, type FakerPools } from '../../world/index.ts';
import { requestIdOf } from './ids.ts';

/** What placeholders of a line stand for. */
export interface LineFacts {
	hash: number;
	endpoint: string;
	version: string;
	/** Duration of the request in milliseconds. */
	ms: number;
	host: string;
}

/** Fills `{customer}`, `{person}`, `{request}`, `{host}`, `{endpoint}`, `{version}`, `{ms}`, `{n}`, `{address}` in by key. Others stay. */
export function fillIn(template: string, facts: LineFacts, pools: FakerPools): string {
	if (!template.includes('{')) return template;
	return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
		switch (name) {
			case 'customer':
				return pickFrom(pools.customers, facts.hash, 'customer');
			case 'person':
				return pickFrom(pools.people, facts.hash, 'person');
			case 'address':
				return pickFrom(pools.addresses, facts.hash, 'address');
			case 'request':
				return requestIdOf(facts.hash);
			case 'host':
				return facts.host;
			case 'endpoint':
				return facts.endpoint;
			case 'version':
				return facts.version;
			case 'ms':
				return String(Math.round(facts.ms));
			case 'n':
				return String(1 + (keyedHash(facts.hash, 'n') % 9_000));
			default:
				return whole;
		}
	});
}

/** An entry of a pool by key. */
export function pickFrom(pool: readonly string[], hash: number, what: string): string {
	return pool[Math.floor(unit(keyedHash(hash, what)) * pool.length)] ?? '';
}
