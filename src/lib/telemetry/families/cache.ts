import { counter, type Exporter } from '../collect/instrument.ts';
import { processLabels } from '../collect/labels.ts';
import { signalsOf } from '../signals.ts';

/** Look-ups that a request makes in its own cache. */
const LOOKUPS_PER_REQUEST = 3;

/** A service's own cache, as it counts it. */
export const cache: Exporter = {
	comesWith: '`exports: [cache]`',
	families: [
		{ name: 'cache_requests_total', type: 'counter', help: 'Look-ups in the cache.', unit: 'requests' },
		{ name: 'cache_hits_total', type: 'counter', help: 'Look-ups that found something.', unit: 'requests' }
	],
	attach(site) {
		if (!site.service.exports.includes('cache')) return [];
		return [
			{
				id: 'cache',
				scope: 'process',
				counts: 'serving',
				alike: 'version',
				columns: [counter('cache_requests_total'), counter('cache_hits_total')],
				labels: processLabels(site),
				bind(truth, { version }) {
					const signals = signalsOf(truth, site.name, { version });
					const hits = truth.metric(site.name, 'hit_ratio', { version });
					return (t, out, share) => {
						const rate = signals.requests(t) * share * LOOKUPS_PER_REQUEST;
						out[0] = rate;
						out[1] = rate * Math.min(1, hits(t));
					};
				}
			}
		];
	}
};
