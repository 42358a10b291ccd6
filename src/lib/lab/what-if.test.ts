import { describe, expect, it } from 'vitest';
import { plainEngine } from '../engine/testing/player.ts';
import type { CommandEdit } from '../incident/edit.ts';
import type { PolicyStepSpec } from '../scenario/scenario.schema.ts';
import { ScriptPolicy } from './script-policy.ts';
import { simulate, SIMULATION_SETTINGS } from './simulate.ts';
import { checkEdits, editCommands, thisRun, whatIf, type FinishedRun } from './what-if.ts';
import { editableCommands, offeredEdits } from './what-if-offers.ts';

const MIN = 60_000;
const engine = plainEngine();
const { startsAt } = engine.compiled;
const at = (minutes: number, body: Record<string, unknown>): PolicyStepSpec => ({ at: minutes * MIN, do: body });
const apply = (mitigationId: string) => ({ type: 'applyMitigation', mitigationId });

/** Scaling does nothing, flushing harms, rolling back mends; declared late, and a task given and done. */
const run = ((): FinishedRun => {
	const steps = [
		at(3, apply('scale_api')),
		at(4, { type: 'assignTask', text: 'Look at the cache', ownerId: null, dueInMinutes: null }),
		at(8, apply('flush')),
		at(9, { type: 'completeTask', taskId: 't1', result: 'clean' }),
		at(10, { type: 'declareIncident', severity: 'P1', title: 'Errors', summary: '' }),
		at(12, apply('rollback_api'))
	];
	const { commands, events } = simulate(engine, { seed: 's', policy: new ScriptPolicy('test', steps) });
	return { seed: 's', settings: SIMULATION_SETTINGS, commands, events };
})();
const numberOf = (type: string, mitigationId?: string): number => {
	const found = run.commands.find(
		({ body }) =>
			body.type === type && (!mitigationId || ('mitigationId' in body && body.mitigationId === mitigationId))
	);
	return found?.n ?? expect.fail();
};
const ask = (...edits: CommandEdit[]) => whatIf(engine, run, { type: 'edits', edits });

describe('what if', () => {
	it('[LB14] nothing is changed, nothing differs', () => {
		const { refused, unplayed, ...future } = ask();
		expect([refused, unplayed]).toEqual([[], []]);
		expect(future).toEqual({ ...thisRun(run), refused: undefined, unplayed: undefined });
	});

	it('[LB14] without the harmful action customers suffer less, and the rest stays at its times', () => {
		const without = ask({ type: 'remove', n: numberOf('applyMitigation', 'flush') });
		expect(without.impactMinutes).toBeLessThan(thisRun(run).impactMinutes);
		expect(without.detectionMs).toBe(thisRun(run).detectionMs);
		expect(without.marks.some(({ title }) => /flush/i.test(title))).toBe(false);
	});

	it('[LB14] the mending action earlier mitigates earlier; declared at once is detected earlier', () => {
		const earlier = ask({ type: 'move', n: numberOf('applyMitigation', 'rollback_api'), toMs: 5 * MIN });
		expect(earlier.mitigationMs).toBeLessThan(thisRun(run).mitigationMs ?? 0);
		const declared = ask({ type: 'move', n: numberOf('declareIncident'), toMs: 2 * MIN });
		expect(declared.detectionMs).toBeLessThan(thisRun(run).detectionMs ?? 0);
	});

	it('[LB14] an action is added by who was there', () => {
		const added = ask(
			{ type: 'remove', n: numberOf('applyMitigation', 'rollback_api') },
			{
				type: 'add',
				atMs: 7 * MIN,
				body: { type: 'applyMitigation', mitigationId: 'rollback_api', runbookId: null, stepId: null }
			}
		);
		expect(added.refused).toEqual([]);
		expect(added.mitigationMs).toBeLessThan(thisRun(run).mitigationMs ?? 0);
	});

	it('[LB14] what makes no sense in the changed world is listed with why', () => {
		const { refused } = ask({ type: 'remove', n: numberOf('assignTask') });
		expect(refused).toMatchObject([{ n: numberOf('completeTask'), simMs: 9 * MIN }]);
		expect(refused[0]?.message).toMatch(/task/i);
	});

	it('[LB14] nobody acts is cut at the limit; the reference is not', () => {
		const nobody = whatIf(engine, run, { type: 'nobody' });
		expect(nobody).toMatchObject({ outcome: 'unresolved', cut: 'limit', detectionMs: null });
		expect(whatIf(engine, run, { type: 'reference' })).toMatchObject({ outcome: 'resolved', cut: null });
	});
});

describe('edits', () => {
	it('[LB14] keep the order of time, and come after what stood at that second', () => {
		const commands = editCommands(run, [{ type: 'move', n: numberOf('declareIncident'), toMs: 8 * MIN }], startsAt);
		const at8 = commands.filter(({ simMs }) => simMs === 8 * MIN).map(({ body }) => body.type);
		expect(at8).toEqual(['applyMitigation', 'declareIncident']);
		expect(commands).toHaveLength(run.commands.length);
		expect(commands.every(({ simMs, at: when }) => when === startsAt + (simMs ?? 0))).toBe(true);
	});

	it.each<[string, CommandEdit[], RegExp]>([
		['beyond the run', [{ type: 'move', n: 3, toMs: 99 * MIN }], /between 0 and 30/],
		['unknown', [{ type: 'remove', n: 999 }], /not in the log/],
		[
			'twice',
			[
				{ type: 'remove', n: 3 },
				{ type: 'move', n: 3, toMs: MIN }
			],
			/twice/
		]
	])('%s are refused in a sentence', (_title, edits, words) => {
		expect(checkEdits(run, edits, 30 * MIN)).toMatch(words);
	});
	it('that fit are not', () => {
		expect(checkEdits(run, [{ type: 'remove', n: numberOf('declareIncident') }], 30 * MIN)).toBeNull();
	});

	it('offered are those that did harm or nothing, what helped sooner, and declaring at once', () => {
		expect(editableCommands(run.commands, run.events).map(({ kind, verdict }) => [kind, verdict])).toEqual(
			expect.arrayContaining([
				// The tool could not do it: a fact of the log too.
				['mitigation', 'not_run'],
				['mitigation', 'harmful'],
				['mitigation', 'effective'],
				['response', null]
			])
		);
		const labels = offeredEdits(run.commands, run.events).map(({ label }) => label);
		expect(labels.filter((label) => label.startsWith('Without'))).toEqual([expect.stringMatching(/flush/i)]);
		expect(labels).toContain('Declared at the first page');
	});
});
