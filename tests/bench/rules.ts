// Alert rules: twenty of mixed shape over 300 series for an hour at 15 s, beside `promtool test rules` on the same data, and a
// large public collection rehearsed over a scenario.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkRuleFile } from '../../src/lib/lab/rehearse/rule-check.ts';
import { rehearseScenario } from '../../src/lib/lab/rehearse/rehearse.ts';
import { watchOf } from '../../src/lib/lab/rehearse/watch.ts';
import type { MemoryStore } from '../../src/lib/promql/index.ts';
import { openScenario } from '../../src/cli/scenarios.ts';
import { benchRules, benchRun, benchStore } from './promql.ts';
import type { Bench, Figure } from './support/figure.ts';

const STEP_MS = 15_000;
const HOUR_MS = 3_600_000;
const SCENARIO = 'high-error-rate-bad-deploy';
const COLLECTION = fileURLToPath(
	new URL('../../../shared/conformance/rules/awesome-prometheus-alerts.yml', import.meta.url)
);

const bench: Bench = {
	name: 'rules',
	about: 'alert rules beside promtool, and a public collection over a scenario; CPU time',
	run(skip) {
		const store = benchStore();
		const first = benchRun(store).ms / 1000;
		const theirs = promtool(store);
		if (typeof theirs === 'string') skip(theirs);
		const figures: Figure[] = [
			{
				what: `20 rules, ${store.series.length} series, 60 min at 15 s, the first time`,
				measured: first,
				unit: 's',
				reference: typeof theirs === 'string' ? null : { of: 'promtool', value: theirs },
				target: { of: 'measured', most: 0.25 }
			},
			{
				what: 'the same rules again, warm',
				measured: Math.min(...[1, 2, 3].map(() => benchRun(store).ms)) / 1000,
				unit: 's',
				reference: typeof theirs === 'string' ? null : { of: 'promtool', value: theirs },
				target: typeof theirs === 'string' ? { of: 'measured', most: 0.25 } : { of: 'ratio', most: 0.1 }
			}
		];
		if (existsSync(COLLECTION)) figures.push(...collection());
		else skip('the public collection of rules is not here, so it is not rehearsed');
		return Promise.resolve(figures);
	}
};
export default bench;

/** CPU seconds of promtool over the hour, or why it could not be asked. */
function promtool(store: MemoryStore): number | string {
	if (spawnSync('promtool', ['--version']).error) return 'promtool is not installed, so its time is not compared';
	const folder = mkdtempSync(join(tmpdir(), 'muster-promtool-'));
	try {
		const input_series = store.series.map(({ labels: { __name__: name = '', ...labels }, times, values, length }) => {
			const inside = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
			const said = [...times.subarray(0, length)].flatMap((t, at) => (t >= 0 && t <= HOUR_MS ? [values[at]] : []));
			return { series: `${name}{${inside.join(',')}}`, values: said.join(' ') };
		});
		// JSON is YAML.
		writeFileSync(join(folder, 'rules.yaml'), JSON.stringify(benchRules));
		const alert_rule_test = [{ eval_time: '1h', alertname: 'None', exp_alerts: [] }];
		const tests = [{ interval: `${STEP_MS / 1000}s`, input_series, alert_rule_test }];
		writeFileSync(
			join(folder, 'test.yaml'),
			JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: '15s', tests })
		);
		const script = "TIMEFORMAT='%U %S'; time promtool test rules test.yaml >out.txt 2>&1";
		const { stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
		if (!readFileSync(join(folder, 'out.txt'), 'utf8').includes('SUCCESS')) return 'promtool refused the rules';
		const [user, system] = stderr.trim().split(/\s+/).map(Number);
		return user === undefined || system === undefined ? `promtool could not be timed: ${stderr}` : user + system;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function collection(): Figure[] {
	const found = openScenario(SCENARIO);
	if (!found.ok) throw new Error(`${SCENARIO} does not load`);
	const { sound, rules } = checkRuleFile(COLLECTION, readFileSync(COLLECTION, 'utf8'));
	const timed = (groups: typeof sound): number => {
		const before = process.cpuUsage();
		rehearseScenario(found.compiled, watchOf(groups), { seed: '1' });
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1e6;
	};
	const { minutes } = found.compiled.scenario;
	return [
		{
			what: `rehearsal of ${rules} rules over ${minutes} min of ${SCENARIO} and its quiet twin`,
			measured: timed(sound),
			unit: 's',
			reference: null,
			target: null
		},
		{
			what: 'rehearsal of 20 of them, per hour of a scenario',
			measured: (timed([{ name: 'some', rules: sound.flatMap((group) => group.rules).slice(0, 20) }]) * 60) / minutes,
			unit: 's',
			reference: null,
			target: null
		}
	];
}
