import { counter, type Exporter } from '../collect/instrument.ts';
import { processLabels } from '../collect/labels.ts';
import { meanOf, shareBelow, successOf } from '../shapes/durations.ts';
import { signalsOf } from '../signals.ts';

const BOUNDS = [
	0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024, 2.048, 4.096, 8.192
];
const LOG_BOUNDS = BOUNDS.map((bound) => Math.log(bound));
const LAST = BOUNDS.length;
const NOT_FOUND = 0.08;

/** What CoreDNS says of the questions it answers. */
export const dns: Exporter = {
	comesWith: '`exports: [dns]`',
	families: [
		{
			name: 'coredns_dns_request_duration_seconds',
			type: 'histogram',
			help: 'Time to answer a question.',
			unit: 'seconds'
		},
		{ name: 'coredns_dns_responses_total', type: 'counter', help: 'Answers by code.', unit: 'responses' }
	],
	attach(site) {
		if (!site.service.exports.includes('dns')) return [];
		const duration = 'coredns_dns_request_duration_seconds';
		return [
			{
				id: 'dns',
				scope: 'process',
				counts: 'serving',
				alike: 'version',
				columns: [
					...[...BOUNDS.map(String), '+Inf'].map((le) => counter(`${duration}_bucket`, { le })),
					counter(`${duration}_sum`, {}, 1e-6),
					{ ...counter(`${duration}_count`), sameAs: LAST },
					...['NOERROR', 'NXDOMAIN', 'SERVFAIL'].map((rcode) => counter('coredns_dns_responses_total', { rcode }))
				],
				labels: processLabels(site),
				bind(truth, { version }) {
					const signals = signalsOf(truth, site.name, { version });
					const failing = truth.metric(site.name, 'dns_errors', { version });
					return (t, out, share) => {
						const rate = signals.requests(t) * share;
						const durations = successOf(signals.latency(t));
						const failed = Math.min(1, Math.max(failing(t), signals.errors(t)));
						for (let b = 0; b < LAST; b += 1) out[b] = rate * shareBelow(durations, LOG_BOUNDS[b] ?? 0);
						out[LAST] = rate;
						out[LAST + 1] = rate * meanOf(durations);
						out[LAST + 3] = rate * (1 - failed) * (1 - NOT_FOUND);
						out[LAST + 4] = rate * (1 - failed) * NOT_FOUND;
						out[LAST + 5] = rate * failed;
					};
				}
			}
		];
	}
};
