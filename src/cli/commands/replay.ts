import { existsSync, readFileSync } from 'node:fs';
import { createEngine } from '../../lib/engine/index.ts';
import { readLog } from '../../lib/lab/log-file.schema.ts';
import type { LogFile } from '../../lib/lab/log-file.ts';
import { replay } from '../../lib/lab/replay.ts';
import { summarise } from '../../lib/lab/result.ts';
import { verifyLog } from '../../lib/lab/verify.ts';
import { failWith } from '../problems.ts';
import { resultText } from '../result-text.ts';
import { openScenario } from '../scenarios.ts';
import { CommandError, printJson, readArgs, UsageError } from '../usage.ts';

/** Plays an exported log again; with `--verify` says whether it gives the same events, and fails where it does not. */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, {
		verify: { type: 'boolean', default: false },
		scenario: { type: 'string' },
		json: { type: 'boolean', default: false }
	});
	const [file, ...more] = positionals;
	if (file === undefined) throw new UsageError('which log? Give the file that `muster export --format ndjson` wrote');
	if (more.length > 0) throw new UsageError(`one log at a time, not also ${more.join(', ')}`);
	if (!existsSync(file)) throw new UsageError(`there is no file "${file}"`);

	const read = readLog(readFileSync(file, 'utf8'));
	if (!read.ok) return failWith([{ file, severity: 'error', ...read.problem }], values.json);
	const { log } = read;
	const found = openScenario(scenarioOf(log, values.scenario));
	if (!found.ok) return failWith(found.problems, values.json);
	const engine = createEngine(found.compiled, log.header.seed ?? '');
	if (values.verify) {
		const verified = verifyLog(engine, log);
		if (values.json) printJson(verified);
		else if (verified.ok)
			console.log(
				`${file}: re-derived: ${verified.commands} commands, ${verified.events} events, state ${verified.hash}`
			);
		else console.error(`${file}:${lineOf(log, verified.seq)}:1: ${verified.code}: ${verified.message}`);
		return verified.ok ? 0 : 1;
	}
	const { seed, settings } = log.header;
	if (seed === null || settings === null) throw notPractice();
	const played = replay(engine, { seed, settings, commands: log.commands });
	const result = summarise(engine, played);
	if (values.json) printJson(result);
	else console.log(resultText(result, found.compiled));
	for (const { body, message } of played.refused) console.error(`refused now: ${body.type}: ${message}`);
	return 0;
}

function scenarioOf(log: LogFile, given: string | undefined): string {
	if (given !== undefined) return given;
	if (log.header.origin !== 'practice' || log.header.scenario === null) throw notPractice();
	return log.header.scenario;
}

function notPractice(): CommandError {
	return new CommandError(
		'not_practice',
		'this is the log of a real incident: there is no simulation to derive it from'
	);
}

/** Line of an event in the file as it is written: the header, then commands, then events. */
function lineOf(log: LogFile, seq: number | null): number {
	return seq === null ? 1 : 1 + log.commands.length + seq;
}
