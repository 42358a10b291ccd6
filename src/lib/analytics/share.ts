/** A share with what it was counted of, and how sure one can be of it. */
import { wilson } from './stats/proportion.ts';
import type { Interval } from './stats/bootstrap.ts';

export interface Share {
	yes: number;
	/** Those of which it is known. */
	of: number;
	/** 0 to 1; null where nothing was counted. */
	share: number | null;
	/** 95 % (Wilson). */
	interval: Interval | null;
}

export function shareOf(yes: number, of: number): Share {
	return { yes, of, share: of === 0 ? null : yes / of, interval: wilson(yes, of) };
}

/** Counts over rows; those of which it is unknown are left out of both sides. */
export function shareWhere<T>(rows: readonly T[], is: (row: T) => boolean | null): Share {
	let yes = 0;
	let of = 0;
	for (const row of rows) {
		const answer = is(row);
		if (answer === null) continue;
		of++;
		if (answer) yes++;
	}
	return shareOf(yes, of);
}
