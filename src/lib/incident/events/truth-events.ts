import type { GroundTruth } from '../truth.ts';

/** What really happened. In practice hidden until the truth is opened; of a real incident entered by people. */
export type TruthEvent =
	| { type: 'truth.recorded'; payload: { truth: GroundTruth } }
	/**
	 * Share of users affected, 0..1, from now on. `assumed`: an import knows that customers suffered, and not how many; then the
	 * share stands for all of them and means nothing. `affectedMinutes` is the integral of the share until now, in minutes.
	 */
	| { type: 'impact.started'; payload: { share: number; assumed?: boolean } }
	| { type: 'impact.changed'; payload: { share: number; affectedMinutes: number } }
	| { type: 'impact.ended'; payload: { affectedMinutes: number } }
	| { type: 'sli.breached'; payload: { sli: string; objective: string; value: number } }
	| { type: 'sli.restored'; payload: { sli: string; value: number } }
	| {
			type: 'fault.transitioned';
			payload: { faultId: string; from: string; to: string; phase: Phase; because: string };
	  }
	/** The verdict on a mitigation that finished, kept apart from what the room sees. */
	| {
			type: 'mitigation.judged';
			payload: { attemptId: string; mitigationId: string; verdict: string; fromState: string; toState: string };
	  }
	/**
	 * What the scenario expected of the response, judged as the run ends. `at`: when it was first so, null where it was not, or
	 * where it is something that must not happen. `objective`: the one it speaks to, in its words.
	 */
	| { type: 'expectations.judged'; payload: { expectations: JudgedExpectation[] } }
	/** A twin run re-simulated at the end: nobody acts, without one action, the reference. */
	| {
			type: 'twin.computed';
			payload: {
				twin: 'none' | 'reference' | 'without';
				/** For `without`: the attempt taken out. */
				attemptId: string | null;
				label: string;
				impactMinutes: number;
				resolved: boolean;
				mitigatedMs: number | null;
				endedMs: number;
			};
	  }
	/** Telemetry archived at the end, at 15 s, for charts of the debrief: incident times and values. */
	| {
			type: 'telemetry.archived';
			payload: {
				panels: {
					title: string;
					unit: string;
					series: { labels: Record<string, string>; times: number[]; values: (number | null)[] }[];
				}[];
			};
	  };

export interface JudgedExpectation {
	title: string;
	met: boolean;
	/** Incident times. */
	at: number | null;
	by: number | null;
	objective: string | null;
}

export const PHASES = [
	'healthy',
	'latent',
	'degraded',
	'outage',
	'aggravated',
	'contained',
	'mitigated',
	'resolved',
	'lost'
] as const;
export type Phase = (typeof PHASES)[number];
