// What authors send and get: injects from a list, a draft from a post-mortem.

/** POST /api/scenarios/injects */
export interface InjectsRequest {
	text: string;
	/** `14:00` where the list tells the time of day; empty where it counts from the begin. */
	start: string;
}
export interface InjectsAnswer {
	injects: { line: number; id: string; atMs: number; channel: string; from: string; to: string | null; text: string }[];
	refused: { line: number; message: string; cells: string[] }[];
	notes: { line: number; message: string }[];
	yaml: string;
}

/** POST /api/scenarios/draft */
export interface DraftRequest {
	text: string;
	/** An archetype; empty for the one whose services are named. */
	topology: string;
}
export interface DraftAnswer {
	slug: string;
	/** Texts by their path in the scenario's folder. */
	files: Record<string, string>;
	decisions: { file: string; line: number; written: string; question: string }[];
	unplaced: { line: number; text: string }[];
	/** `file:line:column: code: message`; empty where it lints. */
	problems: string[];
}
