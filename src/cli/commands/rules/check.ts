import { checkRuleFile } from '../../../lib/lab/rehearse/rule-check.ts';
import { problemLine } from '../../problems.ts';
import { knownToScenarios, readText } from '../../rule-files.ts';
import { printJson, readArgs, UsageError } from '../../usage.ts';

/** Checks Prometheus rule files: `file:line:column: code: message`. Exit code 1 where Prometheus would refuse one. */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, { json: { type: 'boolean', default: false } });
	if (positionals.length === 0) throw new UsageError('name at least one rule file');
	const texts = positionals.map((file) => ({ file, text: readText(file) }));
	const known = knownToScenarios();
	const checked = texts.map(({ file, text }) => checkRuleFile(file, text, known));
	const problems = checked.flatMap((each) => each.problems);
	const rules = checked.reduce((sum, each) => sum + each.rules, 0);
	const errors = problems.filter(({ severity }) => severity === 'error').length;
	const warnings = problems.length - errors;
	if (values.json) printJson({ files: positionals, rules, errors, warnings, problems });
	else {
		for (const problem of problems) console.log(problemLine(problem));
		console.error(`${count(rules, 'rule')}: ${count(errors, 'error')}, ${count(warnings, 'warning')}`);
	}
	return errors > 0 ? 1 : 0;
}

function count(n: number, noun: string): string {
	return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
