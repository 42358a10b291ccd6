import { ON_CALL_NAMES, type OnCallSeat } from '$lib/incident/on-call.ts';

/** A seat of the on-call list in words; what is in words already stays. */
export function onCallName(seat: string): string {
	return ON_CALL_NAMES[seat as OnCallSeat] ?? seat;
}
