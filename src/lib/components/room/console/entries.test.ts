import { expect, it } from 'vitest';
import { commonStart, entriesOf, suggest } from './entries.ts';

const commands = ['kubectl rollout history deploy/api', 'kubectl top pods', 'psql -c "select 1"'];
it.each([
	['', []],
	['kubectl ', ['kubectl top pods', 'kubectl rollout history deploy/api']],
	['kubectl top pods', []],
	['  ps', ['psql -c "select 1"']],
	['rm', []]
])('%j is continued by %j', (typed, expected) => expect(suggest(commands, typed)).toEqual(expected));

it('shows what runs, what was found and what led nowhere, in order', () => {
	const by = { kind: 'participant', id: 'p1' } as const;
	const evidence = { by, source: 'diagnostic', of: null, diagnosticId: 'd1', series: [] } as const;
	const entries = entriesOf(
		{
			diagnostics: [
				{ diagnosticId: 'd1', command: 'kubectl top pods', startedAt: 10, readyAt: 20, done: true },
				{ diagnosticId: 'd2', command: 'slow', startedAt: 30, readyAt: 60, done: false }
			],
			evidence: [
				{ ...evidence, evidenceId: 'e1', at: 20, pinned: false, title: 'kubectl top pods', text: 'out', series: [] },
				{ ...evidence, evidenceId: 'e2', at: 25, pinned: true, title: 'a pin', text: '', series: [] }
			]
		},
		[
			{ at: 5, line: 'rm -rf', output: 'not here', refused: true },
			{ at: 30, line: 'slow', output: '', refused: false }
		]
	);
	expect(entries.map(({ command, readyAt }) => [command, readyAt])).toEqual([
		['rm -rf', null],
		['kubectl top pods', null],
		['slow', 60]
	]);
});

it.each([
	[[], ''],
	[['kubectl get pods'], 'kubectl get pods'],
	[['kubectl get pods', 'kubectl get svc'], 'kubectl get '],
	[['a', 'b'], '']
])('%j begin with %j', (lines, start) => expect(commonStart(lines)).toBe(start));
