/** Somebody else who has the document open, and the field they are in. */
export interface Present {
	participantId: string;
	/** Its key, as `field` of SharedText gives it; null where they only read. */
	field: string | null;
}

/** People in a steady order. Several tabs of one person are one person: the tab that writes is told of. */
export function oncePerPerson(states: readonly Record<string, unknown>[]): Present[] {
	const found = new Map<string, Present>();
	for (const { participantId, field } of states) {
		if (typeof participantId !== 'string') continue;
		const written = typeof field === 'string' ? field : (found.get(participantId)?.field ?? null);
		found.set(participantId, { participantId, field: written });
	}
	return [...found.values()].sort((one, other) => one.participantId.localeCompare(other.participantId));
}
