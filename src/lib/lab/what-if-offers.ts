/** What can be changed in a run's log, and the changes most worth asking about. Pure. */
import type { CommandBody, LoggedCommand } from '../incident/command.ts';
import type { CommandEdit } from '../incident/edit.ts';
import type { IncidentEvent } from '../incident/event.ts';
import { timeline } from '../incident/timeline.ts';

/** A command that can be taken out or moved, in the words of the timeline. */
export interface EditableCommand {
	n: number;
	simMs: number;
	kind: 'mitigation' | 'response';
	title: string;
	/** Of a mitigation: how it was judged. */
	verdict: string | null;
}

export interface OfferedEdit {
	label: string;
	edits: CommandEdit[];
}

/** Commands that change what the world or the response comes to; talk, looks and the clock change nothing. */
const CHANGES: ReadonlySet<CommandBody['type']> = new Set<CommandBody['type']>([
	'acknowledgeAlert',
	'silenceAlert',
	'declareIncident',
	'changeSeverity',
	'changeStatus',
	'escalate',
	'reopenIncident',
	'standDown',
	'publishStatusUpdate',
	'takeRole',
	'assignRole',
	'handOffRole'
]);

export function editableCommands(
	commands: readonly LoggedCommand[],
	events: readonly IncidentEvent[]
): EditableCommand[] {
	const end = events.find(({ type }) => type === 'run.ended')?.simMs ?? Number.POSITIVE_INFINITY;
	const titles = new Map(timeline(events).map(({ seq, title }) => [seq, title]));
	return commands.flatMap((command): EditableCommand[] => {
		const { n, body } = command;
		const simMs = command.simMs ?? 0;
		const caused = events.filter(({ causedBy }) => causedBy === n);
		const started = caused.find((event) => event.type === 'mitigation.started');
		if (simMs > end || (!started && !CHANGES.has(body.type))) return [];
		const told = started ?? caused.find(({ seq, type }) => titles.has(seq) && type !== 'note.added');
		const title = told ? titles.get(told.seq) : undefined;
		if (title === undefined) return [];
		const attemptId = started?.type === 'mitigation.started' ? started.payload.attemptId : null;
		const judged = events.find((event) => event.type === 'mitigation.judged' && event.payload.attemptId === attemptId);
		return [
			{
				n,
				simMs,
				kind: started ? 'mitigation' : 'response',
				title: started?.type === 'mitigation.started' ? started.payload.name : title,
				verdict: judged?.type === 'mitigation.judged' ? judged.payload.verdict : null
			}
		];
	});
}

/** Without each action that harmed or did nothing, what helped five minutes after the first signal, and declaring at once. */
export function offeredEdits(commands: readonly LoggedCommand[], events: readonly IncidentEvent[]): OfferedEdit[] {
	const editable = editableCommands(commands, events);
	const signal = events.find(({ type }) => type === 'page.delivered' || type === 'alert.fired')?.simMs ?? null;
	const offers: OfferedEdit[] = [];
	for (const { n, title, verdict } of editable) {
		if (verdict === 'harmful' || verdict === 'ineffective')
			offers.push({ label: `Without “${title}”`, edits: [{ type: 'remove', n }] });
	}
	const helped = editable.find(({ verdict }) => verdict === 'effective' || verdict === 'partial');
	if (helped && signal !== null && helped.simMs > signal + 5 * 60_000) {
		const toMs = signal + 5 * 60_000;
		offers.push({
			label: `“${helped.title}” at minute ${Math.round(toMs / 60_000)}`,
			edits: [{ type: 'move', n: helped.n, toMs }]
		});
	}
	const declared = commands.find(({ body }) => body.type === 'declareIncident');
	if (declared && signal !== null && (declared.simMs ?? 0) > signal + 60_000)
		offers.push({ label: 'Declared at the first page', edits: [{ type: 'move', n: declared.n, toMs: signal }] });
	return offers;
}
