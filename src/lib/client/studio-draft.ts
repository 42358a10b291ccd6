/** What an author has written and not yet saved, kept in this browser so that a reload or a crash loses none of it. */

export type Files = Readonly<Record<string, string>>;

export interface Draft {
	/** The version it was begun on. */
	version: number;
	files: Files;
	/** Wall time. */
	at: number;
}

const keyOf = (id: string) => `muster-studio-${id}`;

export function readDraft(id: string): Draft | null {
	try {
		const value: unknown = JSON.parse(localStorage.getItem(keyOf(id)) ?? 'null');
		return isDraft(value) ? value : null;
	} catch {
		return null;
	}
}

/** False where the browser has no room, or keeps nothing. */
export function keepDraft(id: string, draft: Draft): boolean {
	try {
		localStorage.setItem(keyOf(id), JSON.stringify(draft));
		return true;
	} catch {
		return false;
	}
}

export function forgetDraft(id: string): void {
	try {
		localStorage.removeItem(keyOf(id));
	} catch {
		// A browser that keeps nothing has nothing to forget.
	}
}

export function sameFiles(a: Files, b: Files): boolean {
	const paths = Object.keys(a);
	return paths.length === Object.keys(b).length && paths.every((path) => a[path] === b[path]);
}

function isDraft(value: unknown): value is Draft {
	if (typeof value !== 'object' || value === null || !('version' in value) || !('files' in value) || !('at' in value))
		return false;
	const { version, files, at } = value;
	return (
		typeof version === 'number' &&
		typeof at === 'number' &&
		typeof files === 'object' &&
		files !== null &&
		Object.values(files).every((text) => typeof text === 'string')
	);
}
