/** Whether a run was the first one of its scenario for those who responded: who has played it before knows the answer. */
import type { IncidentFacts } from './facts.ts';

/**
 * Numbers attempts in the order in which runs were played. `playersOf` gives responders by whatever names them; a run is an
 * attempt later than the latest that any of them took part in.
 */
export function numberAttempts(
	rows: readonly IncidentFacts[],
	playersOf: (row: IncidentFacts) => readonly string[]
): IncidentFacts[] {
	const played = new Map<string, number>();
	const numbers = new Map<IncidentFacts, number>();
	for (const row of rows.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))) {
		if (!row.drill) continue;
		const keys = playersOf(row).map((player) => `${row.drill?.scenario ?? ''}\n${player.trim().toLowerCase()}`);
		const attempt = 1 + Math.max(0, ...keys.map((key) => played.get(key) ?? 0));
		for (const key of keys) played.set(key, attempt);
		numbers.set(row, attempt);
	}
	return rows.map((row) => (row.drill ? { ...row, drill: { ...row.drill, attempt: numbers.get(row) ?? null } } : row));
}
