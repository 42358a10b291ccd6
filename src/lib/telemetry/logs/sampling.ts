import type { Site } from '../collect/instrument.ts';

/** Lines of requests that are kept, all services together, per second at the daily mean. */
const KEPT_PER_SECOND = 20;

/** We have no logs of a vendor, and a database or cache does not write down every question. */
export function logsRequests(site: Site): boolean {
	return (
		site.service.exports.includes('http') &&
		!['vendor', 'db', 'cache', 'queue'].includes(site.service.kind) &&
		site.service.traffic > 0
	);
}

/** One in how many requests leaves a line and a trace. */
export function sampledOneIn(sites: readonly Site[], load: number): number {
	const requests = sites.filter(logsRequests).reduce((sum, site) => sum + site.service.traffic, 0) * load;
	return roundNumber(requests / KEPT_PER_SECOND);
}

/** A number that people like to say: 1, 2 or 5 times a power of ten, not above the given one, at least 1. */
function roundNumber(value: number): number {
	if (value <= 1) return 1;
	const power = 10 ** Math.floor(Math.log10(value));
	const part = value / power;
	return power * (part >= 5 ? 5 : part >= 2 ? 2 : 1);
}
