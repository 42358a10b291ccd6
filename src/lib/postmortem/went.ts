/**
 * What went well and what went wrong, told of times, tools and documents, and never of a person.
 */
import { between } from '../incident/milestones.ts';
import type { DraftMeta, Finding } from './meta.ts';
import type { Line } from './document.ts';
import type { Source } from './source.ts';
import { sentence } from './summary.ts';

interface Went {
	well: Line[];
	wrong: Line[];
}

/** Per dimension: how it reads where it met its target, and where it did not. */
const WORDS: Record<string, { well: string; wrong: string }> = {
	detection: {
		well: 'The problem was recognised quickly',
		wrong: 'Recognising the problem took longer than it should'
	},
	acknowledge: { well: 'On-call response time met its target', wrong: 'On-call response time missed its target' },
	declare: { well: 'The incident was declared early', wrong: 'Declaring the incident took longer than it should' },
	severity: { well: 'Severity was right', wrong: 'Severity did not match the impact at first' },
	roles: { well: 'Roles were filled in time', wrong: 'Roles stayed open' },
	escalation: { well: 'More people were called in time', wrong: 'Calling more people took longer than it should' },
	mitigate: {
		well: 'Customers were served again quickly',
		wrong: 'Ending the impact on customers took longer than it should'
	},
	resolve: { well: 'The incident was resolved within its target', wrong: 'Resolution missed its target' },
	cadence: { well: 'Customer communication was timely', wrong: 'Customers waited for news' },
	content: { well: 'Updates said what customers need to know', wrong: 'Updates left out what customers need to know' },
	runbook: { well: 'The runbook that fits was used', wrong: 'The runbook that fits was not worked through' },
	handoff: { well: 'Handovers left nothing open', wrong: 'Handovers left items open' },
	verification: { well: 'Recovery was verified before resolving', wrong: 'Recovery was not verified before resolving' },
	scribe: { well: 'The timeline was kept as it happened', wrong: 'The timeline has gaps' }
};

export function went(source: Source, meta: DraftMeta): Went {
	const findings = source.open && meta.findings ? meta.findings : visibleFindings(source, meta);
	const lines: Went = { well: [], wrong: [] };
	noticed(source, lines);
	for (const { id, rating, applicable, measured } of findings) {
		const words = WORDS[id];
		if (!words || !applicable || rating === null) continue;
		if (rating === 'P') lines.well.push({ id: `well-${id}`, text: `${words.well} (${measured})` });
		else lines.wrong.push({ id: `wrong-${id}`, text: `${words.wrong} (${measured})` });
	}
	actions(source, lines);
	runbookDefects(source, lines);
	for (const { participantId, wentWell } of source.state.hotwash) {
		if (wentWell.trim() !== '') lines.well.push({ id: `well-${participantId}`, text: sentence(wentWell) });
	}
	return lines;
}

function noticed({ milestones }: Source, lines: Went): void {
	if (milestones.detectedBy === 'customer') {
		lines.wrong.push({ id: 'wrong-signal', text: 'Customers told us before any alert did' });
	} else if (milestones.detectedBy === 'alert') {
		const ms = between(milestones.truth.impactStarted, milestones.claimed.signalled);
		const when =
			ms === null
				? ''
				: ms < 0
					? ' before customers noticed'
					: ` within ${Math.max(1, Math.ceil(ms / 60_000))} min of the issue`;
		lines.well.push({ id: 'well-signal', text: `An alert told us first${when}` });
	}
}

/** What helped and what did not, by the tool and the document that called for it. */
function actions({ events, state }: Source, lines: Went): void {
	const verdicts = new Map(
		events.flatMap((event) =>
			event.type === 'mitigation.judged' ? [[event.payload.attemptId, event.payload.verdict]] : []
		)
	);
	for (const { attemptId, name, runbookId, finished } of state.mitigations) {
		const runbook = state.runbooks.find((one) => one.runbookId === runbookId);
		const said = runbook ? `, which runbook "${runbook.name}" calls for,` : '';
		const verdict = verdicts.get(attemptId);
		if (finished?.ran === false)
			lines.wrong.push({ id: `wrong-${attemptId}`, text: `${name}${said} could not be carried out` });
		else if (verdict === 'harmful')
			lines.wrong.push({ id: `wrong-${attemptId}`, text: `${name}${said} made the problem worse` });
		else if (verdict === 'ineffective')
			lines.wrong.push({ id: `wrong-${attemptId}`, text: `${name}${said} did not help` });
		else if (verdict === 'effective') lines.well.push({ id: `well-${attemptId}`, text: `${name} worked as designed` });
	}
}

/** Only of runbooks that were opened: what nobody read led nobody astray. */
function runbookDefects({ events, state, open }: Source, lines: Went): void {
	const truth = open ? events.find((event) => event.type === 'truth.recorded')?.payload.truth : undefined;
	const words = { stale: 'was outdated', missing: 'lacked a step', trap: 'led to a harmful step' } as const;
	truth?.runbookDefects.forEach(({ runbookId, defect, note }, index) => {
		const runbook = state.runbooks.find((one) => one.runbookId === runbookId);
		if (runbook)
			lines.wrong.push({
				id: `wrong-runbook-${index + 1}`,
				text: `Runbook "${runbook.name}" ${words[defect]}: ${note}`
			});
	});
}

const FIRST_UPDATE_MS = 10 * 60_000;

/** While the truth is closed: what the room itself could see. */
function visibleFindings(source: Source, { policy }: DraftMeta): Finding[] {
	const { state, milestones } = source;
	const found = (id: string, ms: number | null, limit: number | null): Finding[] =>
		ms === null || limit === null
			? []
			: [
					{
						id,
						applicable: true,
						rating: ms <= limit ? 'P' : 'M',
						measured: `${Math.max(1, Math.ceil(ms / 60_000))} min`
					}
				];
	const { alertFired, acknowledged, declared } = milestones.claimed;
	const level = state.severity === null ? null : policy[state.severity];
	const first = state.updates.find(({ channel }) => channel === 'status_page');
	return [
		...found('acknowledge', between(alertFired, acknowledged), level?.responseMs ?? null),
		...found('cadence', first && declared ? Math.max(0, first.at - declared.at) : null, FIRST_UPDATE_MS),
		...found(
			'resolve',
			between(milestones.claimed.created, milestones.claimed.resolved),
			level?.resolveTargetMs ?? null
		)
	];
}
