import type { MetricTarget } from './condition.ts';

/**
 * How authors write amounts, and what they mean in base units: durations in milliseconds, shares as ratios 0..1,
 * sizes in bytes. Every reader answers null for what it cannot read and never throws.
 */

const DURATION_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const SIZES: Record<string, number> = {
	B: 1,
	kB: 1e3,
	MB: 1e6,
	GB: 1e9,
	TB: 1e12,
	KiB: 1024,
	MiB: 1024 ** 2,
	GiB: 1024 ** 3,
	TiB: 1024 ** 4
};
const NUMBER = String.raw`\d+(?:\.\d+)?`;
const DURATION = new RegExp(`^(-?)((?:${NUMBER}(?:ms|s|m|h|d|w))+)$`);
const DURATION_PART = new RegExp(`(${NUMBER})(ms|s|m|h|d|w)`, 'g');
const PLAIN = new RegExp(`^-?${NUMBER}$`);
const PERCENT = new RegExp(`^(-?${NUMBER})\\s*%$`);
const SIZE = new RegExp(`^(${NUMBER})\\s*(B|kB|MB|GB|TB|KiB|MiB|GiB|TiB)$`);
const TARGET = /^([a-z0-9][a-z0-9_-]*)(?:\[([^\]]*)\])?\.([a-z][a-z0-9_]*)$/;

/** `90s`, `3m`, `1h30m`, `-45m`, `250ms`, `0`; milliseconds. A number without a unit is refused unless it is zero. */
export function parseDuration(text: string): number | null {
	const trimmed = text.trim();
	if (/^-?0$/.test(trimmed)) return 0;
	const match = DURATION.exec(trimmed);
	if (!match) return null;
	let ms = 0;
	for (const [, amount, unit] of (match[2] ?? '').matchAll(DURATION_PART))
		ms += Number(amount) * (DURATION_MS[unit ?? ''] ?? 0);
	const rounded = Math.round(ms * 1000) / 1000;
	return match[1] === '-' ? -rounded : rounded;
}

/** `9%` or `0.09`; a share 0..1. */
export function parseRatio(text: string): number | null {
	const value = percentOrNumber(text.trim());
	return value === null || value < 0 || value > 1 ? null : value;
}

/** `9%` is 0.09, `420ms` and `2s` are milliseconds, `2GiB` bytes, `14` itself. */
export function parseQuantity(text: string): number | null {
	const trimmed = text.trim();
	return percentOrNumber(trimmed) ?? parseDuration(trimmed) ?? parseBytes(trimmed);
}

/** `512MiB`, `2GiB`, `1.5GB`, or a plain number of bytes. */
export function parseBytes(text: string): number | null {
	const trimmed = text.trim();
	if (PLAIN.test(trimmed)) return Number(trimmed) < 0 ? null : Number(trimmed);
	const match = SIZE.exec(trimmed);
	return match ? Number(match[1]) * (SIZES[match[2] ?? ''] ?? 1) : null;
}

/** `core-api.errors`, `core-api[version=4.18.0].errors`, `core-api[version=4.18.0,region=eu].errors`. */
export function parseMetricTarget(text: string): MetricTarget | null {
	const match = TARGET.exec(text.trim());
	if (!match) return null;
	const where: Record<string, string> = {};
	if (match[2] !== undefined) {
		for (const part of match[2].split(',')) {
			const pair = /^\s*([a-z_][a-z0-9_]*)\s*=\s*"?([^"=]+?)"?\s*$/.exec(part);
			const [, label, value] = pair ?? [];
			if (label === undefined || value === undefined || Object.hasOwn(where, label)) return null;
			where[label] = value;
		}
	}
	return { service: match[1] ?? '', where, metric: match[3] ?? '' };
}

function percentOrNumber(text: string): number | null {
	const percent = PERCENT.exec(text);
	// Rounded away from the binary dust of a division by a hundred, so that 14.4 % is 0.144.
	if (percent) return Number((Number(percent[1]) / 100).toPrecision(15));
	return PLAIN.test(text) ? Number(text) : null;
}
