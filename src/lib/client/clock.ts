/** The room's clock between two readings from the server, which come seldom. Pure: the local time is an argument. */
import type { ClockReading } from '../protocol/messages.ts';

export interface ClockAnchor {
	reading: ClockReading;
	/** Local monotonic time (ms) when the reading arrived. */
	receivedAt: number;
}

/** Incident time (epoch ms) at a local monotonic time. */
export function incidentNow({ reading, receivedAt }: ClockAnchor, localMs: number): number {
	if (!reading.running) return reading.at;
	return reading.at + Math.max(0, localMs - receivedAt) * reading.speed;
}
