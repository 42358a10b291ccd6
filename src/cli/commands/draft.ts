import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { draftScenario } from '../../lib/lab/draft/draft-scenario.ts';
import { MOST_POSTMORTEM_CHARACTERS, readPostmortem } from '../../lib/lab/draft/postmortem-text.ts';
import { lintScenario } from '../../lib/scenario/lint.ts';
import { readFiles } from '../../lib/server/scenarios/registry.ts';
import { exportIncident } from '../exports.ts';
import { problemLine } from '../problems.ts';
import { fromHere, shippedFolder } from '../scenarios.ts';
import { CommandError, printJson, readArgs, UsageError } from '../usage.ts';

/**
 * Writes a draft scenario from a post-mortem in the article's template, or from that of an incident of ours, and lists what a
 * person must still decide. Never writes over a folder that is there.
 */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, {
		as: { type: 'string' },
		into: { type: 'string' },
		topology: { type: 'string' },
		json: { type: 'boolean', default: false }
	});
	const [source, ...more] = positionals;
	if (source === undefined) throw new UsageError('from which post-mortem? A Markdown file, or the id of an incident');
	if (more.length > 0) throw new UsageError(`one post-mortem at a time, not also ${more.join(', ')}`);
	if (values.as !== undefined && !/^[a-z0-9][a-z0-9_-]{0,79}$/.test(values.as)) {
		throw new UsageError('--as is small letters, digits, - and _');
	}
	const reading = readPostmortem(await textOf(source));
	if (!reading.ok) throw new CommandError('not_readable', `${source}:${reading.line}: ${reading.message}`);
	const topologies = readFiles(join(shippedFolder(), '_topologies'));
	const drafted = draftScenario(reading.postmortem, topologies, {
		...(values.as !== undefined && { slug: values.as }),
		...(values.topology !== undefined && { topology: values.topology })
	});
	if (!drafted.ok) throw new UsageError(drafted.message);
	const { slug, files, decisions, unplaced } = drafted;
	const parent = resolve(values.into ?? '.');
	const folder = join(parent, slug);
	if (existsSync(folder))
		throw new UsageError(`${relative(process.cwd(), folder) || folder} is there already: name another with --as`);
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), text);
	}
	const problems = fromHere(lintScenario(slug, files, topologies), { parent });
	if (values.json) printJson({ slug, folder, files: Object.keys(files), decisions, unplaced, problems });
	else {
		const here = relative(process.cwd(), parent);
		for (const problem of problems) console.error(problemLine(problem));
		for (const { file, line, question } of decisions) console.log(`${join(here, file)}:${line}: decide: ${question}`);
		for (const { line, text } of unplaced)
			console.log(`${source}:${line}: has no place in the draft: ${text.slice(0, 160)}`);
		console.error(
			`${join(here, slug)}: a draft that ${problems.length === 0 ? 'lints' : 'does not lint yet'}, ${decisions.length} things to decide`
		);
	}
	return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}

async function textOf(source: string): Promise<string> {
	if (existsSync(source) && statSync(source).isFile()) {
		// Four bytes make a character at most.
		if (statSync(source).size > 4 * MOST_POSTMORTEM_CHARACTERS)
			throw new CommandError('too_large', `${source} is larger than 1 MiB`);
		return readFileSync(source, 'utf8');
	}
	if (/[./\\]/.test(source)) throw new UsageError(`there is no file "${source}"`);
	return exportIncident(source, 'md');
}
