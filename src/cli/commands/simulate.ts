import { writeFileSync } from 'node:fs';
import { createEngine } from '../../lib/engine/index.ts';
import { logOf } from '../../lib/lab/log-of.ts';
import { writeLog } from '../../lib/lab/log-file.ts';
import { summarise } from '../../lib/lab/result.ts';
import { ScriptPolicy } from '../../lib/lab/script-policy.ts';
import { runLimitMs, simulate, SIMULATION_SETTINGS } from '../../lib/lab/simulate.ts';
import type { CompiledScenario } from '../../lib/scenario/library.ts';
import { suggestion } from '../../lib/scenario/nearest.ts';
import { variantOffers, withVariant } from '../../lib/scenario/variants.ts';
import { openPolicy } from '../policies.ts';
import { failWith } from '../problems.ts';
import { resultText } from '../result-text.ts';
import { openScenario } from '../scenarios.ts';
import { printJson, progress, readArgs, UsageError } from '../usage.ts';

/** Plays a scenario with a policy and prints what came of it. */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, {
		seed: { type: 'string', default: '1' },
		policy: { type: 'string', default: 'none' },
		variant: { type: 'string' },
		log: { type: 'string' },
		json: { type: 'boolean', default: false }
	});
	const [name, ...more] = positionals;
	if (name === undefined) throw new UsageError('which scenario? Give its id or the path of its folder');
	if (more.length > 0) throw new UsageError(`one scenario at a time, not also ${more.join(', ')}`);
	if (values.seed === '') throw new UsageError('--seed needs a value');

	const found = openScenario(name);
	if (!found.ok) return failWith(found.problems, values.json);
	const compiled = values.variant === undefined ? found.compiled : variantOf(found.compiled, values.variant);
	const chosen = openPolicy(values.policy, compiled, values.seed);
	if (!chosen.ok) return failWith(chosen.problems, values.json);

	const engine = createEngine(compiled, values.seed);
	const limitMs = runLimitMs(engine, SIMULATION_SETTINGS);
	const bar = progress(`Playing ${compiled.scenario.id}`);
	const simulated = simulate(engine, {
		seed: values.seed,
		policy: chosen.policy,
		onProgress: (simMs) => bar.update(simMs / limitMs)
	});
	bar.end();
	const result = summarise(engine, simulated);
	if (values.log !== undefined) writeFileSync(values.log, writeLog(logOf(engine, simulated)));
	if (values.json) printJson(result);
	else console.log(resultText(result, compiled));
	if (chosen.policy instanceof ScriptPolicy) {
		for (const { step, message } of chosen.policy.refused) console.error(`refused: ${stepText(step)}: ${message}`);
		for (const step of chosen.policy.undone) console.error(`never came to: ${stepText(step)}`);
	}
	return 0;
}

function variantOf(compiled: CompiledScenario, id: string): CompiledScenario {
	const ids = variantOffers(compiled).map((offer) => offer.id);
	const variant = withVariant(compiled, id);
	if (variant === null) throw new UsageError(`${compiled.scenario.id} has no variant "${id}": ${suggestion(id, ids)}`);
	return variant;
}

function stepText({ do: body }: { do: Record<string, unknown> }): string {
	const { type, ...rest } = body;
	const what = Object.values(rest).find((value) => typeof value === 'string');
	return typeof what === 'string' ? `${String(type)} (${what.slice(0, 60)})` : String(type);
}
