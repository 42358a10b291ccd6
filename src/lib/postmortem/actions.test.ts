import { describe, expect, it } from 'vitest';
import type { EventBody } from '../incident/event.ts';
import { DEFAULT_SEVERITY_POLICY } from '../incident/severity.ts';
import { LogBuilder } from '../incident/testing.ts';
import {
	actionsChecklist,
	actionsCsv,
	actionsJson,
	daysBetween,
	isOverdue,
	type TrackedAction
} from './action-files.ts';
import { actionTerms, proposedActions } from './action-items.ts';
import type { ActionItem } from './document.ts';
import { EMPTY } from './shared.ts';
import { SMALL } from './testing.ts';
import { actionChanges, dueAtOf, foldActions } from './tracked-actions.ts';
import { openSuggestions, suggestFactors } from './systemic-factors.ts';

const item = (over: Partial<ActionItem> = {}): ActionItem => ({
	...EMPTY.actionItems,
	id: 'a1',
	title: 'Watch the slope',
	owner: '@sre',
	dueDate: '2024-02-15',
	...over
});
const types = (bodies: readonly EventBody[]): string[] => bodies.map(({ type }) => type);
const logOf = (...bodies: EventBody[]) => new LogBuilder().at(1).by('ana', ...bodies).events;

describe('proposedActions', () => {
	const terms = actionTerms(Date.UTC(2024, 0, 24), 'P1', DEFAULT_SEVERITY_POLICY, '@cache-team');
	it('proposes one that prevents and one that detects per root cause, with owner, date and criterion', () => {
		const [proposal] = proposedActions({ ...SMALL, actionItems: [] }, terms);
		expect(proposal?.actions).toMatchObject([
			{
				id: 'prevent-y2',
				title: 'Prevent: No alerting on heap slope',
				owner: '@cache-team',
				dueDate: '2024-01-31',
				priority: 'critical',
				causeId: 'y2'
			},
			{
				id: 'detect-y2',
				kind: 'detect',
				owner: '@monitoring-team',
				dueDate: '2024-02-07',
				priority: 'high',
				successCriterion: 'Alert fires 10+ minutes before customer impact'
			}
		]);
		expect(proposal?.actions[0]?.successCriterion).not.toBe('');
	});
	it('proposes only what is missing', () => {
		expect(proposedActions(SMALL, terms).map(({ actions }) => actions.map(({ kind }) => kind))).toEqual([['detect']]);
		const whole = { ...SMALL, actionItems: [...SMALL.actionItems, item({ id: 'd', kind: 'detect', causeId: 'y2' })] };
		expect(proposedActions(whole, terms)).toEqual([]);
	});
	it('follows the deadlines that the organisation set', () => {
		const policy = { ...DEFAULT_SEVERITY_POLICY, P1: { ...DEFAULT_SEVERITY_POLICY.P1, actionDays: 3 } };
		expect(actionTerms(Date.UTC(2024, 0, 24), 'P1', policy, '').dueDate).toBe('2024-01-27');
	});
});

describe('what the log tracks', () => {
	const published = { published: true, drafted: [] };
	it('adds what is new, and its status where it has one', () => {
		expect(types(actionChanges([item()], [], published))).toEqual(['action_item.added']);
		expect(types(actionChanges([item({ status: 'complete' })], [], published))).toEqual([
			'action_item.added',
			'action_item.changed'
		]);
	});
	it.each<[string, ActionItem, { published: boolean; drafted: ActionItem[] }, string[]]>([
		['a proposal nobody touched', item(), { published: false, drafted: [item()] }, []],
		['the same once it is published', item(), { published: true, drafted: [item()] }, ['action_item.added']],
		['one somebody changed', item({ owner: '@me' }), { published: false, drafted: [item()] }, ['action_item.added']],
		['one somebody added', item(), { published: false, drafted: [] }, ['action_item.added']],
		['one without a title', item({ title: ' ' }), { published: true, drafted: [] }, []]
	])('tracks %s', (_name, one, when, expected) => expect(types(actionChanges([one], [], when))).toEqual(expected));

	it('goes round: what is logged folds to what the document says, and nothing is logged twice', () => {
		const steps = [
			[item()],
			[item({ status: 'in_progress', title: 'Watch  the\nslope of it' })],
			[item({ status: 'complete', owner: '@other', dueDate: '', proofIncidentId: 'inc2' })],
			[],
			[item({ status: 'complete' })]
		];
		const bodies: EventBody[] = [];
		for (const items of steps) {
			const logged = foldActions(logOf(...bodies));
			const fresh = actionChanges(items, logged, published);
			expect(fresh).toHaveLength(1);
			bodies.push(...fresh);
			expect(actionChanges(items, foldActions(logOf(...bodies)), published)).toEqual([]);
		}
		const [action] = foldActions(logOf(...bodies));
		expect(action).toMatchObject({ title: 'Watch the slope', owner: '@sre', status: 'complete', withdrawn: false });
		expect(action?.completedAt).not.toBeNull();
		expect(bodies[2]).toMatchObject({
			payload: { dueAt: null, dueDate: '', owner: '@other', proofIncidentId: 'inc2' }
		});
		expect(bodies[3]).toMatchObject({ payload: { withdrawn: true } });
	});

	it('reads events of before there were details', () => {
		const old = logOf({
			type: 'action_item.added',
			payload: { actionItemId: 'x', title: 't', owner: 'o', dueAt: Date.UTC(2024, 1, 15) }
		});
		expect(foldActions(old)).toMatchObject([{ dueDate: '2024-02-15', priority: 'medium', kind: 'other' }]);
	});

	it.each([
		['2024-02-15', Date.UTC(2024, 1, 15, 23, 59, 59, 999)],
		['', null],
		['soon', null],
		['2024-13-99', null]
	])('%s is due at %s', (date, at) => expect(dueAtOf(date)).toBe(at));
});

describe('files', () => {
	const tracked = (over: Partial<TrackedAction> = {}): TrackedAction => ({
		actionItemId: 'a1',
		incidentId: 'inc1',
		incidentKey: 'INC-2024-0001',
		incidentTitle: 'Cache, the one',
		origin: 'real',
		title: 'Extend "load" test',
		kind: 'prevent',
		owner: '@perf',
		dueDate: '2024-02-15',
		priority: 'high',
		successCriterion: '=SUM(1,1)',
		status: 'not_started',
		proofIncidentId: null,
		completedAt: null,
		...over
	});
	it.each([
		['not_started', '2024-02-14', false],
		['not_started', '2024-02-15', false],
		['not_started', '2024-02-16', true],
		['complete', '2024-02-16', false]
	] as const)('%s on %s is overdue: %s', (status, today, overdue) =>
		expect(isOverdue({ status, dueDate: '2024-02-15' }, today)).toBe(overdue)
	);
	it('counts days over a leap day', () => expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2));

	it('CSV quotes what must be and lets no cell be calculated', () => {
		expect(actionsCsv([tracked()], '2024-03-01').split('\r\n')).toEqual([
			'incident,incident_title,origin,action,kind,owner,due_date,status,priority,success_criterion,overdue,proved_by',
			`INC-2024-0001,"Cache, the one",real,"Extend ""load"" test",prevent,'@perf,2024-02-15,not_started,high,"'=SUM(1,1)",yes,`,
			''
		]);
	});
	it('JSON says what is overdue, and as of when', () => {
		expect(JSON.parse(actionsJson([tracked()], '2024-03-01'))).toMatchObject({
			asOf: '2024-03-01',
			actions: [{ title: 'Extend "load" test', overdue: true }]
		});
	});
	it('the checklist ticks what is done, by incident', () => {
		const list = actionsChecklist(
			[
				tracked({ successCriterion: '' }),
				tracked({ incidentId: 'inc2', incidentKey: 'EX-0002', origin: 'practice', status: 'complete', owner: '' })
			],
			'2024-03-01'
		);
		expect(list).toBe(`# Action items

## INC-2024-0001 Cache, the one

- [ ] Extend "load" test (@perf, due 2024-02-15, **overdue**, high priority)

## EX-0002 Cache, the one (exercise)

- [x] Extend "load" test (no owner, due 2024-02-15, high priority)
  - =SUM(1,1)
`);
		expect(actionsChecklist([], '2024-03-01')).toContain('No actions');
	});
});

describe('suggestFactors', () => {
	it.each<[string, string[]]>([
		['Our load tests run for 30 minutes; the leak manifests after 45', ['testing']],
		['Canary runs for 20 minutes', ['deployment']],
		['Breaking change in dependency wasn’t documented', ['documentation', 'dependency']],
		['No automated dependency changelog review', ['documentation', 'dependency']],
		['Nobody knew of the limit', ['knowledge']],
		['The pool ran out of connections', ['capacity']],
		['The service has no owner', ['ownership']],
		['Support was not told', ['communication']],
		['The price list was wrong', []],
		['Latency rose', []]
	])('%s', (answer, rules) => expect(suggestFactors([{ id: 'w', answer }]).map(({ rule }) => rule)).toEqual(rules));

	it('says which answer and which word', () => {
		expect(suggestFactors([{ id: 'w7', answer: 'There was no Monitoring' }])[0]?.because).toEqual([
			{ whyId: 'w7', words: 'Monitoring' }
		]);
	});
	it('is silent on what people have decided', () => {
		const whys = [{ id: 'w', answer: 'No alerting on deploys' }];
		expect(openSuggestions(whys, [{ rule: 'observability' }]).map(({ rule }) => rule)).toEqual(['deployment']);
	});
});
