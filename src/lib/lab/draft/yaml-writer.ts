/** Writes YAML as a person would read it on, with marks where somebody must still decide. */

/** Starts the remark at the end of a line that somebody must decide about. */
export const DECIDE = '# DECIDE:';

export interface Decision {
	file: string;
	/** Line of the file, from 1. */
	line: number;
	/** What stands there now. */
	written: string;
	/** What to decide, and how. */
	question: string;
}

/** Any text as one YAML scalar; nothing in it is taken for a template or for YAML. */
export function quoted(text: string, most = 2_000): string {
	const whole = text.replace(/\s+/g, ' ').trim().slice(0, most);
	return JSON.stringify(whole === '' ? '-' : inert(whole));
}

/** HTML that acts, and templates: kept readable, and no longer what a machine would take them for. */
export function inert(text: string): string {
	return text
		.replaceAll('{{', '{ {')
		.replace(/<(?=\s*\/?\s*[a-z])(?!\/?(?:b|i|em|strong|code|p|br|ul|ol|li)>)/gi, '‹')
		.replace(/\bjavascript:/gi, 'javascript :');
}

/** Small letters, digits and dashes, as ids are; `otherwise` where nothing is left. */
export function slugOf(text: string, otherwise: string, most = 48): string {
	const slug = text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, most)
		.replace(/-+$/, '');
	return slug === '' ? otherwise : slug;
}

/** The marks of a file, in its order. */
export function decisionsIn(file: string, text: string): Decision[] {
	return text.split('\n').flatMap((line, index) => {
		const at = line.indexOf(DECIDE);
		if (at === -1) return [];
		return [
			{ file, line: index + 1, written: line.slice(0, at).trim(), question: line.slice(at + DECIDE.length).trim() }
		];
	});
}
