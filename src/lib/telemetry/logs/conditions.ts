import { baselineOf } from '../../world/index.ts';
import { routeSignals, routesOf, type Route } from '../families/http.ts';
import type { Site } from '../collect/instrument.ts';
import { endpointScale, failureOf, shareBelow, successOf, type LogNormal } from '../shapes/durations.ts';
import type { Signals } from '../signals.ts';
import type { Truth } from '../truth-view.ts';

/** A success that takes longer than this is worth a warning. */
const LOG_SLOW = Math.log(2);
/** Conditions are looked at this often; lines in between share them. */
export const SLOT_MS = 5_000;
const REMEMBERED = 128;

/** What a route of a version is like for a few seconds. */
export interface Conditions {
	errors: number;
	failing: 'fast' | 'slow';
	/** Share of successes that are not slow. */
	patience: number;
	good: LogNormal;
	failed: LogNormal;
}

/** What requests of a service meet, by version and route: from the same signals as its counters. */
export class RequestConditions {
	readonly routes: readonly Route[];
	readonly #offsets: readonly number[];
	readonly #quiet: number;
	readonly #signals = new Map<string, Signals[]>();
	readonly #known = new Map<string, Conditions[]>();
	readonly #rates = new Map<number, number>();

	constructor(
		readonly site: Site,
		readonly truth: Truth
	) {
		this.routes = routesOf(site.service);
		const scale = endpointScale(this.routes);
		this.#offsets = this.routes.map((route) => Math.log(route.slower * scale));
		this.#quiet = baselineOf(truth.world, site.name, 'latency');
	}

	/** Requests per second of the whole service. */
	requests(tMs: number): number {
		const slot = Math.floor(tMs / SLOT_MS);
		let rate = this.#rates.get(slot);
		if (rate === undefined) {
			rate = this.#signalsOf(this.site.service.version)[0]?.requests(slot * SLOT_MS) ?? 0;
			if (this.#rates.size > REMEMBERED) this.#rates.clear();
			this.#rates.set(slot, rate);
		}
		return rate;
	}

	/** Per route, for the slot that holds a moment. */
	at(version: string, tMs: number): readonly Conditions[] {
		const slot = Math.floor(tMs / SLOT_MS);
		const key = `${slot}|${version}`;
		let known = this.#known.get(key);
		if (known === undefined) {
			known = this.#compute(version, slot * SLOT_MS);
			if (this.#known.size > REMEMBERED) this.#known.clear();
			this.#known.set(key, known);
		}
		return known;
	}

	#compute(version: string, tMs: number): Conditions[] {
		return this.#signalsOf(version).map((signals, r) => {
			const latency = signals.latency(tMs);
			const failing = signals.failing(tMs);
			const success = successOf(latency);
			const good = { mu: success.mu + (this.#offsets[r] ?? 0), sigma: success.sigma };
			const failed = failureOf(failing, latency, this.#quiet);
			return { errors: signals.errors(tMs), failing, patience: shareBelow(good, LOG_SLOW), good, failed };
		});
	}

	#signalsOf(version: string): Signals[] {
		let signals = this.#signals.get(version);
		if (signals === undefined) {
			signals = routeSignals(this.truth, this.site, { version }, this.routes);
			this.#signals.set(version, signals);
		}
		return signals;
	}
}
