import type { HealthAnswer } from '$lib/protocol/messages.ts';
import { withUnit } from '../charts/units.ts';

/** At most two short lines on what instruments say of a service; one that takes no requests says what it has. */
export function figuresOf(one: HealthAnswer | undefined, unknown: string): string[] {
	if (!one) return [unknown];
	const much = [
		one.requestsPerSecond === null ? null : withUnit(one.requestsPerSecond, 'rps'),
		one.p95Ms === null ? null : `p95 ${withUnit(one.p95Ms / 1000, 'seconds')}`
	].filter((part) => part !== null);
	const lines = much.length > 0 ? [much.join(' · ')] : [];
	if (one.errorRatio !== null) lines.push(`${withUnit(one.errorRatio, 'ratio')} errors`);
	return lines.length > 0 ? lines : one.note ? one.note.split(' · ').slice(0, 2) : ['no requests'];
}
