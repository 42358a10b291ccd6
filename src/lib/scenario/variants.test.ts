import { expect, it } from 'vitest';
import { lintScenario } from './lint.ts';
import { loadScenario, type Files } from './load.ts';
import { FIXTURE, FIXTURE_TOPOLOGIES } from './testing/fixture.ts';
import { variantOffers, withVariant } from './variants.ts';

const STALE = `---
id: errors-old
name: Errors, as it was
alerts: [HighErrorRate]
steps:
  - { id: dial, title: Call the operator, kind: manual, defect: stale, defect_note: There is none any more. }
---
# As it was
`;

function files(variants: string): Files {
	return {
		...FIXTURE,
		'scenario.yaml': `${FIXTURE['scenario.yaml'] ?? ''}variants:\n${variants}`,
		'runbooks/errors-old.md': STALE
	};
}
/** The fixture with a variant applied. */
function played(variant: string, id = 'other') {
	const loaded = loadScenario('tiny-case', files(`  - { id: other, title: Other, ${variant} }\n`), FIXTURE_TOPOLOGIES);
	if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
	const changed = withVariant(loaded.compiled, id);
	if (!changed) throw new Error(`no variant ${id}`);
	return { base: loaded.compiled, changed };
}

it('offers those that were written, then those that every scenario has', () => {
	const { base } = played('seed_class: b');
	expect(variantOffers(base).map(({ id, written }) => `${id} ${written}`)).toEqual([
		'other true',
		'another-day false',
		'another-hour false',
		'other-people false',
		'extra-alert false'
	]);
});

it('is a version of its own that keeps the id, and leaves the scenario as it is', () => {
	const { base, changed } = played('seed_class: b');
	const before = JSON.stringify(base);
	expect(changed.contentHash).not.toBe(base.contentHash);
	expect(changed.scenario.id).toBe('tiny-case');
	expect(changed.variant).toEqual({ id: 'other', title: 'Other', seedClass: 'b' });
	expect(withVariant(base, 'other')?.contentHash).toBe(changed.contentHash);
	expect(JSON.stringify(base)).toBe(before);
	expect(withVariant(base, 'nothing')).toBeNull();
});

it('changes who is on call, the hour, and the size', () => {
	const { base, changed } = played(
		'on_call: [{ seat: primary, name: Ada, title: New }], clock: { start: "03:10" }, topology: { load: 2, replicas: 3 }'
	);
	expect(changed.scenario.on_call.map(({ name }) => name)).toEqual(['Ada']);
	expect(changed.startsAt - base.startsAt).toBe(-7.5 * 3_600_000);
	expect(changed.topology.load).toBe(200);
	expect(changed.services.api?.replicas).toBe((base.services.api?.replicas ?? 0) * 3);
	expect(changed.topology.season).toEqual(base.topology.season);
});

it('moves the rhythm of the day with the begin where the load is to stay', () => {
	const { changed } = played('clock: { start: "22:40", same_load: true }');
	expect(changed.topology.season).toMatchObject({ peak: '22:30', trough: '15:00' });
});

it('takes a runbook away, and the reference does by hand what its steps ran', () => {
	const { base, changed } = played('runbooks: { errors: missing }');
	expect(base.scenario.ideal[1]?.do).toEqual({ type: 'runStep', runbookId: 'errors', stepId: 'look' });
	expect(changed.runbooks).toEqual([]);
	expect(changed.runbookBodies).toEqual({});
	expect(changed.scenario.truth.runbook).toBeUndefined();
	expect(changed.scenario.ideal[1]?.do).toEqual({ type: 'runDiagnostic', diagnosticId: 'history' });
	expect(changed.scenario.ideal).toHaveLength(base.scenario.ideal.length);
});

it('puts another runbook in its place, or changes steps of it', () => {
	const { changed } = played('runbooks: { errors: { kind: stale, file: errors-old } }');
	expect(changed.runbooks.map(({ id, name, steps }) => [id, name, steps.map((step) => step.id)])).toEqual([
		['errors', 'Errors, as it was', ['dial']]
	]);
	expect(changed.runbookBodies).toEqual({ errors: '# As it was' });
	const edited = played(
		'runbooks: { errors: { kind: trap, steps: { look: { title: Restart }}, without: [think] } }'
	).changed;
	expect(edited.runbooks[0]?.steps).toEqual([
		expect.objectContaining({ id: 'look', title: 'Restart', runs: 'history' })
	]);
	expect(edited.scenario.ideal[1]?.do).toMatchObject({ type: 'runStep' });
});

it('adds an alert that has nothing to do with it', () => {
	const { base, changed } = played('extra_alert: { service: front, name: FrontBusy }');
	expect(changed.scenario.faults.map(({ id }) => id)).toEqual(['bug', 'extra']);
	expect(changed.rules.groups.at(-1)?.rules[0]).toMatchObject({ alert: 'FrontBusy', labels: { severity: 'warning' } });
	expect(changed.variant?.extraAlert).toBe('FrontBusy');
	expect(changed.scenario.restored).toEqual(base.scenario.restored);
});

it('is free of blemishes in each of these', () => {
	for (const variant of [
		'runbooks: { errors: missing }',
		'runbooks: { errors: { kind: stale, file: errors-old } }',
		'extra_alert: { service: front }',
		'topology: { load: 2 }'
	]) {
		// The file stands there for the second of them.
		const all = files(
			`  - { id: other, title: Other, ${variant} }\n  - { id: b, title: B, runbooks: { errors: { kind: stale, file: errors-old } } }\n`
		);
		expect(lintScenario('tiny-case', all, FIXTURE_TOPOLOGIES)).toEqual([]);
	}
});

it.each([
	['nothing changed', 'note: x', 'schema', 'a variant changes something'],
	[
		'a name that every scenario uses',
		'id: another-day, seed_class: b',
		'duplicate',
		'every scenario has a variant "another-day"'
	],
	['a runbook that is not on offer', 'runbooks: { erors: missing }', 'unknown_runbook', '"erors" is not on offer'],
	[
		'a file that is not there',
		'runbooks: { errors: { kind: stale, file: eror } }',
		'unknown_runbook',
		'there is no file runbooks/eror.md'
	],
	[
		'a step that is not there',
		'runbooks: { errors: { kind: stale, without: [lok] } }',
		'unknown_id',
		'it has no step "lok"'
	],
	['a stranger that is busy', 'extra_alert: { service: fornt }', 'unknown_service', 'no service "fornt" is there'],
	['a moment that does not exist', 'clock: { start: "25:10" }', 'clock', '"25:10" is no moment'],
	['a size beyond reason', 'topology: { load: 1000 }', 'schema', 'Too big'],
	[
		'what is wrong once it is applied',
		'runbooks: { errors: { kind: trap, steps: { look: { runs: nothing } } } }',
		'unknown_action',
		'as the variant "other": there is no diagnostic or mitigation "nothing"'
	],
	[
		'what cannot come once it is applied',
		'clock: { start: "03:00" }',
		'inject_never',
		'as the variant "other": this can never hold'
	]
])('finds: %s', (what, variant, code, message) => {
	const named = variant.startsWith('id: ') ? variant : `id: other, ${variant}`;
	let all = files(`  - { title: Other, ${named} }\n`);
	if (what.startsWith('what cannot come')) {
		const text = all['scenario.yaml'] ?? '';
		all = { ...all, 'scenario.yaml': text.replace('when: state(mended), channel', 'when: clock >= 10:00, channel') };
	}
	const found = lintScenario('tiny-case', all, FIXTURE_TOPOLOGIES);
	expect(found.map((problem) => problem.code)).toContain(code);
	expect(found.map((problem) => problem.message).join('\n')).toContain(message);
	const variants = (all['scenario.yaml'] ?? '').split('\n').indexOf('variants:') + 1;
	for (const problem of found) if (problem.code === code) expect(problem.line).toBeGreaterThan(variants);
});
