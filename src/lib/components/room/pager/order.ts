/** Alerts in the order in which they ask for somebody: shouting first, critical first, newest first. */
import type { AlertStateView } from '$lib/incident/state.ts';
import { isFiring, isShouting } from '../bar/response.ts';

const LEVELS = ['critical', 'warning', 'info'];

function rank(alert: AlertStateView, now: number): number {
	if (!isFiring(alert)) return 200;
	const level = LEVELS.indexOf(alert.level);
	return (isShouting(alert, now) ? 0 : 100) + (level < 0 ? LEVELS.length : level);
}

export function byUrgency(alerts: readonly AlertStateView[], now: number): AlertStateView[] {
	return [...alerts].sort(
		(a, b) => rank(a, now) - rank(b, now) || (b.resolvedAt ?? b.firedAt) - (a.resolvedAt ?? a.firedAt)
	);
}
