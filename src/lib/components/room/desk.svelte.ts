/** How this reader has arranged the room: which tabs are open, which dialog, what is looked at. Never leaves the browser. */
import { getContext, setContext } from 'svelte';
import type { CommandRole } from '$lib/incident/role.ts';
import type { Severity } from '$lib/incident/severity.ts';
import type { IncidentStatus } from '$lib/incident/status.ts';
import type { EvidenceSource, PinnedSeries } from '$lib/incident/events/response-events.ts';
import type { LogFieldFilter } from '$lib/protocol/messages.ts';
import { preference, setPreference } from '$lib/client/membership.ts';

export type ToolId =
	'dashboards' | 'changes' | 'logs' | 'traces' | 'mitigations' | 'runbooks' | 'map' | 'console' | 'byhand' | 'files';
export type TalkId = 'channel' | 'command' | 'hypotheses' | 'updates' | 'timeline' | 'run';
/** Columns of the wide room, tabs of the phone. `you` is the phone's place for seats and settings. */
export type PlaceId = 'pager' | 'tools' | 'talk' | 'updates' | 'you';

export type DialogRequest =
	| { type: 'declare' }
	| { type: 'severity'; to?: Severity }
	| { type: 'escalate' }
	| { type: 'silence'; alertId: string }
	| { type: 'status'; to: IncidentStatus }
	| { type: 'reopen' }
	| { type: 'standDown' }
	| { type: 'assign'; role: CommandRole }
	| { type: 'handOff'; role: CommandRole }
	| { type: 'pin'; source: EvidenceSource; title: string; text: string; of: string | null; series: PinnedSeries[] }
	| { type: 'mitigate'; mitigationId: string; runbookId: string | null; stepId: string | null }
	| { type: 'automation'; runbookId: string; stepId: string }
	| { type: 'entry'; kind: 'note' | 'decision' | 'message' | 'hypothesis' }
	| { type: 'task' }
	| { type: 'link' }
	| { type: 'share' }
	| { type: 'shortcuts' }
	| { type: 'realIncident' }
	| { type: 'endRun' };

export class Desk {
	tool = $state<ToolId>('dashboards');
	talk = $state<TalkId>('channel');
	/** Shown on a phone; the wide room shows all three columns. */
	place = $state<PlaceId>('pager');
	/** The pager as a count, for who commands. */
	folded = $state(false);
	dialog = $state.raw<DialogRequest | null>(null);
	palette = $state(false);
	/** Service whose panels, logs or changes are looked at; null for all. */
	service = $state<string | null>(null);
	panels = $state<'golden' | 'resources' | 'query'>('golden');
	query = $state('');
	/** Counts queries handed over by other tools, which run at once. */
	queriesAsked = $state(0);
	runbookId = $state<string | null>(null);
	/** The trace that is looked at; null for the search. */
	traceId = $state<string | null>(null);
	/** Fields that another tool asked the logs to be filtered by; null once they have taken them. */
	logFields = $state.raw<readonly LogFieldFilter[] | null>(null);
	/** The question whose answer is being written. */
	answering = $state<string | null>(null);
	/** Words put before the reader to send on, for example an answer begun elsewhere. */
	line = $state('');
	notifications = $state(preference('notifications', 'no') === 'yes');

	openTool(tool: ToolId): void {
		this.tool = tool;
		this.place = 'tools';
	}

	openTalk(talk: TalkId): void {
		this.talk = talk;
		this.place = talk === 'updates' ? 'updates' : 'talk';
	}

	showPager(): void {
		this.folded = false;
		this.place = 'pager';
	}

	openDashboard(service: string | null): void {
		this.service = service;
		if (this.panels === 'query') this.panels = 'golden';
		this.openTool('dashboards');
	}

	openQuery(query: string): void {
		this.query = query;
		this.queriesAsked++;
		this.panels = 'query';
		this.openTool('dashboards');
	}

	/** Leads from a log line or a point of a chart to the trace behind it; null to the search for traces. */
	openTrace(traceId: string | null): void {
		this.traceId = traceId;
		this.openTool('traces');
	}

	/** The log lines of one trace, from wherever it is looked at. */
	openLogs(fields: readonly LogFieldFilter[]): void {
		this.logFields = fields;
		this.openTool('logs');
	}

	openRunbook(runbookId: string | null): void {
		this.runbookId = runbookId;
		this.openTool('runbooks');
	}

	ask(dialog: DialogRequest): void {
		this.dialog = dialog;
	}

	setNotifications(on: boolean): void {
		this.notifications = on;
		setPreference('notifications', on ? 'yes' : 'no');
	}

	/** The first sight of a seat: each opens on what it is there for. */
	arrangeFor(seats: readonly CommandRole[], real: boolean): void {
		const tool: ToolId = real ? 'byhand' : 'dashboards';
		this.tool = tool;
		if (seats.includes('incident_commander') && seats.length === 1) {
			this.talk = 'command';
			this.folded = true;
			return;
		}
		this.folded = false;
		if (seats.includes('technical_lead')) this.talk = 'channel';
		else if (seats.includes('communications_lead')) this.talk = 'updates';
		else if (seats.includes('scribe')) this.talk = 'timeline';
		else this.talk = 'channel';
	}
}

const DESK = Symbol('desk');

export function provideDesk(desk: Desk): Desk {
	return setContext(DESK, desk);
}
export function useDesk(): Desk {
	return getContext<Desk>(DESK);
}
