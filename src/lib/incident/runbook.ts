/** As much of a runbook as the response needs to know: names, and which steps a tool carries out. */
export interface RunbookOutline {
	runbookId: string;
	name: string;
	steps: { stepId: string; title: string; automated: boolean }[];
}

/** Begins the id of a runbook that a team brought: no runbook of a scenario has a colon in its id. */
export const OWN_RUNBOOK = 'team:';

export function isOwnRunbook(runbookId: string): boolean {
	return runbookId.startsWith(OWN_RUNBOOK);
}

/**
 * What to do where no runbook fits, open in every incident; it ends when the cause is found.
 * Source: "Incident Response Excellence", §2, `technical_investigation`.
 */
export const GENERIC_INVESTIGATION: RunbookOutline = {
	runbookId: 'generic-investigation',
	name: 'Generic investigation',
	steps: [
		{ stepId: 'recent-changes', title: 'Check recent changes', automated: false },
		{ stepId: 'metrics-and-logs', title: 'Analyse metrics and logs', automated: false },
		{ stepId: 'affected-components', title: 'Identify affected components', automated: false },
		{ stepId: 'hypothesis', title: 'Develop a hypothesis', automated: false },
		{ stepId: 'test-and-iterate', title: 'Test it, and iterate', automated: false }
	]
};
