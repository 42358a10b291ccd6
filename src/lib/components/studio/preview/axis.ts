/** The one time axis that everything in the preview shares. Simulated milliseconds. Pure. */
import type { StudioRun, StudioStay, StudioSystem } from '$lib/protocol/studio.ts';

export interface Span {
	fromMs: number;
	toMs: number;
}

export function spanOf({ grid, minutes }: StudioSystem): Span {
	return { fromMs: grid.fromMs, toMs: minutes * 60_000 };
}

/** Where a moment stands on the axis, in per cent; what lies outside is put at the edge. */
export function percentAt({ fromMs, toMs }: Span, atMs: number): number {
	const share = (atMs - fromMs) / (toMs - fromMs);
	return Math.round(Math.min(1, Math.max(0, share)) * 100_000) / 1000;
}

const STEPS_MIN = [1, 2, 5, 10, 15, 30, 60, 120];

/** Marks of the axis: whole minutes, some six of them. */
export function ticksOf({ toMs }: Span): number[] {
	const minutes = toMs / 60_000;
	const step = STEPS_MIN.find((one) => minutes / one <= 8) ?? 120;
	return Array.from({ length: Math.floor(minutes / step) + 1 }, (_, i) => i * step * 60_000);
}

/** `-2:00`, `0:30`, `14:05`: minutes and seconds since the run began. */
export function clockOf(atMs: number): string {
	const seconds = Math.round(Math.abs(atMs) / 1000);
	return `${atMs < 0 ? '−' : ''}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export interface Stretch extends Span {
	state: string;
	phase: string;
	because: string;
}

/** How long a fault stayed in each state, until the run ended. */
export function stretchesOf(stays: readonly StudioStay[], fault: string, endedMs: number): Stretch[] {
	const own = stays.filter((stay) => stay.fault === fault);
	return own.flatMap(({ state, phase, fromMs, because }, i) => {
		const toMs = own[i + 1]?.fromMs ?? Math.max(endedMs, fromMs);
		return fromMs <= endedMs && toMs > fromMs ? [{ state, phase, because, fromMs, toMs }] : [];
	});
}

/** The state that a fault is in at a moment; null before it has begun. */
export function stateAt(stays: readonly StudioStay[], fault: string, atMs: number): string | null {
	return stays.findLast((stay) => stay.fault === fault && stay.fromMs <= atMs)?.state ?? null;
}

/** The value of a metric at a moment; null where the run had ended. */
export function valueAt(
	run: StudioRun,
	key: string,
	{ fromMs, stepMs }: StudioSystem['grid'],
	atMs: number
): number | null {
	const series = run.series[key];
	if (series === undefined || atMs > run.endedMs) return null;
	return typeof series === 'number' ? series : (series[Math.max(0, Math.floor((atMs - fromMs) / stepMs))] ?? null);
}

/** How a phase looks and what stands for it where there is no colour. */
export const PHASES: Record<string, { tone: 'calm' | 'watch' | 'bad' | 'worst' | 'gone'; mark: string }> = {
	healthy: { tone: 'calm', mark: '✓' },
	latent: { tone: 'watch', mark: '…' },
	degraded: { tone: 'bad', mark: '▲' },
	outage: { tone: 'worst', mark: '◆' },
	aggravated: { tone: 'worst', mark: '◆◆' },
	contained: { tone: 'watch', mark: '◐' },
	mitigated: { tone: 'calm', mark: '✓' },
	resolved: { tone: 'calm', mark: '✓✓' },
	lost: { tone: 'gone', mark: '✕' }
};

export const POLICY_NAMES: Record<string, string> = {
	none: 'Nobody acts',
	ideal: 'The reference',
	novice: 'A novice',
	hasty: 'A hasty one',
	random: 'One who guesses'
};
