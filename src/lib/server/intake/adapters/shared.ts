// What adapters have in common.

export { noContext } from '../../../intake/incident-events.ts';

/** Names an alert by its labels, where the source gives it no name of its own. */
export function labelsKey(labels: Record<string, string>): string {
	return Object.entries(labels)
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([name, value]) => `${name}=${value}`)
		.join(',')
		.slice(0, 200);
}

export function numberIn(text: string | undefined): number | null {
	const number = text === undefined || text.trim() === '' ? NaN : Number(text);
	return Number.isFinite(number) ? number : null;
}
