/** Numbers for people, digit for digit as Prometheus' template functions write them. */
import { formatG } from '../goFloat.ts';

const four = (value: number) => formatG(value, 4);
const large = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
const small = ['m', 'u', 'n', 'p', 'f', 'a', 'z', 'y'];
const binary = ['ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'];

function shrink(value: number, base: number, prefixes: readonly string[]): string {
	let rest = value;
	let prefix = '';
	for (const next of prefixes) {
		if (Math.abs(rest) < base) break;
		prefix = next;
		rest /= base;
	}
	return four(rest) + prefix;
}

function enlarge(value: number): string {
	let rest = value;
	let prefix = '';
	for (const next of small) {
		if (Math.abs(rest) >= 1) break;
		prefix = next;
		rest *= 1000;
	}
	return four(rest) + prefix;
}

/** 1234567 reads 1.235M, 0.005 reads 5m. */
export function humanize(value: number): string {
	if (value === 0 || !Number.isFinite(value)) return four(value);
	return Math.abs(value) >= 1 ? shrink(value, 1000, large) : enlarge(value);
}

/** 2048 reads 2ki. */
export function humanize1024(value: number): string {
	return Math.abs(value) <= 1 || !Number.isFinite(value) ? four(value) : shrink(value, 1024, binary);
}

/** Seconds: 3725 reads 1h 2m 5s, 0.005 reads 5ms. */
export function humanizeDuration(seconds: number): string {
	if (!Number.isFinite(seconds)) return four(seconds);
	if (seconds === 0) return '0s';
	const sign = seconds < 0 ? '-' : '';
	const size = Math.abs(seconds);
	if (size < 1) return `${enlarge(seconds)}s`;
	const whole = Math.trunc(size);
	const [days, hours, minutes, rest] = [
		Math.floor(whole / 86_400),
		Math.floor(whole / 3600) % 24,
		Math.floor(whole / 60) % 60,
		whole % 60
	];
	if (days > 0) return `${sign}${days}d ${hours}h ${minutes}m ${rest}s`;
	if (hours > 0) return `${sign}${hours}h ${minutes}m ${rest}s`;
	if (minutes > 0) return `${sign}${minutes}m ${rest}s`;
	return `${sign}${four(size)}s`;
}

/** 0.1234 reads 12.34%. */
export function humanizePercentage(ratio: number): string {
	return `${four(ratio * 100)}%`;
}

/** Unix seconds as Go prints a time: 2015-05-29 21:21:35.123 +0000 UTC. */
export function humanizeTimestamp(seconds: number): string {
	if (!Number.isFinite(seconds)) return four(seconds);
	const date = new Date(seconds * 1000);
	if (Number.isNaN(date.getTime())) return four(seconds);
	const [day = '', time = ''] = date.toISOString().split('T');
	const [clock = '', fraction = ''] = time.replace('Z', '').split('.');
	const rest = fraction.replace(/0+$/, '');
	return `${day} ${clock}${rest === '' ? '' : `.${rest}`} +0000 UTC`;
}
