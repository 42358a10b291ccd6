// Named places at which a test may end the process as a power cut would. Does nothing unless MUSTER_FAILPOINT names the place.

const NAMES = [
	'append.before',
	'append.after',
	'ack.before',
	'snapshot.before',
	'snapshot.after',
	'shutdown',
	'import.batch'
] as const;
export type Failpoint = (typeof NAMES)[number];
export const FAILPOINTS: readonly Failpoint[] = NAMES;

/** `name` or `name:times`: die at the first, or at the given time of passing. */
const [wanted, times = '1'] = (process.env.MUSTER_FAILPOINT ?? '').split(':');
let left = Number(times);

export function failpoint(name: Failpoint): void {
	if (name === wanted && --left <= 0) process.kill(process.pid, 'SIGKILL');
}
