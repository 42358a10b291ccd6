const RATIOS: ReadonlySet<string> = new Set([
	'errors',
	'cpu',
	'mem',
	'disk',
	'disk_io',
	'hit_ratio',
	'up',
	'dns_errors',
	'tls_errors',
	'pkt_loss'
]);

/** Whether a metric is a share of something and lies in 0..1. */
export function isRatio(metric: string): boolean {
	return RATIOS.has(metric);
}

/** Keeps a value where the metric makes sense: shares in 0..1, all else not below zero. */
export function clampMetric(metric: string, value: number): number {
	if (value <= 0) return 0;
	return value > 1 && RATIOS.has(metric) ? 1 : value;
}
