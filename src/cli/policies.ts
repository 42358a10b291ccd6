import { existsSync, readFileSync } from 'node:fs';
import { isPlayerName, playerOf, PLAYERS } from '../lib/lab/players.ts';
import type { Policy } from '../lib/lab/policy.ts';
import { readPolicyFile } from '../lib/lab/policy-file.ts';
import { ScriptPolicy } from '../lib/lab/script-policy.ts';
import type { CompiledScenario } from '../lib/scenario/library.ts';
import type { Problem } from '../lib/scenario/problem.ts';
import { UsageError } from './usage.ts';

export type FoundPolicy = { ok: true; policy: Policy } | { ok: false; problems: Problem[] };

/** The policy that `--policy` names: one of Muster's players, or a file of steps in YAML or JSON. */
export function openPolicy(name: string, compiled: CompiledScenario, seed: string): FoundPolicy {
	if (isPlayerName(name)) return { ok: true, policy: playerOf(name, compiled, seed) };
	if (!existsSync(name))
		throw new UsageError(`--policy is ${PLAYERS.join(', ')} or a file of steps; there is no file "${name}"`);
	const read = readPolicyFile(name, readFileSync(name, 'utf8'));
	return read.ok ? { ok: true, policy: new ScriptPolicy(name, read.steps) } : read;
}
