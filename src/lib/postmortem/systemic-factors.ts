import type { CauseCategory } from '../incident/truth.ts';
import type { SystemicFactor, Why } from './document.ts';

interface Rule {
	id: string;
	words: RegExp;
	category: CauseCategory;
	factor: string;
}

/**
 * Words in an answer, and the systemic factor that they suggest. The first four are those of "Incident Response
 * Excellence", §4 (`analyze_systemic_factors`), with the words that mean the same; the others go on from there.
 */
const RULES: readonly Rule[] = [
	{
		id: 'observability',
		words: /\b(monitor\w*|alert(s|ed|ing)?|dashboards?|observab\w*|telemetry|blind spots?|not visible)\b/i,
		category: 'technical',
		factor: 'Observability gap'
	},
	{
		id: 'deployment',
		words: /\b(re-?deploy\w*|deploy\w*|releas\w+|roll-?outs?|rolled out|canary|canaries|feature flags?)\b/i,
		category: 'process',
		factor: 'Deployment process issue'
	},
	{
		id: 'knowledge',
		words:
			/\b(knowledge|train(ing|ed)|unaware|unfamiliar|did(n't| not) know|(nobody|no one|no-one) knew|never practi[sc]ed)\b/i,
		category: 'people',
		factor: 'Knowledge gap'
	},
	{
		id: 'communication',
		words: /\b(communicat\w*|hand-?offs?|hand-?overs?|not (told|informed|announced)|announce\w*)\b/i,
		category: 'communication',
		factor: 'Communication breakdown'
	},
	{
		id: 'testing',
		words: /\b((load|integration|unit|regression|end-to-end|soak)[- ]tests?|tests?|tested|testing|staging)\b/i,
		category: 'process',
		factor: 'Testing gap'
	},
	{
		id: 'documentation',
		words: /\b(runbooks?|document(ation|ed)|undocumented|changelogs?|wiki)\b/i,
		category: 'process',
		factor: 'Documentation or runbook gap'
	},
	{
		id: 'ownership',
		words: /\b(owners?|ownership|unowned|nobody('s| is) responsible|orphaned)\b/i,
		category: 'process',
		factor: 'Unclear ownership'
	},
	{
		id: 'configuration',
		words: /\b(mis-?configur\w*|configuration|config|migrations?)\b/i,
		category: 'process',
		factor: 'Change control gap'
	},
	{
		id: 'capacity',
		words: /\b(capacity|saturat\w*|exhaust\w*|ran out of|quotas?|rate limits?|pool size)\b/i,
		category: 'technical',
		factor: 'Capacity limit'
	},
	{
		id: 'dependency',
		words: /\b(dependenc(y|ies)|third[- ]part(y|ies)|vendors?|upstream|supplier)\b/i,
		category: 'technical',
		factor: 'Dependency risk'
	},
	{
		id: 'resilience',
		words: /\b(single point of failure|fail-?over|redundan\w*|no (retry|timeout|circuit breaker)|retry storm)\b/i,
		category: 'technical',
		factor: 'Resilience gap'
	},
	{
		id: 'workload',
		words: /\b(fatigue\w*|overload(ed)? team|understaffed|workload|time pressure|on-call load)\b/i,
		category: 'people',
		factor: 'Workload'
	}
];

/** A factor that the answers suggest, and why. */
export interface FactorSuggestion {
	rule: string;
	text: string;
	category: CauseCategory;
	/** Whys whose answers suggest it, and the words that did. */
	because: { whyId: string; words: string }[];
}

/** Factors that the answers suggest, each once, in the order of the rules. */
export function suggestFactors(whys: readonly Pick<Why, 'id' | 'answer'>[]): FactorSuggestion[] {
	return RULES.flatMap(({ id, words, category, factor }) => {
		const because = whys.flatMap((why) => {
			const found = words.exec(why.answer);
			return found ? [{ whyId: why.id, words: found[0] }] : [];
		});
		return because.length === 0 ? [] : [{ rule: id, text: factor, category, because }];
	});
}

/** The same as they stand in a draft, until people confirm or dismiss them. */
export function systemicFactors(whys: readonly Pick<Why, 'answer'>[]): SystemicFactor[] {
	return suggestFactors(whys.map(({ answer }) => ({ id: '', answer }))).map(({ rule, text, category }) => ({
		id: factorId(rule),
		text,
		category,
		confirmed: false,
		dismissed: false,
		rule
	}));
}

/** Two people who take up the same suggestion at once make one factor of it. */
export function factorId(rule: string): string {
	return `factor-${rule}`;
}

/** Suggestions that nobody has taken up or dismissed yet. */
export function openSuggestions(
	whys: readonly Pick<Why, 'id' | 'answer'>[],
	factors: readonly Pick<SystemicFactor, 'rule'>[]
): FactorSuggestion[] {
	const known = new Set(factors.map(({ rule }) => rule));
	return suggestFactors(whys).filter(({ rule }) => !known.has(rule));
}
