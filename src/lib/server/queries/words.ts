/** The words of Prometheus, and what to do about it. */
export const TOO_MANY_SAMPLES =
	'query processing would load too many samples into memory in query execution: ask for a shorter range or for fewer series';
