import { duration } from '../../ui/format.ts';

/** A length of time without its empty part: `2m`, `1h 30m`, `1d`. Milliseconds. */
export function roughly(ms: number): string {
	return duration(ms).replace(/ 0+[hms]$/u, '');
}
