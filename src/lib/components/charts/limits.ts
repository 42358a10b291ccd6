/** Where it begins to be bad, drawn dashed across a chart. */
export interface ChartLimit {
	value: number;
	/** `warn` is drawn and said as ▲, `bad` as ◆. */
	tone: 'warn' | 'bad';
	/** The side on which it is bad. */
	bad: 'above' | 'below';
}

export const LIMIT_SHAPE = { warn: '▲', bad: '◆' } as const;

/** The gravest limit that a value has crossed; null for none. */
export function crossed(value: number | null, limits: readonly ChartLimit[]): ChartLimit | null {
	if (value === null) return null;
	const over = limits.filter((limit) => (limit.bad === 'above' ? value > limit.value : value < limit.value));
	return over.find(({ tone }) => tone === 'bad') ?? over[0] ?? null;
}
