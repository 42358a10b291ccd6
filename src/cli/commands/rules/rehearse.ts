import type { Problem } from '../../../lib/scenario/problem.ts';
import { WANTED_LEAD_MS, type RehearsedScenario } from '../../../lib/lab/rehearse/rehearse.ts';
import { rehearsalLines } from '../../../lib/lab/rehearse/report.ts';
import { rehearse, type RehearsalStep } from '../../../lib/lab/rehearse/session.ts';
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
	const request = {
		rules: { file, text: readText(file) },
		mapping: values.map === undefined ? null : { file: values.map, text: readText(values.map) },
		seed: values.seed
	};
	const told = new Told();
	rehearse(scenariosOf(values.scenarios), request, (step) => told.hear(step));
	const { refused, checked, results, done } = told;
	if (refused) return failWith(refused, values.json);
	const errors = (checked?.problems ?? []).filter(({ severity }) => severity === 'error');
	if (values.json) {
		printJson({
			file,
			rules: checked?.rules ?? 0,
			errors: errors.length,
			problems: checked?.problems ?? [],
			wantedLeadMs: WANTED_LEAD_MS,
			summary: done && { team: done.team, muster: done.muster },
			scenarios: results
		});
	} else {
		for (const problem of errors) console.error(problemLine(problem));
		for (const line of rehearsalLines(results)) console.log(line);
	}
	return errors.length > 0 ? 1 : 0;
}

/** Collects what a rehearsal tells, and shows how far it is on standard error. */
class Told {
	refused: readonly Problem[] | null = null;
	checked: Extract<RehearsalStep, { type: 'checked' }> | null = null;
	done: Extract<RehearsalStep, { type: 'done' }> | null = null;
	readonly results: RehearsedScenario[] = [];
	#bar: ReturnType<typeof progress> | null = null;

	hear(step: RehearsalStep): void {
		switch (step.type) {
			case 'refused':
				this.refused = step.problems;
				break;
			case 'checked':
				this.checked = step;
				break;
			case 'progress': {
				const label = `${step.at}/${step.of} ${step.scenario}`;
				// Where nobody watches a bar, a line says where it stands.
				if (step.share === 0 && !process.stderr.isTTY) console.error(label);
				this.#bar ??= progress(label);
				this.#bar.update(step.share);
				break;
			}
			case 'scenario':
				this.#bar?.end();
				this.#bar = null;
				this.results.push(step.result);
				break;
			case 'done':
				this.done = step;
				break;
		}
	}
}
