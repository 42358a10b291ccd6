// Names taken out of what is shared: of who acted, and of what people typed about each other.

/** A number in the place of a name, by participant: `p3` is Person 3. */
export function numbered(people: readonly { participantId: string }[]): { participantId: string; name: string }[] {
	return people.map(({ participantId }) => ({ participantId, name: `Person ${participantId.replace(/\D/g, '')}` }));
}

/** The same value with every name in its texts replaced. Whole words alone: Ann does not take the beginning of Annual. */
export function hideNames<T>(value: T, people: readonly { participantId: string; name: string }[]): T {
	const stands = new Map(numbered(people).map(({ participantId, name }) => [participantId, name]));
	// The longest first, so that "Ann Lee" is not left as "Person 1 Lee".
	const names = people
		.flatMap(({ participantId, name }) => {
			const whole = { text: name.trim(), by: stands.get(participantId) ?? 'somebody' };
			const parts = whole.text.split(/\s+/).map((text) => ({ text, by: whole.by }));
			return parts.length > 1 ? [whole, ...parts] : [whole];
		})
		.filter(({ text }) => text.length >= 2)
		.sort((a, b) => b.text.length - a.text.length);
	const patterns = names.map(({ text, by }) => ({
		by,
		pattern: new RegExp(`(?<![\\p{L}\\p{N}])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'giu')
	}));
	return walk(value, (text) => patterns.reduce((so, { pattern, by }) => so.replace(pattern, by), text)) as T;
}

function walk(value: unknown, text: (text: string) => string): unknown {
	if (typeof value === 'string') return text(value);
	if (Array.isArray(value)) return value.map((one) => walk(one, text));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, text)]));
}
