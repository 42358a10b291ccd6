// What the debrief asks of the server over HTTP, beside its page: the replay, the bookmarks, what if, links to share.

import type { CommandEdit } from '../incident/edit.ts';
import type { Role } from '../incident/role.ts';
import type { SurveyAnswers } from '../incident/hotwash.ts';
import type { HealthAnswer } from './messages.ts';

/** Who could see an event when it happened. `self`: whoever gave the answer, until all were opened. */
export type SeenBy = 'everyone' | 'truth' | 'facilitator' | 'self' | Role[];

/** Whether a run can be played again here, and why not. */
export type Replayable = { ok: true; endMs: number } | { ok: false; why: string };

/** GET /api/incidents/<id>/replay?at=<simMs> or ?event=<viewSeq>: the simulated system at one moment. */
export interface ReplayMoment {
	simMs: number;
	/** Incident time, epoch ms. */
	at: number;
	services: HealthAnswer[];
	/** Null where the reader may not know. */
	truth: {
		faults: { id: string; state: string; phase: string; sinceMs: number; note: string }[];
		impact: { share: number; affectedMinutes: number };
		restored: { condition: string; holds: boolean }[];
	} | null;
}

/** GET /api/incidents/<id>/replay/series?panels=a,b: panels over the whole run, as they were seen. Times are incident time. */
export interface ReplaySeries {
	panels: {
		id: string;
		title: string;
		unit: string;
		legend: string;
		limit: number | null;
		series: { labels: Record<string, string>; times: number[]; values: number[] }[];
	}[];
}

/** GET /api/incidents/<id>/moments. `because` is empty for readers to whom the truth is not open. */
export interface Bookmark {
	id: string;
	kind: string;
	/** Incident time, epoch ms. */
	at: number;
	simMs: number | null;
	title: string;
	question: string;
	because: string;
	/** Events of the reader's view. */
	evidence: number[];
}

/** POST /api/incidents/<id>/what-if */
export type WhatIfRequest = { type: 'edits'; edits: CommandEdit[] } | { type: 'nobody' } | { type: 'reference' };

/** What a future came to. Simulated milliseconds. */
export interface FutureAnswer {
	outcome: 'resolved' | 'unresolved';
	cut: 'limit' | 'host' | null;
	endedMs: number;
	detectionMs: number | null;
	mitigationMs: number | null;
	resolutionMs: number | null;
	impactMinutes: number;
	cost: { currency: string; total: number } | null;
	impact: { ms: number; share: number }[];
	phases: { faultId: string; phase: string; ms: number }[];
	marks: { ms: number; icon: string; title: string }[];
	refused: { n: number; simMs: number; message: string }[];
	unplayed: number[];
}

/** What the page of other futures is given. */
export interface WhatIfOffer {
	/** Null where it can be simulated. */
	why: string | null;
	thisRun: FutureAnswer;
	limitMs: number;
	startsAt: number;
	commands: { n: number; simMs: number; kind: 'mitigation' | 'response'; title: string; verdict: string | null }[];
	offers: { label: string; edits: CommandEdit[] }[];
}

/** GET /api/incidents/<id>/survey: a team's figures, never anybody's answers. */
export interface SurveyAnswer {
	count: number;
	/** Fewer answers than this are not shown. */
	least: number;
	figures: Record<keyof SurveyAnswers, { mean: number; marks: number[] }> | null;
}

/** GET and POST /api/incidents/<id>/shares, DELETE /api/incidents/<id>/shares/<link>. Times are wall time. */
export interface ShareLink {
	id: string;
	label: string;
	names: boolean;
	createdAt: number;
	createdBy: string;
	withdrawnAt: number | null;
}
export interface ShareRequest {
	label: string;
	names: boolean;
}
/** The only time that the address can be read. */
export interface ShareMade {
	link: ShareLink;
	url: string;
}
