/**
 * A public collection of alert rules, as far as it lies in `../shared/conformance/rules` beside this project: each
 * compiles, and evaluates over nothing without an error.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
	compileRules,
	createMemoryStore,
	emptyRuleState,
	evaluateRules,
	type RuleEntry
} from '../../src/lib/promql/index.ts';

const path = fileURLToPath(new URL('../../../shared/conformance/rules/awesome-prometheus-alerts.yml', import.meta.url));

describe('public alert rules', () => {
	it.skipIf(!existsSync(path))('all compile and evaluate (from ../shared/conformance/rules)', () => {
		const file = parse(readFileSync(path, 'utf8')) as { groups: { name: string; rules: RuleEntry[] | null }[] };
		const problems: string[] = [];
		let count = 0;
		for (const group of file.groups) {
			for (const rule of group.rules ?? []) {
				count += 1;
				const compiled = compileRules({ groups: [{ name: group.name, rules: [rule] }] });
				if (!compiled.ok) {
					problems.push(compiled.error.message);
					continue;
				}
				const { errors } = evaluateRules(compiled.value, emptyRuleState, createMemoryStore(), 0);
				problems.push(...errors.map(({ error }) => error.message));
			}
		}
		expect(problems).toEqual([]);
		expect(count).toBe(954);
	});
});
