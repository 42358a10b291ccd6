/** Metrics whose values are moments of the simulated clock, in seconds: on another clock they must be moved along with the times. */
const MOMENTS = /(_timestamp_seconds|_cert_expiry|_start_time_seconds)$|^ALERTS_FOR_STATE$/;

export function tellsMoments(metric: string | undefined): boolean {
	return MOMENTS.test(metric ?? '');
}
