import type { ShellView } from './types.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An age as kubectl writes it (k8s.io/apimachinery, duration.HumanDuration): `85s`, `4m32s`, `95m`, `3h15m`, `26h`, `2d3h`. */
export function age(ms: number): string {
	const seconds = Math.floor(Math.max(0, ms) / SECOND);
	if (seconds < 120) return `${seconds}s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 10) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m${seconds % 60}s`;
	if (minutes < 180) return `${minutes}m`;
	const hours = Math.floor(minutes / 60);
	if (hours < 8) return minutes % 60 === 0 ? `${hours}h` : `${hours}h${minutes % 60}m`;
	if (hours < 48) return `${hours}h`;
	const days = Math.floor(hours / 24);
	if (days < 8) return hours % 24 === 0 ? `${days}d` : `${days}d${hours % 24}h`;
	return `${days}d`;
}

/** The moment in UTC: `2026-03-10T09:43:11.123Z`. */
export function utc({ world }: Pick<ShellView, 'world'>, simMs: number): string {
	return new Date(world.compiled.startsAt + simMs).toISOString();
}

/** `Tue, 10 Mar 2026 10:43:11 +0100`, in the scenario's zone. */
export function longTime({ world }: Pick<ShellView, 'world'>, simMs: number): string {
	const local = new Date(world.compiled.startsAt + world.zoneOffsetMs + simMs).toUTCString().replace(' GMT', '');
	const minutes = Math.round(world.zoneOffsetMs / MINUTE);
	const sign = minutes < 0 ? '-' : '+';
	const pad = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, '0');
	return `${local} ${sign}${pad(minutes / 60)}${pad(Math.abs(minutes) % 60)}`;
}

/** `10:43` or `10:43:11`, local. */
export function localTime({ world }: Pick<ShellView, 'world'>, simMs: number, seconds = false): string {
	return new Date(world.compiled.startsAt + world.zoneOffsetMs + simMs).toISOString().slice(11, seconds ? 19 : 16);
}

/** An interval as PostgreSQL writes it: `00:00:02.134`, `3 days 04:00:00`. */
export function interval(ms: number): string {
	const days = Math.floor(ms / DAY);
	const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
	const clock = `${pad((ms % DAY) / HOUR)}:${pad((ms % HOUR) / MINUTE)}:${pad((ms % MINUTE) / SECOND)}`;
	const part = Math.floor(ms % SECOND);
	return `${days > 0 ? `${days} day${days === 1 ? '' : 's'} ` : ''}${clock}${part > 0 ? `.${String(part).padStart(3, '0')}` : ''}`;
}
