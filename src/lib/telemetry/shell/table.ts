/** Columns as kubectl prints them: as wide as their widest cell, three spaces between. */
export function columns(head: readonly string[], rows: readonly (readonly string[])[], gap = 3): string {
	const all = head.length === 0 ? rows : [head, ...rows];
	const widths = Array.from({ length: Math.max(0, ...all.map((row) => row.length)) }, (_, i) =>
		Math.max(...all.map((row) => (row[i] ?? '').length))
	);
	return all
		.map((row) =>
			row
				.map((cell, i) => cell.padEnd((widths[i] ?? 0) + gap))
				.join('')
				.trimEnd()
		)
		.join('\n');
}

/** A result as psql prints it, with its count of rows. Columns in `right` are numbers. */
export function psqlTable(
	head: readonly string[],
	rows: readonly (readonly string[])[],
	right: ReadonlySet<string>
): string {
	const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => (row[i] ?? '').length)));
	const centred = (text: string, width: number) => {
		const left = Math.floor((width - text.length) / 2);
		return ' '.repeat(left) + text + ' '.repeat(width - text.length - left);
	};
	const lines = [
		head.map((name, i) => ` ${centred(name, widths[i] ?? 0)} `).join('|'),
		widths.map((width) => '-'.repeat(width + 2)).join('+'),
		...rows.map((row) =>
			head
				.map((name, i) => {
					const cell = row[i] ?? '';
					return ` ${right.has(name) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)} `;
				})
				.join('|')
				.trimEnd()
		),
		`(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})`
	];
	return lines.join('\n');
}
