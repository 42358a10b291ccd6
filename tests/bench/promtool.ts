// The same series and rules through Prometheus' own `promtool test rules`, where it is installed.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngineWith } from '../../src/lib/engine/index.ts';
import { SIMULATION_SETTINGS, simulate } from '../../src/lib/lab/simulate.ts';
import { NOBODY } from '../../src/lib/lab/policy.ts';
import type { Series } from '../../src/lib/promql/index.ts';
import type { CompiledScenario } from '../../src/lib/scenario/library.ts';
import { createObservation } from '../../src/lib/telemetry/index.ts';

const STEP_MS = 15_000;
const WARM_UP_MS = 30 * 60_000;

/** CPU seconds of promtool over as many minutes, or why it could not be asked. */
export function promtool(compiled: CompiledScenario, minutes: number): { cpuSeconds: number } | string {
	if (spawnSync('promtool', ['--version']).error) return 'promtool is not installed, so its time is not compared';
	const folder = mkdtempSync(join(tmpdir(), 'muster-promtool-'));
	try {
		// JSON is YAML.
		writeFileSync(join(folder, 'rules.yaml'), JSON.stringify({ groups: compiled.rules.groups }));
		writeFileSync(join(folder, 'test.yaml'), JSON.stringify(testFile(compiled, minutes)));
		const script = "TIMEFORMAT='%U %S'; time promtool test rules test.yaml >out.txt 2>&1";
		const { stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
		const [user, system] = stderr.trim().split(/\s+/).map(Number);
		if (user === undefined || system === undefined) return `promtool could not be timed: ${stderr}`;
		return { cpuSeconds: user + system };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Series that the rules read, on the grid that promtool takes, and one question at the end so that it evaluates until there. */
function testFile(compiled: CompiledScenario, minutes: number): object {
	const seen = new Map<string, Series>();
	const engine = createEngineWith(compiled, 'promtool', (world) => {
		const observation = createObservation(world);
		return {
			...observation,
			queryable: (state, nowMs) => {
				const inner = observation.queryable(state, nowMs);
				return {
					select: (...args) => {
						const found = inner.select(...args);
						for (const series of found) seen.set(JSON.stringify(series.labels), series);
						return found;
					}
				};
			}
		};
	});
	const run = simulate(engine, {
		seed: 'promtool',
		policy: NOBODY,
		settings: { ...SIMULATION_SETTINGS, limitMinutes: minutes }
	});
	const all = engine.observation.queryable(run.state.world, minutes * 60_000);
	const input = [...seen.values()].flatMap(({ labels }) => {
		const matchers = Object.entries(labels).map(([name, value]) => ({
			name,
			op: '=' as const,
			value,
			matches: (other: string) => other === value
		}));
		const [series] = all.select(matchers, -WARM_UP_MS, minutes * 60_000);
		return series ? [{ series: nameOf(labels), values: valuesOf(series, minutes) }] : [];
	});
	const ends = `${WARM_UP_MS / 60_000 + minutes}m`;
	return {
		rule_files: ['rules.yaml'],
		evaluation_interval: '15s',
		tests: [
			{
				interval: '15s',
				input_series: input,
				alert_rule_test: [{ eval_time: ends, alertname: 'None', exp_alerts: [] }]
			}
		]
	};
}

function nameOf({ __name__: name, ...labels }: Readonly<Record<string, string>>): string {
	return `${name ?? ''}{${Object.entries(labels)
		.map(([label, value]) => `${label}=${JSON.stringify(value)}`)
		.join(',')}}`;
}

/** The newest value at each step; `_` where there is none. */
function valuesOf({ times, values, stale, length }: Series, minutes: number): string {
	const said: string[] = [];
	let at = 0;
	for (let t = -WARM_UP_MS; t <= minutes * 60_000; t += STEP_MS) {
		while (at < length && (times[at] ?? 0) <= t) at += 1;
		const last = at - 1;
		const fresh = last >= 0 && t - (times[last] ?? 0) < STEP_MS && stale?.[last] !== 1;
		said.push(fresh ? String(values[last]) : '_');
	}
	return said.join(' ');
}
