import type { SeverityPolicy } from '../incident/severity.ts';

/** What a draft needs beside the log. */
export interface DraftMeta {
	/** `INC-2024-001`. */
	key: string;
	policy: SeverityPolicy;
	/** IANA zone in which times are printed; UTC where none is given. */
	timeZone?: string | null;
	/**
	 * Dimensions of the scorecard, from which what went well and wrong is told. They stand on the truth, so a draft of an
	 * exercise uses them only once the truth is open.
	 */
	findings?: readonly Finding[];
}

/** As much of a scored dimension as a post-mortem tells. */
export interface Finding {
	id: string;
	measured: string;
	rating: 'P' | 'S' | 'M' | 'U' | null;
	applicable: boolean;
}
