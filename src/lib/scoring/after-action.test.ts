import { describe, expect, it } from 'vitest';
import type { EventBody } from '../incident/event.ts';
import { DEFAULT_SEVERITY_POLICY } from '../incident/severity.ts';
import { LogBuilder, truth } from '../incident/testing.ts';
import { afterAction } from './after-action.ts';
import { afterActionMarkdown } from './after-action-markdown.ts';
import { DEFAULT_WEIGHTS } from './weights.ts';

const OBJECTIVE = 'Declare at the right severity';
const rated = (rating: 'P' | 'M', objective = OBJECTIVE): EventBody => ({
	type: 'rating.given',
	payload: { of: { kind: 'objective', objective }, rating, note: 'hesitated | twice' }
});
const log = () =>
	new LogBuilder()
		.at(-1)
		.then(truth({ severity: 'P1', objectives: [OBJECTIVE], failureClass: 'bad_deploy' }))
		.then({ type: 'participant.joined', payload: { participantId: 'p1', as: 'responder' } })
		.at(0)
		.then({ type: 'run.began', payload: { speed: 1 } }, { type: 'impact.started', payload: { share: 0.4 } })
		.at(2)
		.alert('a1', 'HighErrorRate')
		.at(5)
		.by('p1', { type: 'incident.declared', payload: { severity: 'P3', title: 'Slow', summary: '' } })
		.at(40)
		.then({ type: 'run.ended', payload: { outcome: 'unresolved', reason: 'limit', endedMs: 0 } })
		.by('p1', {
			type: 'hotwash.answered',
			payload: { participantId: 'p1', wentWell: 'calm', surprisedMe: '# the cache', unclear: '' }
		})
		.by('p9', rated('M'));
const report = (builder = log()) => afterAction(builder.events, DEFAULT_SEVERITY_POLICY, DEFAULT_WEIGHTS);
const words = {
	key: 'EX-1',
	title: 'Checkout fails',
	when: () => 'Tuesday 14:00',
	date: () => '1 June',
	name: (id: string) => (id === 'p9' ? 'Eve' : 'Ana')
};

describe('after-action report', () => {
	it('holds the computed rating and the evaluator’s beside it', () => {
		const [objective] = report().objectives;
		expect(objective?.rating).not.toBeNull();
		expect(objective?.evaluators).toEqual([{ by: 'p9', rating: 'M', note: 'hesitated | twice' }]);
		const without = log();
		without.events.pop();
		expect(report(without).objectives[0]?.rating).toBe(objective?.rating);
		expect(report(without).scorecard.total).toBe(report().scorecard.total);
	});

	it('lists the worst first, and proposes an action for what went badly', () => {
		const { improvements, proposed } = report();
		const marks = improvements.map(({ rating }) => 'UMS'.indexOf(rating));
		expect(marks).toEqual([...marks].sort((a, b) => a - b));
		expect(proposed.map(({ area }) => area)).toContain('Severity');
		expect(proposed.length).toBe(improvements.filter(({ rating }) => rating !== 'S').length);
	});

	it('tracks what the post-mortem agreed on, without what was withdrawn', () => {
		const added = (actionItemId: string): EventBody => ({
			type: 'action_item.added',
			payload: { actionItemId, title: `Do ${actionItemId}`, owner: 'Ana', dueAt: 5 }
		});
		const builder = log().at(50).by('p1', added('x'), added('y'));
		builder.by('p1', { type: 'action_item.changed', payload: { actionItemId: 'x', status: 'complete' } });
		expect(report(builder).agreed.map(({ title, status }) => [title, status])).toEqual([
			['Do x', 'complete'],
			['Do y', 'not_started']
		]);
	});

	it('shows what evaluators rated, measured or not', () => {
		const rated: EventBody = {
			type: 'rating.given',
			payload: { of: { kind: 'dimension', id: 'handoff' }, rating: 'S', note: '' }
		};
		expect(report(log().by('p9', rated)).judged).toEqual([
			{ name: 'Handover', computed: null, evaluators: [{ by: 'p9', rating: 'S', note: '' }] }
		]);
	});

	it('is written as Markdown, and nothing that somebody typed becomes markup', () => {
		const markdown = afterActionMarkdown(report(), words);
		expect(markdown).toContain('# After-action report and improvement plan: Checkout fails');
		expect(markdown).toContain('EXERCISE');
		expect(markdown).toContain('- \\# the cache');
		expect(markdown).toContain('M (Eve: hesitated \\| twice)');
		expect(markdown).toMatch(/\| Area \| Element \| Corrective action \| Owner \| Due \|/);
		for (const line of markdown.split('\n').filter((one) => one.startsWith('|') && !one.includes('---')))
			expect(line.replaceAll('\\|', '').split('|').length).toBeGreaterThan(5);
	});
});
