/** Durations as people read them: `45s`, `2m 10s`, `1h 05m`, `2d 3h`. Takes milliseconds; the sign is left to the caller. */
export function duration(ms: number): string {
	const seconds = Math.round(Math.abs(ms) / 1000);
	if (seconds < 60) return `${seconds}s`;
	const two = (value: number): string => String(value).padStart(2, '0');
	if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`;
	const minutes = Math.round(seconds / 60);
	if (minutes < 48 * 60) return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
	const hours = Math.round(minutes / 60);
	return `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

/** A limit without idle parts: `5 min`, `2 h`. */
export function limit(ms: number): string {
	const minutes = ms / 60_000;
	return minutes < 120 ? `${Math.round(minutes * 10) / 10} min` : `${Math.round((minutes / 60) * 10) / 10} h`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}

export function percent(share: number): string {
	return `${Math.round(share * 100)}%`;
}

/** Said where impact was under way before anybody in the run could notice it; empty where it was not. */
export function inherited({ inheritedMs }: { inheritedMs: number }): string {
	return inheritedMs > 0
		? `Impact had been under way for ${duration(inheritedMs)} when the run began; counted from its begin.`
		: '';
}
