/** Requests behind a latency panel, as dots that lead to their traces. Asked for once per stretch, and again as time goes on. */
import { untrack } from 'svelte';
import type { Telemetry } from '$lib/client/telemetry.svelte.ts';
import type { ChartDot } from '../../charts/dots.ts';
import { withUnit } from '../../charts/units.ts';

const BUCKETS = 'http_request_duration_seconds_bucket';
const EVERY_MS = 30_000;
/** More would hide the lines. */
const MOST = 40;

/** Whether a query draws what single requests took. */
export const drawsRequests = (query: string) => query.includes(BUCKETS) && query.includes('histogram_quantile');

/** The selector of a service's own requests. */
export const requestsOf = (service: string) => `${BUCKETS}{service=${JSON.stringify(service)}}`;

export class PanelExemplars {
	dots = $state.raw<readonly ChartDot[]>([]);

	/** Created while a component is set up. `query` is null while none are wanted. */
	constructor(
		telemetry: Telemetry,
		query: () => string | null,
		window: () => { fromAt: number; toAt: number },
		second: (at: number) => string
	) {
		let asked = 0;
		// Live windows move with every tick: they count as the same until half a minute has gone by.
		const stretch = $derived.by(() => {
			const { fromAt, toAt } = window();
			const grain = telemetry.zoom ? 1 : EVERY_MS;
			return `${Math.floor(fromAt / grain)} ${Math.floor(toAt / grain)}`;
		});
		$effect(() => {
			const text = query();
			void stretch;
			const mine = ++asked;
			if (text === null) {
				this.dots = [];
				return;
			}
			const { fromAt, toAt } = untrack(window);
			void import('$lib/client/tool-questions.ts').then(async ({ findExemplars }) => {
				const found = await findExemplars(telemetry, text, { fromAt, toAt });
				if (mine !== asked) return;
				const every = Math.max(1, Math.ceil(found.length / MOST));
				this.dots = found
					.filter((_, i) => i % every === 0)
					.map(({ at, value, traceId, service, endpoint }) => ({
						id: traceId,
						at,
						value,
						label: `${withUnit(value, 'seconds')} · ${service} ${endpoint} · ${second(at)}`
					}));
			});
		});
	}
}
