// Keeps practice out of the real: what Muster itself sends during an exercise carries a mark, and must not come back as an alert.

import type { IncomingAlert, Notification } from './adapters/adapter.ts';

/** Labels by which an exercise marks what it sends. */
const LABELS = ['exercise', 'muster_exercise', 'drill'];
/** The word stands in capitals at the head of a line, whatever brackets or stripes are around it: no service is called so. */
const MARK = /^[^\p{L}\p{N}]*EXERCISE(?![\p{L}\p{N}])/u;

/** Whether an alert comes from an exercise: a label says so, or one of its lines begins with EXERCISE. */
export function isExercise(alert: IncomingAlert, { title }: Pick<Notification, 'title'>): boolean {
	const labelled = LABELS.some((name) => /^(1|true|yes|on|exercise)$/i.test(alert.labels[name]?.trim() ?? ''));
	const { summary, description } = alert.context;
	return labelled || [title, alert.name, summary, description].some((text) => MARK.test(text));
}
