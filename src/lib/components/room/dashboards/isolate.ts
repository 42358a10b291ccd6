/** Which lines of a chart are looked at alone. An empty list is all of them. Pure. */

/** A click shows a line alone, or all again; with a key held it joins or leaves those that are shown. */
export function isolated(
	shown: readonly string[],
	name: string,
	joins: boolean,
	all: readonly string[]
): readonly string[] {
	if (!joins) return shown.length === 1 && shown[0] === name ? [] : [name];
	const now = shown.length === 0 ? all : shown;
	const next = now.includes(name) ? now.filter((one) => one !== name) : [...now, name];
	return next.length === 0 || next.length >= all.length ? [] : next;
}

export function isShown(shown: readonly string[], name: string): boolean {
	return shown.length === 0 || shown.includes(name);
}
