import { knownMetrics } from '../../../lib/lab/rehearse/known-metrics.ts';
import { readMapping, Renamer, type Mapping } from '../../../lib/lab/rehearse/mapping.ts';
import { rehearseScenario, WANTED_LEAD_MS } from '../../../lib/lab/rehearse/rehearse.ts';
import { rehearsalLines, summaryOf } from '../../../lib/lab/rehearse/report.ts';
import { checkRuleFile } from '../../../lib/lab/rehearse/rule-check.ts';
import { watchOf } from '../../../lib/lab/rehearse/watch.ts';
import type { CompiledScenario } from '../../../lib/scenario/library.ts';
import { failWith, problemLine } from '../../problems.ts';
import { readText, scenariosOf } from '../../rule-files.ts';
import { printJson, progress, readArgs, UsageError } from '../../usage.ts';

/**
 * Rehearses a team's rules: over every scenario without anybody acting, do they fire, when, how long before customers feel it,
 * and do they fire when nothing is amiss? Exit code 1 where the file has a rule that Prometheus would refuse; the others are
 * rehearsed all the same.
 */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, {
		json: { type: 'boolean', default: false },
		scenarios: { type: 'string' },
		map: { type: 'string' },
		seed: { type: 'string', default: '1' }
	});
	const [file, ...more] = positionals;
	if (file === undefined || more.length > 0) throw new UsageError('name one rule file');
	const text = readText(file);
	const scenarios = scenariosOf(values.scenarios);
	const mapping = values.map === undefined ? null : mapped(values.map, scenarios);
	if (mapping && !mapping.ok) return failWith(mapping.problems, values.json);
	const known = knownMetrics(scenarios, mapping ? new Renamer(mapping.mapping).over : undefined);
	const checked = checkRuleFile(file, text, known);
	const errors = checked.problems.filter(({ severity }) => severity === 'error');
	if (checked.sound.every(({ rules }) => rules.length === 0)) {
		if (errors.length > 0) return failWith(errors, values.json);
		throw new UsageError(`there is no rule in ${file}`);
	}
	const rehearsed = scenarios.map((compiled, at) => rehearse(compiled, at));
	if (values.json) {
		printJson({
			file,
			rules: checked.rules,
			errors: errors.length,
			problems: checked.problems,
			wantedLeadMs: WANTED_LEAD_MS,
			summary: { team: summaryOf(rehearsed), muster: summaryOf(rehearsed, ({ muster }) => muster) },
			scenarios: rehearsed
		});
	} else {
		for (const problem of errors) console.error(problemLine(problem));
		for (const line of rehearsalLines(rehearsed)) console.log(line);
	}
	return errors.length > 0 ? 1 : 0;

	function rehearse(compiled: CompiledScenario, at: number) {
		const { id } = compiled.scenario;
		const label = `${at + 1}/${scenarios.length} ${id}`;
		if (!process.stderr.isTTY) console.error(label);
		const bar = progress(label);
		// What a watch learns of label sets is of no use for the next scenario.
		const rehearsed = rehearseScenario(compiled, watchOf(checked.sound), {
			seed: values.seed,
			onProgress: bar.update,
			...(mapping?.ok ? { rename: new Renamer(mapping.mapping).over } : {})
		});
		bar.end();
		return rehearsed;
	}
}

function mapped(
	path: string,
	scenarios: readonly CompiledScenario[]
): ReturnType<typeof readMapping> | { ok: true; mapping: Mapping } {
	return readMapping(path, readText(path), knownMetrics(scenarios).names);
}
