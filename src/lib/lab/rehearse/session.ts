import type { CompiledScenario } from '../../scenario/library.ts';
import type { Problem } from '../../scenario/problem.ts';
import { knownMetrics } from './known-metrics.ts';
import { readMapping, Renamer, type Mapping } from './mapping.ts';
import { rehearseScenario, type RehearsedScenario } from './rehearse.ts';
import { summaryOf, type RehearsalSummary } from './report.ts';
import { checkRuleFile, type RuleFinding } from './rule-check.ts';
import { watchOf } from './watch.ts';

export interface RehearsalRequest {
	readonly rules: { readonly file: string; readonly text: string };
	/** How the team calls what the scenarios measure; null where it uses our names. */
	readonly mapping: { readonly file: string; readonly text: string } | null;
	readonly seed: string;
}

/** What is told while a rehearsal goes on, in this order. After `refused` comes nothing more. */
export type RehearsalStep =
	| { readonly type: 'refused'; readonly problems: readonly Problem[] }
	| { readonly type: 'checked'; readonly rules: number; readonly problems: readonly (Problem | RuleFinding)[] }
	/** `at` of `of` scenarios is under way, `share` (0..1) of it done. */
	| {
			readonly type: 'progress';
			readonly at: number;
			readonly of: number;
			readonly scenario: string;
			readonly share: number;
	  }
	| { readonly type: 'scenario'; readonly result: RehearsedScenario }
	| { readonly type: 'done'; readonly team: RehearsalSummary; readonly muster: RehearsalSummary };

/**
 * Rehearses a rule file over scenarios, telling each step. Rules that Prometheus would refuse are named and left out; a file
 * without a single sound rule, or a mapping that cannot be read, is refused. Never throws for what an author wrote.
 */
export function rehearse(
	scenarios: readonly CompiledScenario[],
	request: RehearsalRequest,
	tell: (step: RehearsalStep) => void
): void {
	let mapping: Mapping | null = null;
	if (request.mapping) {
		const read = readMapping(request.mapping.file, request.mapping.text, knownMetrics(scenarios).names);
		if (!read.ok) return tell({ type: 'refused', problems: read.problems });
		({ mapping } = read);
	}
	const known = knownMetrics(scenarios, mapping ? new Renamer(mapping).over : undefined);
	const { file, text } = request.rules;
	const checked = checkRuleFile(file, text, known);
	if (checked.sound.every(({ rules }) => rules.length === 0)) {
		const errors = checked.problems.filter(({ severity }) => severity === 'error');
		const none: Problem = {
			file,
			line: 1,
			column: 1,
			code: 'no_rules',
			message: 'there is no rule in this file: a rule file has groups, and groups have rules',
			severity: 'error'
		};
		return tell({ type: 'refused', problems: errors.length > 0 ? errors : [none] });
	}
	tell({ type: 'checked', rules: checked.rules, problems: checked.problems });
	const results = scenarios.map((compiled, at) => {
		const progress = (share: number) =>
			tell({
				type: 'progress',
				at: at + 1,
				of: scenarios.length,
				scenario: compiled.scenario.id,
				share: Math.round(share * 1000) / 1000
			});
		progress(0);
		// What a watch and a renamer learn of one scenario's series is of no use for the next.
		const result = rehearseScenario(compiled, watchOf(checked.sound), {
			seed: request.seed,
			onProgress: progress,
			...(mapping ? { rename: new Renamer(mapping).over } : {})
		});
		tell({ type: 'scenario', result });
		return result;
	});
	tell({ type: 'done', team: summaryOf(results), muster: summaryOf(results, ({ muster }) => muster) });
}
