/** Which runbook is for which alert. */
import type { AlertStateView } from '$lib/incident/state.ts';
import type { RoomInfo } from '$lib/protocol/messages.ts';
import { GENERIC_INVESTIGATION } from '$lib/incident/runbook.ts';

export type Runbook = RoomInfo['runbooks'][number];

/** The runbook that an alert's link leads to, or that names the alert; null where there is none. */
export function runbookFor(runbooks: readonly Runbook[], alert: AlertStateView): string | null {
	const url = alert.context.runbookUrl ?? '';
	const linked = runbooks.find((one) => url === one.id || url.endsWith(`/${one.id}`) || url.endsWith(`/${one.id}.md`));
	return (linked ?? runbooks.find((one) => one.alerts.includes(alert.name)))?.id ?? null;
}

const GENERIC_TEXTS: Record<string, string> = {
	'recent-changes':
		'What was deployed, switched or configured in the hours before? Look under Changes, and at the ┆ marks.',
	'metrics-and-logs': 'Which signal moved first, and where? Dashboards for when and how much, logs for what it says.',
	'affected-components': 'Follow the dependencies on the map: who is sick, and who only suffers from a sick neighbour?',
	hypothesis:
		'What single cause would explain all of it? Propose it with how sure you are, and what would rule it out.',
	'test-and-iterate': 'Test it with a diagnostic before you change anything. Ruled out is progress: propose the next.'
};

/** The generic investigation in the form of a runbook, open in every incident. */
export const GENERIC: Runbook = {
	id: GENERIC_INVESTIGATION.runbookId,
	name: GENERIC_INVESTIGATION.name,
	alerts: [],
	kind: 'guide',
	updated: '',
	markdown: 'For when no runbook fits. It ends when the cause is found.',
	steps: GENERIC_INVESTIGATION.steps.map(({ stepId, title }) => ({
		id: stepId,
		title,
		kind: 'manual',
		command: null,
		text: GENERIC_TEXTS[stepId] ?? '',
		changes: false
	}))
};

/** Those that fit a firing alert first, then the generic investigation, then the rest; what tools can do comes last. */
export function inOrder(runbooks: readonly Runbook[], fitting: ReadonlySet<string>): Runbook[] {
	const guides = runbooks.filter(({ kind }) => kind === 'guide');
	return [
		...guides.filter((one) => fitting.has(one.id)),
		GENERIC,
		...guides.filter((one) => !fitting.has(one.id)),
		...runbooks.filter(({ kind }) => kind === 'procedures')
	];
}
