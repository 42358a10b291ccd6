/**
 * After-action report and improvement plan (HSEEP): a pure function of the log, for an exercise and for a real incident alike.
 * People appear by id; whoever shows it puts names in their place.
 */
import type { IncidentEvent } from '../incident/event.ts';
import { ratedKey, type Rating } from '../incident/rating.ts';
import type { SeverityPolicy } from '../incident/severity.ts';
import { scorecard, type Dimension, type Scorecard, type WeightGroup } from './index.ts';
import { readFacts } from './facts.ts';
import { RECOMMENDATIONS } from './recommendations.ts';
import { trackedActions, type TrackedAction } from './tracked-actions.ts';

export interface EvaluatorRating {
	/** Participant. */
	by: string;
	rating: Rating;
	note: string;
}

export interface AfterAction {
	/** Incident time, epoch ms. */
	from: number;
	to: number;
	practice: boolean;
	severity: string | null;
	declaredTitle: string | null;
	failureClass: string | null;
	rootCause: string | null;
	people: { participantId: string; as: string }[];
	objectives: {
		objective: string;
		/** As computed; null where nothing measured speaks to it. */
		rating: Rating | null;
		note: string;
		/** Beside it, never mixed in. */
		evaluators: EvaluatorRating[];
	}[];
	strengths: { name: string; observation: string }[];
	/** What was rated S, M or U, the worst first. */
	improvements: { name: string; rating: Rating; observation: string; target: string; evaluators: EvaluatorRating[] }[];
	/** Every dimension that evaluators rated, with what was computed beside it. */
	judged: { name: string; computed: Rating | null; evaluators: EvaluatorRating[] }[];
	/** What the room said surprised it or stayed unclear. */
	said: { wentWell: string[]; surprised: string[]; unclear: string[] };
	/** Agreed on in the post-mortem. */
	agreed: TrackedAction[];
	/** Proposed for what went badly and has no agreed action yet: for the team to take or leave. */
	proposed: { area: string; element: string; action: string }[];
	scorecard: Scorecard;
}

const ORDER: readonly Rating[] = ['U', 'M', 'S', 'P'];

export function afterAction(
	events: readonly IncidentEvent[],
	policy: SeverityPolicy,
	weights: readonly WeightGroup[]
): AfterAction {
	const facts = readFacts(events, policy);
	const card = scorecard(events, policy, weights);
	const ratings = facts.state.debrief?.ratings ?? [];
	const byHand = (key: string): EvaluatorRating[] =>
		ratings.filter(({ of }) => ratedKey(of) === key).map(({ by, rating, note }) => ({ by, rating, note }));
	const improvable = card.dimensions
		.filter((one): one is Dimension & { rating: Rating } => one.rating !== null && one.rating !== 'P')
		.sort((a, b) => ORDER.indexOf(a.rating) - ORDER.indexOf(b.rating));
	const begin = facts.of('run.began')[0] ?? facts.events.find(({ simMs }) => simMs === null || simMs >= 0);
	const answers = facts.state.hotwash;
	const words = (pick: (one: (typeof answers)[number]) => string) =>
		answers.map(pick).flatMap((text) => (text.trim() === '' ? [] : [text.trim()]));
	return {
		from: begin?.occurredAt ?? 0,
		to: facts.end.at,
		practice: facts.state.origin === 'practice',
		severity: facts.severity,
		declaredTitle: facts.state.declared?.title ?? null,
		failureClass: facts.truth?.failureClass ?? null,
		rootCause: facts.truth?.rootCause ?? null,
		people: facts.state.participants.map(({ participantId, as }) => ({ participantId, as })),
		objectives: card.objectives.map(({ objective, rating, note }) => ({
			objective,
			rating,
			note,
			evaluators: byHand(ratedKey({ kind: 'objective', objective }))
		})),
		strengths: card.dimensions
			.filter(({ rating }) => rating === 'P')
			.map(({ name, measured }) => ({ name, observation: measured })),
		improvements: improvable.map(({ id, name, rating, measured, note, target }) => ({
			name,
			rating,
			observation: [measured, note].filter((part) => part !== '').join('. '),
			target,
			evaluators: byHand(ratedKey({ kind: 'dimension', id }))
		})),
		judged: card.dimensions
			.map(({ id, name, rating }) => ({
				name,
				computed: rating,
				evaluators: byHand(ratedKey({ kind: 'dimension', id }))
			}))
			.filter(({ evaluators }) => evaluators.length > 0),
		said: {
			wentWell: words(({ wentWell }) => wentWell),
			surprised: words(({ surprisedMe }) => surprisedMe),
			unclear: words(({ unclear }) => unclear)
		},
		agreed: trackedActions(facts),
		proposed: improvable
			.filter(({ rating }) => rating !== 'S')
			.map(({ id, name }) => ({ area: name, ...RECOMMENDATIONS[id] })),
		scorecard: card
	};
}
