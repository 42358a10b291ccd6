import { hashString } from '../world/index.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import { business } from './families/business.ts';
import type { PanelDraft } from './panels.ts';

/** What customers feel, one panel for each business figure that the services of a topology count. */

interface Figure {
	family: string;
	title: string;
	unit: PanelDraft['unit'];
	query: string;
	better: 'low' | 'high';
}

const share = (family: string, label: string, good: string) =>
	`sum(rate(${family}{${label}="${good}"}[2m])) / sum(rate(${family}[2m]))`;
const rate = (family: string) => `sum(rate(${family}[2m]))`;
const rated = (family: string, title: string): Figure => ({
	family,
	title,
	unit: 'rps',
	query: rate(family),
	better: 'high'
});
const shared = (family: string, title: string, label: string, good: string): Figure => ({
	family,
	title,
	unit: 'ratio',
	query: share(family, label, good),
	better: 'high'
});

const FIGURES: readonly Figure[] = [
	rated('orders_total', 'Orders placed'),
	shared('payment_attempts_total', 'Payments approved', 'outcome', 'approved'),
	rated('card_charges_total', 'Charges on cards'),
	shared('auth_logins_total', 'Logins that succeed', 'result', 'success'),
	shared('playback_starts_total', 'Playbacks that start', 'outcome', 'ok'),
	rated('licence_requests_total', 'Licences asked for'),
	shared('search_queries_total', 'Searches that find something', 'hits', '1+'),
	shared('webhooks_delivered_total', 'Webhooks delivered', 'outcome', 'delivered'),
	{
		family: 'mqtt_connected_clients',
		title: 'Devices connected',
		unit: 'count',
		query: 'sum(mqtt_connected_clients)',
		better: 'high'
	},
	{
		family: 'tenants_total',
		title: 'Customers with an active account',
		unit: 'count',
		query: 'max(tenants_total)',
		better: 'high'
	}
];

export function businessPanels(compiled: CompiledScenario): PanelDraft[] {
	const seedHash = hashString('');
	const exported = new Set(
		Object.entries(compiled.services).flatMap(([name, service]) =>
			business
				.attach({ name, service, compiled, seedHash })
				.flatMap(({ columns }) => columns.map((column) => column.name))
		)
	);
	return FIGURES.filter(({ family }) => exported.has(family)).map(({ family, title, unit, query, better }) => ({
		group: 'golden',
		key: `business-${family}`,
		title,
		unit,
		query,
		legend: '',
		limit: null,
		better
	}));
}
