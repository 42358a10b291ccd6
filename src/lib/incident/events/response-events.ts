import type { EvidenceId } from '../ids.ts';

/** A series as it was when somebody pinned it: enough to draw a small chart for ever. Times in incident time. */
export interface PinnedSeries {
	labels: Record<string, string>;
	times: number[];
	values: number[];
}

export type EvidenceSource = 'diagnostic' | 'panel' | 'log' | 'trace' | 'change' | 'alert' | 'runbook' | 'note';

export type ResponseEvent =
	/** A diagnostic was started; its output comes when its time is over. */
	| { type: 'diagnostic.started'; payload: { diagnosticId: string; command: string; readyAt: number } }
	/** Output of a diagnostic or of an automated step. */
	| {
			type: 'evidence.revealed';
			payload: { evidenceId: EvidenceId; diagnosticId: string; command: string; kind: string; output: string };
	  }
	/** Somebody put a piece of what was seen before the room. */
	| {
			type: 'evidence.pinned';
			payload: {
				evidenceId: EvidenceId;
				source: EvidenceSource;
				title: string;
				text: string;
				/** The evidence this is a pin of, where it was revealed before. */
				of: EvidenceId | null;
				series: PinnedSeries[];
			};
	  }
	/** A deploy, flag, config or other change of the system, as the change feed shows it. */
	| {
			type: 'change.deployed';
			payload: {
				changeId: string;
				service: string;
				kind: string;
				title: string;
				detail: string;
				version: string | null;
				by: string;
			};
	  }
	| { type: 'runbook.opened'; payload: { runbookId: string; name: string } }
	| {
			type: 'runbook.step_completed';
			payload: { runbookId: string; stepId: string; title: string; automated: boolean; result: string };
	  }
	| { type: 'runbook.step_skipped'; payload: { runbookId: string; stepId: string; title: string; reason: string } }
	/** Somebody did not know what a step wants of them, or whether it was right; it may be done all the same. */
	| { type: 'runbook.step_unclear'; payload: { runbookId: string; stepId: string; title: string; note: string } }
	/** `causeFound` is what the generic investigation ends with. */
	| { type: 'runbook.finished'; payload: { runbookId: string; causeFound: boolean; note: string } }
	| {
			type: 'mitigation.started';
			payload: {
				attemptId: string;
				mitigationId: string;
				name: string;
				command: string;
				/** Incident time at which it will have been carried out. */
				readyAt: number;
				/** The runbook step it came from, where it did. */
				runbookId: string | null;
				stepId: string | null;
			};
	  }
	/** Carried out (or failed to run); never a verdict on whether it helped. `message` is what the tool printed. */
	| {
			type: 'mitigation.finished';
			payload: { attemptId: string; mitigationId: string; name: string; ran: boolean; message: string };
	  }
	/** Somebody looked at a tool: which one and at which services. */
	| { type: 'telemetry.viewed'; payload: { tool: string; services: string[] } };
