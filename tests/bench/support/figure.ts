// One line of a bench: what was measured, beside what it is compared with and what it ought to be.

export interface Figure {
	what: string;
	measured: number;
	unit: string;
	/** What it is compared with, in the same unit; null where it stands for itself. */
	reference: { of: string; value: number } | null;
	/** The most it may be: of the measured value, or of its ratio to the reference. Null where nothing is asked. */
	target: { of: 'measured' | 'ratio'; most: number } | null;
}

export interface Bench {
	/** One word, by which it can be run alone. */
	name: string;
	about: string;
	/** Rejects where it cannot be run at all; `skip` says in a sentence what could not be compared here. */
	run(skip: (why: string) => void): Promise<Figure[]>;
}

export function ratioOf({ measured, reference }: Figure): number | null {
	return reference === null || reference.value === 0 ? null : measured / reference.value;
}

/** Whether a figure meets its target; null where it has none. */
export function isMet(figure: Figure): boolean | null {
	if (figure.target === null) return null;
	const value = figure.target.of === 'measured' ? figure.measured : ratioOf(figure);
	return value === null ? null : value <= figure.target.most;
}

/** `what | measured | reference | ratio | target`, readable in a terminal and in a log. */
export function figureLine(figure: Figure): string {
	const { what, measured, unit, reference, target } = figure;
	const ratio = ratioOf(figure);
	const met = isMet(figure);
	const parts = [
		what,
		`${number(measured)} ${unit}`,
		reference === null ? '-' : `${reference.of} ${number(reference.value)} ${unit}`,
		ratio === null ? '-' : `× ${number(ratio)}`,
		target === null
			? '-'
			: `${target.of === 'ratio' ? '× ' : ''}≤ ${number(target.most)}${target.of === 'measured' ? ` ${unit}` : ''} ${met ? 'met' : 'MISSED'}`
	];
	return parts.join(' | ');
}

/** Three digits that count. */
export function number(value: number): string {
	if (!Number.isFinite(value)) return '-';
	if (Math.abs(value) >= 100) return String(Math.round(value));
	return String(Number(value.toPrecision(3)));
}
