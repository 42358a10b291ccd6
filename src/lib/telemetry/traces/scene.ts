import type { Dependency } from '../../scenario/library.ts';
import { keyedHash, unit, type FakerPools, type Pod } from '../../world/index.ts';
import type { Site } from '../collect/instrument.ts';
import { RequestConditions, type Conditions } from '../logs/conditions.ts';
import { logsRequests } from '../logs/sampling.ts';
import { pickFrom } from '../logs/template.ts';
import { servesAt, type Truth } from '../truth-view.ts';
import type { Route } from '../families/http.ts';

/** What traces need to know of the system under one state of the world: conditions of requests, pods, who calls whom. */
export class Scene {
	readonly #sites: ReadonlyMap<string, Site>;
	readonly #conditions = new Map<string, RequestConditions>();

	constructor(
		readonly truth: Truth,
		sites: readonly Site[],
		readonly pools: FakerPools
	) {
		this.#sites = new Map(sites.map((site) => [site.name, site]));
	}

	site(service: string): Site {
		const site = this.#sites.get(service);
		if (site === undefined) throw new Error(`no service ${service}`);
		return site;
	}

	/** Whether a service writes spans of its own: the same that write a line per request. */
	traced(service: string): boolean {
		const site = this.#sites.get(service);
		return site !== undefined && logsRequests(site);
	}

	/** Traced services that nobody calls who is traced himself: where requests enter. */
	entries(): string[] {
		return [...this.#sites.keys()].filter((service) => this.traced(service) && this.callers(service).length === 0);
	}

	callees(service: string): readonly Dependency[] {
		return this.truth.world.callees.get(service) ?? [];
	}

	/** Who calls a service while answering a request himself. */
	callers(service: string): readonly Dependency[] {
		return (this.truth.world.callers.get(service) ?? []).filter(
			({ from, latency, errors }) =>
				this.traced(from) && this.site(from).service.kind !== 'job' && latency + errors > 0 && from !== service
		);
	}

	conditions(service: string): RequestConditions {
		let conditions = this.#conditions.get(service);
		if (conditions === undefined) {
			conditions = new RequestConditions(this.site(service), this.truth);
			this.#conditions.set(service, conditions);
		}
		return conditions;
	}

	/** What a request of that route meets on a pod of that version. */
	meets(service: string, version: string, route: Route, tMs: number): Conditions | null {
		const conditions = this.conditions(service);
		const r = conditions.routes.findIndex((each) => each.method === route.method && each.path === route.path);
		return conditions.at(version, tMs)[Math.max(0, r)] ?? null;
	}

	/** 95th percentile of successes, milliseconds. */
	p95(service: string, tMs: number): number {
		return Math.max(0.05, this.truth.metric(service, 'latency')(tMs));
	}

	errors(service: string, tMs: number): number {
		return this.truth.metric(service, 'errors')(tMs);
	}

	serving(service: string, tMs: number): readonly Pod[] {
		return this.truth.lives(service).filter((life) => servesAt(life, tMs));
	}

	/** The node that a pod stands on, as its log lines name it. */
	host(service: string, pod: string): string {
		return pickFrom(this.pools.hosts, keyedHash(this.site(service).seedHash, pod), 'host');
	}
}

/** A draw in [0, 1) for one thing of one request. */
export function draw(hash: number, ...what: (string | number)[]): number {
	return unit(keyedHash(hash, ...what));
}

/** A factor around 1 that varies by half or so: how one request differs from the next. */
export function spread(hash: number, ...what: (string | number)[]): number {
	return Math.exp(0.7 * (draw(hash, ...what) + draw(hash, ...what, 'b') - 1));
}

/** Chooses by weight; null where all weights are zero. */
export function choose<T>(items: readonly T[], weight: (item: T) => number, u: number): T | null {
	const total = items.reduce((sum, item) => sum + Math.max(0, weight(item)), 0);
	if (total <= 0) return items[Math.floor(u * items.length)] ?? null;
	let part = u * total;
	for (const item of items) if ((part -= Math.max(0, weight(item))) < 0) return item;
	return items.at(-1) ?? null;
}
