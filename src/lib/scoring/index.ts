/**
 * The scorecard: a pure function of the incident log, in incident time with pauses left out, so that a real incident
 * is scored by the same code wherever its log holds the facts. It knows no scenario and no engine.
 */
import type { IncidentEvent } from '../incident/event.ts';
import type { Milestones } from '../incident/milestones.ts';
import { DEFAULT_SEVERITY_POLICY, type Severity, type SeverityPolicy } from '../incident/severity.ts';
import type { Dimension, DimensionId } from './dimension.ts';
import { acknowledge } from './dimensions/acknowledge.ts';
import { actions } from './dimensions/actions.ts';
import { cadence } from './dimensions/cadence.ts';
import { content } from './dimensions/content.ts';
import { declare } from './dimensions/declare.ts';
import { detection } from './dimensions/detection.ts';
import { escalation } from './dimensions/escalation.ts';
import { handoff } from './dimensions/handoff.ts';
import { hypotheses } from './dimensions/hypotheses.ts';
import { impact } from './dimensions/impact.ts';
import { learning } from './dimensions/learning.ts';
import { mitigate } from './dimensions/mitigate.ts';
import { resolve } from './dimensions/resolve.ts';
import { roles } from './dimensions/roles.ts';
import { runbook } from './dimensions/runbook.ts';
import { scribe } from './dimensions/scribe.ts';
import { severity } from './dimensions/severity.ts';
import { signal } from './dimensions/signal.ts';
import { verification } from './dimensions/verification.ts';
import { expectationsOf, type Expectation } from './expectations.ts';
import { readFacts, type Facts } from './facts.ts';
import { asFarAsTold } from './imported.ts';
import { impactOf, type Impact } from './impact.ts';
import { rateObjectives, rollUp, type Group, type ObjectiveRating } from './roll-up.ts';
import { DEFAULT_WEIGHTS, type WeightGroup } from './weights.ts';

export { DIMENSION_IDS, DIMENSION_NAMES, RATING_NAMES, RATINGS } from './dimension.ts';
export type { Dimension, DimensionId, Rating } from './dimension.ts';
export type { Expectation } from './expectations.ts';
export type { Impact } from './impact.ts';
export type { Group, ObjectiveRating } from './roll-up.ts';
export { DEFAULT_WEIGHTS, weighted, type WeightGroup, type Weights } from './weights.ts';
export { surveyOf, type SurveyFigures } from './survey.ts';

export interface Scorecard {
	/** The severity that people were held to; null where none is known. */
	severity: Severity | null;
	milestones: Milestones;
	/** In the order of `DIMENSION_IDS`. */
	dimensions: Dimension[];
	objectives: ObjectiveRating[];
	/** What the scenario expected; empty where none did. */
	expectations: Expectation[];
	/** Groups with the weights that were used. */
	groups: Group[];
	/** The one number, 0..100, over what applies; null where nothing does. */
	total: number | null;
	/** Null where the log knows of no impact. */
	impact: Impact | null;
}

const DIMENSIONS: Record<DimensionId, (facts: Facts) => Dimension> = {
	signal,
	detection,
	acknowledge,
	declare,
	severity,
	roles,
	escalation,
	mitigate,
	resolve,
	cadence,
	content,
	hypotheses,
	actions,
	runbook,
	handoff,
	verification,
	impact,
	scribe,
	learning
};

/** Scores a log. Needs the whole log: on a view of it the truth, and with it half the dimensions, would be missing. */
export function scorecard(
	events: readonly IncidentEvent[],
	policy: SeverityPolicy,
	weights: readonly WeightGroup[] = DEFAULT_WEIGHTS
): Scorecard {
	const facts = readFacts(events, policy);
	const dimensions = Object.values(DIMENSIONS).map((dimension) => asFarAsTold(facts, dimension(facts)));
	const expectations = expectationsOf(facts);
	return {
		severity: facts.severity,
		milestones: facts.milestones,
		dimensions,
		objectives: rateObjectives(facts.truth?.objectives ?? [], dimensions, expectations),
		expectations,
		...rollUp(dimensions, weights),
		impact: impactOf(facts)
	};
}

/** What an incident cost its customers and whoever runs it, from its log alone; null where the log does not tell. */
export function impactIn(events: readonly IncidentEvent[]): Impact | null {
	return impactOf(readFacts(events, DEFAULT_SEVERITY_POLICY));
}
