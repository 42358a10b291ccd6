import type { CauseCategory } from '../incident/truth.ts';
import type { SystemicFactor, Why } from './document.ts';

/** Keywords in an answer, and the systemic factor that they suggest. Source: "Incident Response Excellence", §4. */
const RULES: { words: RegExp; category: CauseCategory; factor: string }[] = [
	{ words: /monitoring|alerting/i, category: 'technical', factor: 'Observability gap' },
	{ words: /deploy|release/i, category: 'process', factor: 'Deployment process issue' },
	{ words: /knowledge|training/i, category: 'people', factor: 'Knowledge gap' },
	{ words: /communication|handoff/i, category: 'communication', factor: 'Communication breakdown' }
];

/** Factors that the answers suggest, each once; people confirm or remove them. */
export function systemicFactors(whys: readonly Pick<Why, 'answer'>[]): SystemicFactor[] {
	return RULES.filter(({ words }) => whys.some(({ answer }) => words.test(answer))).map(({ category, factor }) => ({
		id: `factor-${category}`,
		text: factor,
		category,
		confirmed: false
	}));
}
