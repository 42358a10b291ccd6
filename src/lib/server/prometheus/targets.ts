import type { ScrapeTarget } from '../queries/ask.ts';

/** A target as `/api/v1/targets` tells of it. The addresses are the simulated system's own and lead nowhere. */
export function targetOf({ labels, up, lastScrapeMs, scrapeSeconds }: ScrapeTarget): object {
	const address = labels.instance ?? labels.job ?? '';
	const url = /^https?:/.test(address) ? address : `http://${address}/metrics`;
	return {
		discoveredLabels: { __address__: address, __metrics_path__: '/metrics', __scheme__: 'http', job: labels.job ?? '' },
		labels,
		scrapePool: labels.job ?? '',
		scrapeUrl: url,
		globalUrl: url,
		lastError: up ? '' : 'the target did not answer',
		lastScrape: new Date(lastScrapeMs).toISOString(),
		lastScrapeDuration: scrapeSeconds,
		health: up ? 'up' : 'down',
		scrapeInterval: '15s',
		scrapeTimeout: '10s'
	};
}
