import { describe, expect, it } from 'vitest';
import type { Viewer } from './actor.ts';
import { foldAll } from './fold.ts';
import { LogBuilder, truth } from './testing.ts';
import { project } from './views.ts';

const TRAINEE: Viewer = { seats: ['responder', 'technical_lead'], truthOpen: false };
const FACILITATING: Viewer = { seats: ['facilitator'], truthOpen: false };

/** The same run as its people see it, with a different truth behind it. */
function run(secret: string): LogBuilder {
	return new LogBuilder()
		.at(-1)
		.then(truth({ rootCause: secret }))
		.at(0)
		.then({ type: 'run.began', payload: { speed: 1 } })
		.then(...(secret === 'short' ? [] : [{ type: 'impact.started' as const, payload: { share: 0.2 } }]))
		.at(2)
		.alert('a1', 'HighErrorRate')
		.by('fay', { type: 'observation.recorded', payload: { text: secret } })
		.at(3)
		.by('ana', { type: 'alert.acknowledged', payload: { alertId: 'a1' } });
}

describe('project', () => {
	it('gives equal bytes where only what is hidden differs', () => {
		const [one, other] = [run('short').events, run('a longer secret').events];
		expect(one.length).not.toBe(other.length);
		expect(JSON.stringify(project(one, TRAINEE))).toBe(JSON.stringify(project(other, TRAINEE)));
	});

	it('shows a facilitator the difference', () => {
		expect(JSON.stringify(project(run('x').events, FACILITATING))).toContain('"rootCause":"x"');
	});

	it('numbers a view contiguously from 1 and strips what would betray the rest', () => {
		const view = project(run('x').events, TRAINEE);
		expect(view.map((event) => event.viewSeq)).toEqual([1, 2, 3, 4]);
		for (const event of view) {
			expect(Object.keys(event).sort()).toEqual(['actor', 'occurredAt', 'payload', 'simMs', 'type', 'viewSeq']);
		}
	});

	it('goes on after the last number given out', () => {
		const { events } = run('x');
		const whole = project(events, TRAINEE);
		for (let cut = 0; cut <= events.length; cut += 1) {
			const first = project(events.slice(0, cut), TRAINEE);
			expect([...first, ...project(events.slice(cut), TRAINEE, first.length)]).toEqual(whole);
		}
	});

	it.each<[string, Viewer, boolean, boolean]>([
		['a trainee', TRAINEE, false, false],
		['a facilitator', FACILITATING, true, true],
		['everyone once the truth is open', { ...TRAINEE, truthOpen: true }, true, false]
	])('%s: truth and private notes', (_who, viewer, seesTruth, seesNotes) => {
		const types = project(run('x').events, viewer).map((event) => event.type);
		expect(types.includes('impact.started')).toBe(seesTruth);
		expect(types.includes('observation.recorded')).toBe(seesNotes);
	});

	it('folds without what is hidden', () => {
		const view = project(run('x').events, TRAINEE);
		expect(foldAll('practice', view).alerts[0]?.acknowledged).not.toBeNull();
	});
});
