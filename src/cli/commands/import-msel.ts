import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { MOST_MSEL_CHARACTERS } from '../../lib/intake/msel.ts';
import { addInjects } from '../../lib/lab/draft/inject-yaml.ts';
import { lintScenario } from '../../lib/scenario/lint.ts';
import { loadScenario } from '../../lib/scenario/load.ts';
import { readInjects } from '../../lib/server/authoring/injects.ts';
import { failWith } from '../problems.ts';
import { filesOf, findFolder, fromHere, topologiesOf } from '../scenarios.ts';
import { CommandError, printJson, readArgs, UsageError } from '../usage.ts';

/**
 * Puts the rows of a master scenario events list into a scenario, after its own injects. Rows that cannot be taken are told with
 * their line; exit code 1 where there are any, and the good ones are written all the same. Nothing is written where the
 * scenario would no longer load.
 */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, {
		into: { type: 'string' },
		start: { type: 'string', default: '' },
		'dry-run': { type: 'boolean', default: false },
		json: { type: 'boolean', default: false }
	});
	const [file, ...more] = positionals;
	if (file === undefined)
		throw new UsageError('which list? A CSV file with columns time, from, to, channel, text, expected');
	if (more.length > 0) throw new UsageError(`one list at a time, not also ${more.join(', ')}`);
	if (values.into === undefined) throw new UsageError('into which scenario? Name it with --into');
	const folder = findFolder(values.into);
	const files = filesOf(folder);
	const topologies = topologiesOf(folder);
	const loaded = loadScenario(folder.slug, files, topologies);
	if (!loaded.ok) return failWith(fromHere(loaded.problems, folder), values.json);
	const { scenario } = loaded.compiled;
	const reading = readInjects(textOf(file), {
		start: values.start,
		taken: scenario.injects.map(({ id }) => id),
		limitMinutes: scenario.minutes
	});
	if (!reading.ok)
		throw new CommandError(reading.refusal.code, at(file, reading.refusal.line, reading.refusal.message));
	const { injects, refused, notes, yaml } = reading.read;
	const added = addInjects(files['scenario.yaml'] ?? '', injects);
	if (!added.ok) throw new CommandError('cannot_write', added.message);
	const problems = lintScenario(folder.slug, { ...files, 'scenario.yaml': added.text }, topologies);
	const errors = problems.filter(({ severity }) => severity === 'error');
	if (errors.length > 0) return failWith(fromHere(errors, folder), values.json);
	const target = join(folder.parent, folder.slug, 'scenario.yaml');
	const write = !values['dry-run'] && injects.length > 0;
	if (write) writeFileSync(target, added.text);
	if (values.json) printJson({ into: folder.slug, written: write, injects, refused, notes });
	else {
		for (const { line, message } of notes) console.error(`${at(file, line, message)} (taken)`);
		for (const { line, code, message, cells } of refused) {
			console.error(
				`${at(file, line, `${code}: ${message}`)} Not taken: ${cells.join(' | ').replace(/\s+/g, ' ').slice(0, 200)}`
			);
		}
		if (values['dry-run']) process.stdout.write(yaml);
		const where = relative(process.cwd(), target) || target;
		console.error(
			`${count(injects.length, 'inject')} ${write ? `written into ${where}` : 'read, nothing written'}, ${count(refused.length, 'row')} not taken`
		);
	}
	return refused.length > 0 ? 1 : 0;
}

function textOf(file: string): string {
	if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`there is no file "${file}"`);
	if (statSync(file).size > MOST_MSEL_CHARACTERS)
		throw new CommandError('too_large', `${file} is larger than 1 MiB: split it`);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
	} catch {
		throw new CommandError('wrong_encoding', `${file} is not UTF-8: save it as CSV (UTF-8)`);
	}
}

function at(file: string, line: number, message: string): string {
	return line === 0 ? `${file}: ${message}` : `${file}:${line}: ${message}`;
}

function count(n: number, noun: string): string {
	return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
