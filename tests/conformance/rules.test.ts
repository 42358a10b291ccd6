/**
 * A public collection of alert rules, as far as it lies in `../shared/conformance/rules` beside this project: each
 * compiles, and evaluates over nothing without an error.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkRuleFile } from '../../src/lib/lab/rehearse/rule-check.ts';
import { compileRules, createMemoryStore, emptyRuleState, evaluateRules } from '../../src/lib/promql/index.ts';

const path = fileURLToPath(new URL('../../../shared/conformance/rules/awesome-prometheus-alerts.yml', import.meta.url));

describe('public alert rules', () => {
	it.skipIf(!existsSync(path))('all load, check and evaluate (from ../shared/conformance/rules)', () => {
		const { problems, rules, sound } = checkRuleFile(path, readFileSync(path, 'utf8'));
		const invalid = problems.filter(({ severity }) => severity === 'error');
		console.log(`public alert rules: ${rules} rules, ${invalid.length} that Prometheus would refuse`);
		expect(invalid).toEqual([]);
		expect(rules).toBe(954);
		const compiled = compileRules({ groups: sound });
		if (!compiled.ok) throw new Error(compiled.error.message);
		expect(compiled.value.rules).toHaveLength(954);
		const { errors } = evaluateRules(compiled.value, emptyRuleState, createMemoryStore(), 0);
		expect(errors.map(({ error }) => error.message)).toEqual([]);
	});
});
