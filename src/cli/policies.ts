import { existsSync, readFileSync } from 'node:fs';
import { NOBODY, type Policy } from '../lib/lab/policy.ts';
import { readPolicyFile } from '../lib/lab/policy-file.ts';
import { ScriptPolicy } from '../lib/lab/script-policy.ts';
import type { CompiledScenario } from '../lib/scenario/library.ts';
import type { Problem } from '../lib/scenario/problem.ts';
import { UsageError } from './usage.ts';

export type FoundPolicy = { ok: true; policy: Policy } | { ok: false; problems: Problem[] };

/** The policy that `--policy` names: `none`, `ideal` (the scenario's own reference) or a file of steps in YAML or JSON. */
export function openPolicy(name: string, compiled: CompiledScenario): FoundPolicy {
	if (name === 'none') return { ok: true, policy: NOBODY };
	if (name === 'ideal') return { ok: true, policy: new ScriptPolicy('ideal', compiled.scenario.ideal) };
	if (!existsSync(name)) throw new UsageError(`--policy is none, ideal or a file of steps; there is no file "${name}"`);
	const read = readPolicyFile(name, readFileSync(name, 'utf8'));
	return read.ok ? { ok: true, policy: new ScriptPolicy(name, read.steps) } : read;
}
