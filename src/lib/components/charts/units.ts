/** Values with their units, as panels show them: short, the unit always there. */
import type { PanelInfo } from '$lib/protocol/messages.ts';

/** What a ready panel may be measured in, and what people may choose for their own. */
export type Unit = PanelInfo['unit'] | 'percent' | 'milliseconds' | 'bytesRate' | 'date' | 'none';

/** `14.8 %`, `410 ms`, `1.9 GiB`, `412/s`, `212`; `no data` where there is none. */
export function withUnit(value: number | null, unit: Unit): string {
	if (value === null) return 'no data';
	switch (unit) {
		case 'ratio':
			return `${figure(value * 100)} %`;
		case 'percent':
			return `${figure(value)} %`;
		case 'seconds':
			return seconds(value);
		case 'milliseconds':
			return seconds(value / 1000);
		case 'bytes':
			return bytes(value);
		case 'bytesRate':
			return `${bytes(value)}/s`;
		case 'rps':
			return `${thousands(value)}/s`;
		case 'cores':
			return `${figure(value)} cores`;
		case 'count':
			return thousands(value);
		case 'date':
			return date(value);
		case 'none':
			return String(Number(value.toPrecision(6)));
	}
}

/** A moment given in epoch seconds: `2026-03-10 14:37`, in UTC. */
function date(value: number): string {
	const at = new Date(value * 1000);
	return Number.isNaN(at.getTime()) ? figure(value) : at.toISOString().slice(0, 16).replace('T', ' ');
}

function bytes(value: number): string {
	return scaled(value, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB']);
}

function seconds(value: number): string {
	const size = Math.abs(value);
	if (size === 0) return '0 s';
	if (size < 0.001) return `${figure(value * 1e6)} µs`;
	if (size < 1) return `${figure(value * 1e3)} ms`;
	if (size < 120) return `${figure(value)} s`;
	if (size < 7200) return `${figure(value / 60)} min`;
	if (size < 172_800) return `${figure(value / 3600)} h`;
	return `${figure(value / 86_400)} d`;
}

function thousands(value: number): string {
	return Math.abs(value) < 10_000 ? figure(value) : scaled(value, 1000, ['', 'k', 'M', 'G']).replace(' ', '');
}

function scaled(value: number, base: number, names: readonly string[]): string {
	let power = 0;
	let rest = value;
	while (Math.abs(rest) >= base && power < names.length - 1) {
		rest /= base;
		power++;
	}
	return `${figure(rest)} ${names[power] ?? ''}`.trimEnd();
}

/** Three significant digits at most, no trailing noughts: 412, 14.8, 0.38, 0.004. */
export function figure(value: number): string {
	const size = Math.abs(value);
	if (size >= 100) return String(Math.round(value));
	const digits = size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 4;
	const text = String(Number(value.toFixed(digits)));
	// What is smaller than that is still not nothing.
	return text === '0' && size > 0 ? String(Number(value.toPrecision(2))) : text;
}
