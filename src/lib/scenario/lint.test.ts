import { describe, expect, it } from 'vitest';
import { FIXTURE, FIXTURE_TOPOLOGIES } from './testing/fixture.ts';
import { lintScenario } from './lint.ts';

/** Everything the lint says after replacing texts of one file: its code, and the text at the place it points to. */
function lint(file: string, ...replacements: [string, string][]): string[] {
	const inTopology = file in FIXTURE_TOPOLOGIES;
	let text = (inTopology ? FIXTURE_TOPOLOGIES[file] : FIXTURE[file]) ?? '';
	for (const [from, to] of replacements) {
		if (!text.includes(from)) throw new Error(`the fixture does not contain ${from}`);
		text = text.replace(from, to);
	}
	const files = inTopology ? FIXTURE : { ...FIXTURE, [file]: text };
	const topologies = inTopology ? { ...FIXTURE_TOPOLOGIES, [file]: text } : FIXTURE_TOPOLOGIES;
	return lintScenario('tiny-case', files, topologies).map((problem) => {
		const read = problem.file.endsWith(file) ? text : (FIXTURE['scenario.yaml'] ?? '');
		return `${problem.code} at ${(read.split('\n')[problem.line - 1] ?? '').slice(problem.column - 1)}`;
	});
}

/** Whether the lint says `expected`, the beginning of such a line. */
function expectFound(found: readonly string[], ...expected: string[]): void {
	for (const each of expected) expect(found.map((line) => line.slice(0, each.length))).toContain(each);
}

describe('lintScenario', () => {
	it('finds nothing in the fixture', () => expect(lintScenario('tiny-case', FIXTURE, FIXTURE_TOPOLOGIES)).toEqual([]));

	it.each([
		['effect on a stranger', '"api[version=1.1.0].errors"', 'apo.errors', 'unknown_service at apo.errors'],
		['version that nobody runs', 'version=1.1.0', 'version=1.2.0', 'unknown_version at api[version=1.2.0]'],
		['log of a stranger', 'service: api, level', 'service: db, level', 'unknown_service at db, level'],
		['log line with two rates', 'of_errors: 1', 'of_errors: 1, per_minute: 2', 'log_rate at { service: api, level'],
		['log word that is not filled in', '{request} failed', '{user} failed', 'template at request {user} failed'],
		['transition to nowhere', 'to: broken', 'to: brokn', 'unknown_state at brokn'],
		['transition without a cause', 'after: 20s, to', 'to', 'transition at { to: broken'],
		['initial state that is not there', 'initial: calm', 'initial: clam', 'unknown_state at clam'],
		['fault that begins late', 'initial: calm', 'initial: calm\n    begins: 2m', 'begins at 2m'],
		['unknown fault in a target', 'to: { bug: mended }', 'to: { bog: mended }', 'unknown_fault at bog: mended'],
		['unknown state in a target', 'to: { bug: mended }', 'to: { bug: mendet }', 'unknown_state at mendet }'],
		[
			'unknown state in a condition',
			'when: state(mended), text',
			'when: state(mendet), text',
			'unknown_state at state(mendet)'
		],
		['unknown action', 'when: action(undo)', 'when: action(unod)', 'unknown_action at action(unod)'],
		['unknown evidence', 'evidence(history)', 'evidence(histroy)', 'unknown_evidence at evidence(histroy)'],
		[
			'unknown alert',
			'alert(HighErrorRate), do: { type: run',
			'alert(Hi), do: { type: run',
			'unknown_alert at alert(Hi)'
		],
		['unknown audience', 'when: declared', 'when: comms(press) >= 1', 'unknown_audience at comms(press)'],
		[
			'metric of a stranger in a template',
			'{{metric api.errors}}',
			'{{metric apo.errors}}',
			'template at api 1.1.0 since'
		],
		['unknown word in a template', '{{state bug}}', '{{stat bug}}', 'template at api 1.1.0 since'],
		[
			'command that does not exist',
			'type: applyMitigation',
			'type: applyMitigaton',
			'unknown_command at applyMitigaton'
		],
		['mitigation that does not exist', 'mitigationId: undo', 'mitigationId: und', 'unknown_id at und'],
		['step that does not exist', 'stepId: look', 'stepId: lok', 'unknown_id at lok'],
		['field that a command does not have', 'stepId: look', 'stepId: look, who: me', 'unknown_field at who: me'],
		['value that a command does not take', 'status: resolved', 'status: fine', 'schema at fine'],
		['reference run that never ends', 'status: resolved', 'status: monitoring', 'ideal_never_ends at ideal:'],
		['id used twice', '- id: restart', '- id: undo', 'duplicate at undo'],
		['inject after the end', 'at: 3m, channel', 'at: 30m, channel', 'inject_never at 30m'],
		['no role card', '  incident_commander: {', '  scribe: {', 'missing_role_card at role_cards:'],
		['nobody on call', 'seat: primary', 'seat: manager', 'on_call at on_call:'],
		['nothing to judge', 'verdict: ineffective', 'verdict: partial', 'no_temptation at mitigations:'],
		['no root', ', root_cause: true', '', 'no_root_cause at whys:'],
		['expectation after the end', 'by: 5m', 'by: 50m', 'too_late at 50m'],
		[
			'diagnostic that may say nothing',
			'{ text: "api 1.1.0',
			'{ when: declared, text: "api 1.1.0',
			'may_print_nothing at shows:'
		],
		[
			'evidence that nobody can reach',
			'    title: Deploys\n',
			'    title: Deploys\n    needs: elapsed > 20m\n',
			'evidence_never at elapsed > 20m'
		],
		[
			'a text that never shows',
			'{ when: state(mended), text: "nothing" }',
			'{ text: "x" }',
			'never_shown at { text: "a bug" }'
		],
		[
			'a text whose moment never comes',
			'{ when: state(mended), text: "nothing" }',
			'{ when: clock >= 12:00, text: "x" }',
			'never_shown at clock >= 12:00'
		],
		['a cause that hangs on one tool', '    proves: cause\n', '', 'too_little_evidence at diagnostics:'],
		[
			'a promised alert that no rule has',
			'name: HighErrorRate, service',
			'name: HighErorRate, service',
			'unknown_alert at HighErorRate'
		],
		['a promised alert of a stranger', 'service: api, from', 'service: apo, from', 'unknown_service at apo, from'],
		['a promised alert that comes before itself', 'from: 1m, by: 6m', 'from: 7m, by: 6m', 'alert_never at 7m'],
		['a promised alert after the end', 'from: 1m, by: 6m', 'from: 12m, by: 16m', 'alert_never at 12m'],
		[
			'an inject at a time of day after the end',
			'when: state(mended), channel',
			'when: clock >= 11:00, channel',
			'inject_never at clock >= 11:00'
		],
		[
			'a mitigation that nobody can ever do',
			'    takes: 1m\n    verdict: effective',
			'    takes: 1m\n    needs: action(undo)\n    verdict: effective',
			'mitigation_never at action(undo)'
		],
		[
			'a state that goes round within no time',
			'next:\n          - { after: 20s, to: broken }',
			'next: [{ after: 0s, to: calm2 }]\n      calm2:\n        phase: latent\n        next: [{ after: 0s, to: calm }]',
			'endless_machine at calm:'
		],
		[
			'conditions that stay true and chase each other',
			'after: 20s, to: broken }',
			'when: elapsed > 20s, to: spin }\n      spin:\n        phase: latent\n        next: [{ when: declared or elapsed > 1m, to: calm }]',
			'endless_machine at calm:'
		],
		['a share of more than all', 'ramp: { to: 9%', 'ramp: { to: 9', 'unit at 9, over'],
		['a share written as a time', 'metric: api.errors, floor: 1%', 'metric: api.errors, floor: 1ms', 'unit at 1ms'],
		[
			'a condition on a share of more than all',
			'metric(api.errors) < 0.5%',
			'metric(api.errors) < 5',
			'unit at metric(api.errors) < 5'
		],
		[
			'a time written as a share',
			'"api[version=1.1.0].errors", ramp: { to: 9%, over: 3m }, failing: fast',
			'api.latency, ramp: { to: 9%, over: 3m }',
			'unit at 9%, over'
		],
		[
			'a count written as a share',
			'"api[version=1.1.0].errors", ramp: { to: 9%, over: 3m }, failing: fast',
			'api.fds, ramp: { to: 90%, over: 3m }',
			'unit at 90%, over'
		],
		[
			'a duration that runs backwards',
			'takes: 1m\n    verdict: effective',
			'takes: -1m\n    verdict: effective',
			'negative_duration at -1m'
		],
		['a duration in other words', 'after: 20s', 'after: 20 sec', 'schema at 20 sec'],
		['an answer to nobody', 'when: declared, by', 'when: answered(ask), by', 'unknown_inject at answered(ask)'],
		[
			'an acknowledgement of nothing',
			'when: declared, by',
			'when: acknowledged(Hi), by',
			'unknown_alert at acknowledged(Hi)'
		],
		[
			'HTML that acts',
			'synopsis: Something breaks.',
			'synopsis: Something <img src=x onerror=alert(1)> breaks.',
			'html at <img src=x'
		]
	])('finds: %s', (_, from, to, expected) => expectFound(lint('scenario.yaml', [from, to]), expected));

	it('finds states that nothing leads to, dead ends, and injects that wait for them', () => {
		const found = lint('scenario.yaml', ['to: { bug: mended }', 'to: { bug: broken }']);
		expectFound(found, 'dead_end at broken:', 'unreachable_state at mended:', 'inject_never at state(mended)');
	});

	it('says how people get into a dead end, and takes `phase: lost` for an answer', () => {
		const into = (phase: string): [string, string] => [
			'      mended:\n        phase: mitigated',
			`      mended:\n        phase: mitigated\n        next: [{ when: elapsed > 5m, to: worse }]\n      worse:\n        phase: ${phase}`
		];
		const problem = (phase: string) => {
			const text = (FIXTURE['scenario.yaml'] ?? '')
				.replace(...into(phase))
				.replace('to: { bug: mended }', 'to: { bug: mended }\n    from: [broken]');
			return lintScenario('tiny-case', { ...FIXTURE, 'scenario.yaml': text }, FIXTURE_TOPOLOGIES);
		};
		expect(problem('outage').map(({ code, message }) => `${code}: ${message}`)).toEqual([
			'dead_end: there is no way out of "worse" (reached by time > undo > condition 1) to a mitigated or resolved state: add one, or mark it `phase: lost`'
		]);
		expect(problem('lost')).toEqual([]);
	});

	it('finds a mitigation that only moves what can never be', () => {
		const found = lint(
			'scenario.yaml',
			[
				'      mended:\n        phase: mitigated',
				'      mended:\n        phase: mitigated\n      gone:\n        phase: degraded'
			],
			['    verdict: ineffective', '    verdict: partial\n    from: [gone]\n    to: { bug: mended }'],
			['    restarts: api\n', '']
		);
		expectFound(found, 'unreachable_state at gone:', 'no_effect at partial');
	});

	it.each([
		['20 sec', '20s'],
		['5 minutes', '5m'],
		['1h 30m', '1h30m'],
		['300', '300s or 300m']
	])('knows what "%s" was meant to be', (written, meant) => {
		const text = (FIXTURE['scenario.yaml'] ?? '').replace('after: 20s', `after: ${written}`);
		const [problem] = lintScenario('tiny-case', { ...FIXTURE, 'scenario.yaml': text }, FIXTURE_TOPOLOGIES);
		expect(problem?.message).toContain(`cannot read "${written}": did you mean ${meant}?`);
	});

	it('finds a fault that passes by itself', () => {
		const logs = '        logs:\n          - { service: api';
		const found = lint('scenario.yaml', [logs, `        next: [{ after: 5m, to: mended }]\n${logs}`]);
		expectFound(found, 'wins_alone at bug');
	});

	it('finds a mitigation that changes nothing', () => {
		const found = lint(
			'scenario.yaml',
			['    verdict: ineffective', '    verdict: partial'],
			['    restarts: api\n', '']
		);
		expectFound(found, 'no_effect at partial');
	});

	it.each([
		['an expression', 'rules.yaml', '> 0.05', '> > 0.05', 'rule at > 0.05'],
		['a template', 'rules.yaml', '{{ $labels.service }}', '{{ $labels.service', 'rule at {{ $labels'],
		['a field that Prometheus does not have', 'rules.yaml', 'for: 2m', 'fro: 2m', 'unknown_field at fro: 2m'],
		['a duration', 'rules.yaml', 'for: 2m', 'for: soon', 'schema at soon'],
		['an alert without severity', 'rules.yaml', 'severity: critical', 'team: a', 'no_severity at '],
		['a group of the topology', 'rules.yaml', 'name: own', 'name: shared', 'duplicate at groups:'],
		['a step that runs nothing known', 'errors.md', 'runs: history', 'runs: histroy', 'unknown_action at histroy'],
		['an automated step that runs nothing', 'errors.md', ', runs: history', '', 'step at { id: look'],
		['an alert that no rule defines', 'errors.md', '[HighErrorRate]', '[HighEror]', 'unknown_alert at HighEror'],
		['a runbook under another id', 'errors.md', 'id: errors', 'id: erors', 'id at erors'],
		['shares that do not add up', 'tiny.yaml', 'share: 0.6', 'share: 0.7', 'endpoint_shares at endpoints:'],
		['a pool that is not described', 'tiny.yaml', '    pool: { name: main, size: 10 }\n', '', 'pool at exports:'],
		[
			'a circle',
			'tiny.yaml',
			'to: api }',
			'to: api }\n  - { from: api, to: front }',
			'dependency_circle at dependencies:'
		]
	])('finds in other files: %s', (_, file, from, to, expected) => {
		const path = file.endsWith('.md') ? `runbooks/${file}` : file;
		expectFound(lint(path, [from, to]), expected);
	});

	it('says how to mend it', () => {
		const text = (FIXTURE['scenario.yaml'] ?? '').replace('to: broken', 'to: brokn');
		const [problem] = lintScenario('tiny-case', { ...FIXTURE, 'scenario.yaml': text }, FIXTURE_TOPOLOGIES);
		expect(problem?.message).toBe('fault bug has no state "brokn": did you mean "broken"?');
	});
});
