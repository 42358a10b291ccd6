/** A variant of a scenario, as a host chooses it: its title gives nothing away. */
export interface VariantChoice {
	id: string;
	title: string;
	/** Written for this scenario; else every scenario has it. */
	written: boolean;
}

/** HTTP: GET /api/scenarios/<id>/variants */
export interface VariantList {
	variants: VariantChoice[];
}

/** Instead of a variant's id: the server draws one, or the scenario as it is written, and tells nobody until the truth is opened. */
export const SURPRISE_VARIANT = '?';
