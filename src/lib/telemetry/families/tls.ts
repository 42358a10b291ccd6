import { keyed } from '../../world/index.ts';
import { counter, gauge, level, type Exporter, type Instrument, type Site } from '../collect/instrument.ts';
import { processLabels, serviceLabels } from '../collect/labels.ts';
import { STEP_MS } from '../collect/grid.ts';
import { signalsOf } from '../signals.ts';

/** The edge as seen from outside (blackbox exporter) and what a proxy says of the services behind it. */

const PROBERS = ['frankfurt', 'virginia', 'singapore'];
const DAY_S = 86_400;
export const USUAL_CERT_DAYS = 62;
/** A probe that fails gives up after this long, in seconds. */
const PROBE_TIMEOUT_S = 9.5;

function probe(site: Site, prober: string): Instrument {
	return {
		id: `probe-${prober}`,
		scope: 'service',
		counts: 'living',
		alike: 'version',
		columns: [
			level('probe_success'),
			gauge('probe_duration_seconds', {}, { noise: 0.2 }),
			level('probe_ssl_earliest_cert_expiry')
		],
		labels: serviceLabels(site, 'blackbox-external', { instance: `https://${site.name}.example.com`, prober }),
		bind(truth) {
			const errors = truth.metric(site.name, 'errors');
			const tls = truth.metric(site.name, 'tls_errors');
			const names = truth.metric(site.name, 'dns_errors');
			const latency = truth.metric(site.name, 'latency');
			const days = truth.metric(site.name, 'cert_days');
			const writtenFromMs =
				site.service.baseline.cert_days !== undefined ? -Infinity : truth.movedFromMs(site.name, 'cert_days');
			return (t, out) => {
				const failing = 1 - (1 - errors(t)) * (1 - tls(t)) * (1 - names(t));
				const draw = keyed(site.seedHash, 'probe', site.name, prober, Math.floor(t / STEP_MS));
				out[0] = draw < failing ? 0 : 1;
				out[1] = draw < failing ? PROBE_TIMEOUT_S : 0.08 + latency(t) / 2500;
				// Certificates do not grow older by the step: the day on which they end is fixed, unless it is changed.
				out[2] = (t < writtenFromMs ? USUAL_CERT_DAYS : days(t)) * DAY_S;
			};
		}
	};
}

function proxy(site: Site): Instrument {
	const upstreams = site.compiled.dependencies.filter((each) => each.from === site.name).map((each) => each.to);
	return {
		id: 'envoy',
		scope: 'process',
		counts: 'serving',
		alike: 'version',
		columns: upstreams.flatMap((upstream) => [
			counter('envoy_cluster_upstream_cx_connect_fail', { upstream }),
			counter('envoy_cluster_upstream_rq_retry', { upstream })
		]),
		labels: processLabels(site),
		bind(truth) {
			const requests = signalsOf(truth, site.name, {});
			const behind = upstreams.map((upstream) => ({
				errors: truth.metric(upstream, 'errors'),
				up: truth.metric(upstream, 'up'),
				tls: truth.metric(upstream, 'tls_errors')
			}));
			return (t, out, share) => {
				const rate = (requests.requests(t) * share) / Math.max(1, behind.length);
				behind.forEach(({ errors, up, tls }, i) => {
					out[2 * i] = rate * Math.min(1, 1 - up(t) + tls(t) + 0.00002);
					out[2 * i + 1] = rate * Math.min(1, errors(t)) * 0.8;
				});
			};
		}
	};
}

export const tls: Exporter = {
	comesWith: '`exports: [tls]`',
	families: [
		{ name: 'probe_success', type: 'gauge', help: 'Whether a probe from outside succeeded.', unit: '' },
		{ name: 'probe_duration_seconds', type: 'gauge', help: 'How long a probe took.', unit: 'seconds' },
		{
			name: 'probe_ssl_earliest_cert_expiry',
			type: 'gauge',
			help: 'When the first certificate of the chain ends.',
			unit: 'seconds'
		},
		{
			name: 'envoy_cluster_upstream_cx_connect_fail',
			type: 'counter',
			help: 'Connections to the service behind that could not be made.',
			unit: 'connections'
		},
		{
			name: 'envoy_cluster_upstream_rq_retry',
			type: 'counter',
			help: 'Requests that were tried again.',
			unit: 'requests'
		}
	],
	attach(site) {
		if (!site.service.exports.includes('tls')) return [];
		const behind = site.compiled.dependencies.some((each) => each.from === site.name);
		const ours = site.service.kind !== 'vendor';
		return [...PROBERS.map((prober) => probe(site, prober)), ...(behind && ours ? [proxy(site)] : [])];
	}
};
