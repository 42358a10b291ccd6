/** What is drawn over the lines of a chart at a moment: a deploy or another change (┆), an alert that fired (▾). */
export interface ChartMark {
	/** Incident time, epoch ms. */
	at: number;
	kind: 'change' | 'alert';
	label: string;
}
