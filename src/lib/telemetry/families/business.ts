import {
	counter,
	gauge,
	type Column,
	type Exporter,
	type Family,
	type Instrument,
	type Site
} from '../collect/instrument.ts';
import { processLabels, serviceLabels } from '../collect/labels.ts';
import type { MetricHandle } from '../../world/index.ts';
import { signalsOf } from '../signals.ts';
import type { Truth } from '../truth-view.ts';

/** What customers do, counted where it happens. Services export it that have `business` among their exports. */

interface BusinessCounter {
	family: Family;
	/** Services that count it. */
	at: RegExp;
	/** Events per request of the service. */
	perRequest: number;
	/** Label that splits outcomes, with the value of what succeeds, of what fails, and the share that fails on a quiet day. */
	outcome: { label: string; good: string; bad: string; usual: number } | null;
	/** Metric of the truth that scales it (1 is usual), where a scenario has one. */
	scaledBy: string | null;
	/** Share of successes, where a scenario has it as a metric of its own. */
	successes: string | null;
}

interface BusinessGauge {
	family: Family;
	at: RegExp;
	/** Value when the truth's metric says nothing. */
	usual: number;
	metric: string;
}

const events = (name: string, help: string): Family => ({ name, type: 'counter', help, unit: 'events' });

const COUNTERS: readonly BusinessCounter[] = [
	{
		family: events('orders_total', 'Orders placed.'),
		at: /^(checkout|orders?|cart)$/,
		perRequest: 0.12,
		outcome: null,
		scaledBy: 'orders',
		successes: null
	},
	{
		family: events('payment_attempts_total', 'Payments tried, by outcome.'),
		at: /^(payments?|payments-core|psp)$/,
		perRequest: 0.3,
		outcome: { label: 'outcome', good: 'approved', bad: 'declined', usual: 0.06 },
		scaledBy: null,
		successes: 'approved'
	},
	{
		family: events('auth_logins_total', 'Logins, by result.'),
		at: /^(auth|auth-iot|customer-idp|sso|account|admin-panel)$/,
		perRequest: 0.15,
		outcome: { label: 'result', good: 'success', bad: 'failed', usual: 0.08 },
		scaledBy: null,
		successes: 'logins'
	},
	{
		family: events('playback_starts_total', 'Playbacks begun, by outcome.'),
		at: /^playback-api$/,
		perRequest: 0.25,
		outcome: { label: 'outcome', good: 'ok', bad: 'error', usual: 0.01 },
		scaledBy: null,
		successes: 'starts'
	},
	{
		family: events('card_charges_total', 'Charges on cards.'),
		at: /^(payments-core|billing|ledger)$/,
		perRequest: 0.1,
		outcome: null,
		scaledBy: 'charges',
		successes: null
	},
	{
		family: events('licence_requests_total', 'Licences asked for.'),
		at: /^licence$/,
		perRequest: 1,
		outcome: null,
		scaledBy: null,
		successes: null
	},
	{
		family: events('search_queries_total', 'Searches, by whether they found anything.'),
		at: /^search/,
		perRequest: 1,
		outcome: { label: 'hits', good: '1+', bad: '0', usual: 0.07 },
		scaledBy: null,
		successes: 'found'
	},
	{
		family: events('webhooks_delivered_total', 'Webhooks sent, by outcome.'),
		at: /^webhook/,
		perRequest: 1,
		outcome: { label: 'outcome', good: 'delivered', bad: 'failed', usual: 0.02 },
		scaledBy: null,
		successes: null
	}
];

const GAUGES: readonly BusinessGauge[] = [
	{
		family: { name: 'mqtt_connected_clients', type: 'gauge', help: 'Devices connected.', unit: 'devices' },
		at: /^device-gw$/,
		usual: 400_000,
		metric: 'connected'
	},
	{
		family: { name: 'tenants_total', type: 'gauge', help: 'Customers with an active account.', unit: 'tenants' },
		at: /^(core-api|account)$/,
		usual: 4_800,
		metric: 'tenants'
	}
];

function counted(site: Site, spec: BusinessCounter): Instrument {
	const { outcome } = spec;
	const columns: Column[] =
		outcome === null
			? [counter(spec.family.name)]
			: [outcome.good, outcome.bad].map((value) => counter(spec.family.name, { [outcome.label]: value }));
	return {
		id: `business-${spec.family.name}`,
		scope: 'process',
		counts: 'serving',
		alike: 'version',
		columns,
		labels: processLabels(site),
		bind(truth, { version }) {
			const signals = signalsOf(truth, site.name, { version });
			const scale = own(truth, site, spec.scaledBy);
			const good = own(truth, site, spec.successes);
			return (t, out, share) => {
				const tried = signals.requests(t) * share * spec.perRequest * (scale.since <= t ? scale.value(t) : 1);
				const served = 1 - signals.errors(t);
				if (outcome === null) {
					// Nobody orders on an error page; a scenario's own number already says what is left.
					out[0] = scale.since <= t ? tried : tried * served;
					return;
				}
				const succeeded = good.since <= t ? Math.min(1, good.value(t)) : served * (1 - outcome.usual);
				out[0] = tried * succeeded;
				out[1] = tried * (1 - succeeded);
			};
		}
	};
}

function held(site: Site, spec: BusinessGauge): Instrument {
	return {
		id: `business-${spec.family.name}`,
		scope: 'service',
		counts: 'living',
		alike: 'version',
		columns: [gauge(spec.family.name, {}, { noise: 0.001, grain: 1 })],
		labels: serviceLabels(site, site.name),
		bind(truth) {
			const { value, since } = own(truth, site, spec.metric);
			return (t, out) => {
				// Without a baseline of its own a scenario's number is a share of the usual.
				out[0] = since === -Infinity ? value(t) : since <= t ? value(t) * spec.usual : spec.usual;
			};
		}
	};
}

/** A number that a scenario may give: from when on it counts, always where the topology says what it is usually. */
function own(truth: Truth, site: Site, metric: string | null): { since: number; value: MetricHandle } {
	if (metric === null) return { since: Infinity, value: () => 1 };
	const written = site.service.baseline[metric] !== undefined;
	return { since: written ? -Infinity : truth.movedFromMs(site.name, metric), value: truth.metric(site.name, metric) };
}

export const business: Exporter = {
	comesWith: '`exports: [business]`, by the name of the service',
	families: [...COUNTERS, ...GAUGES].map((spec) => spec.family),
	attach(site) {
		if (!site.service.exports.includes('business')) return [];
		return [
			...COUNTERS.filter((spec) => spec.at.test(site.name)).map((spec) => counted(site, spec)),
			...GAUGES.filter((spec) => spec.at.test(site.name)).map((spec) => held(site, spec))
		];
	}
};
