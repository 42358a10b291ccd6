import { EMPTY } from './shared.ts';
import { describe, expect, it } from 'vitest';
import type { EventBody } from '../incident/event.ts';
import { DEFAULT_SEVERITY_POLICY } from '../incident/severity.ts';
import type { IncidentStatus } from '../incident/status.ts';
import { fired, LogBuilder, truth } from '../incident/testing.ts';
import type { PostmortemDocument } from './document.ts';
import { draftPostmortem, markdownOf, systemicFactors, toMarkdown } from './index.ts';
import type { DraftMeta } from './meta.ts';

const META: DraftMeta = { key: 'INC-2024-001', policy: DEFAULT_SEVERITY_POLICY };
const SECRET = 'a leak that needs 45 minutes of load';
const status = (to: IncidentStatus, verification: string | null = null): EventBody => ({
	type: 'status.changed',
	payload: { from: 'investigating', to, note: '', verification }
});
const restart = { attemptId: 'x1', mitigationId: 'rolling_restart', name: 'Rolling restart' };
const rollback = { attemptId: 'x2', mitigationId: 'rollback_38', name: 'Rollback to 3.8' };

/** The article's incident: 14:21 onset, 14:23 alert, 14:42 restart that made it worse, 15:10 normal. */
function incident(): LogBuilder {
	return new LogBuilder()
		.at(-45)
		.then(
			truth({
				rootCause: SECRET,
				severity: 'P2',
				usersTotal: 10_000,
				runbookDefects: [{ runbookId: 'memory_leak', stepId: 's4', defect: 'trap', note: 'no warm-up' }]
			})
		)
		.at(-44)
		.then({
			type: 'change.deployed',
			payload: {
				changeId: 'c1',
				service: 'cache-lib-svc',
				kind: 'deploy',
				title: '3.9 rolled out',
				detail: '',
				version: '3.9',
				by: 'ci'
			}
		})
		.at(21)
		.then({ type: 'impact.started', payload: { share: 0.05 } })
		.at(23)
		.then(fired('a1', 'ServiceMemoryHigh', { service: 'cache-lib-svc' }), {
			type: 'page.delivered',
			payload: { alertId: 'a1', to: 'primary', participants: ['ana-id'], reason: '' }
		})
		.at(25)
		.by('ana-id', { type: 'alert.acknowledged', payload: { alertId: 'a1' } })
		.at(28)
		.by('ana-id', {
			type: 'incident.declared',
			payload: { severity: 'P2', title: 'API requests fail', summary: 'Errors and stalls' }
		})
		.at(30)
		.then({ type: 'impact.changed', payload: { share: 0.15, affectedMinutes: 0.45 } })
		.by('cem-id', {
			type: 'status_update.published',
			payload: {
				updateId: 'u1',
				channel: 'status_page',
				state: 'investigating',
				impact: '15% of API requests fail',
				action: 'Looking into it',
				nextUpdateAt: null,
				said: null
			}
		})
		.at(40)
		.by('ben-id', { type: 'runbook.opened', payload: { runbookId: 'memory_leak', name: 'memory_leak' } })
		.by('ben-id', {
			type: 'runbook.step_skipped',
			payload: { runbookId: 'memory_leak', stepId: 's2', title: 'analyze_heap', reason: 'jhat is gone' }
		})
		.at(42)
		.by(
			'ben-id',
			{
				type: 'mitigation.started',
				payload: { ...restart, command: 'kubectl', readyAt: 0, runbookId: 'memory_leak', stepId: 's4' }
			},
			{ type: 'mitigation.finished', payload: { ...restart, ran: true, message: 'restarted' } }
		)
		.then({
			type: 'mitigation.judged',
			payload: {
				attemptId: 'x1',
				mitigationId: 'rolling_restart',
				verdict: 'harmful',
				fromState: 'degraded',
				toState: 'restart_worse'
			}
		})
		.at(45)
		.by('fay-id', { type: 'observation.recorded', payload: { text: 'private-note' } })
		.at(46)
		.by('ben-id', {
			type: 'evidence.pinned',
			payload: { evidenceId: 'e1', source: 'panel', title: 'Heap by version', text: '', of: null, series: [] }
		})
		.by('ben-id', {
			type: 'hypothesis.proposed',
			payload: {
				hypothesisId: 'h1',
				text: 'Memory leak in caching layer after dependency update',
				confidence: 0.7,
				said: null
			}
		})
		.by('ben-id', {
			type: 'hypothesis.evidence_linked',
			payload: { hypothesisId: 'h1', evidenceId: 'e1', supports: true }
		})
		.at(51)
		.by('ben-id', {
			type: 'hypothesis.confirmed',
			payload: { hypothesisId: 'h1', reason: 'only 3.9 pods grow', evidenceId: 'e1' }
		})
		.at(58)
		.by(
			'ben-id',
			{ type: 'mitigation.started', payload: { ...rollback, command: '', readyAt: 0, runbookId: null, stepId: null } },
			{ type: 'mitigation.finished', payload: { ...rollback, ran: true, message: '' } }
		)
		.then({
			type: 'mitigation.judged',
			payload: {
				attemptId: 'x2',
				mitigationId: 'rollback_38',
				verdict: 'effective',
				fromState: 'degraded',
				toState: 'mitigated'
			}
		})
		.at(65)
		.then({ type: 'impact.ended', payload: { affectedMinutes: 5 } })
		.at(70)
		.by('ana-id', status('resolved', 'errors flat for 5 min'))
		.then({ type: 'run.ended', payload: { outcome: 'resolved', reason: 'success', endedMs: 0 } })
		.by('ben-id', {
			type: 'hotwash.answered',
			payload: { participantId: 'ben-id', wentWell: 'Calm channel', surprisedMe: 'The canary was green', unclear: '' }
		});
}
const opened = (): LogBuilder => incident().by('ana-id', { type: 'truth.opened', payload: {} });
const texts = (lines: { text: string }[]): string[] => lines.map(({ text }) => text);

describe('draftPostmortem', () => {
	it('sums up as the article does', () => {
		const draft = draftPostmortem(opened().events, META);
		expect(draft.key).toBe('INC-2024-001');
		expect(draft.summary).toEqual({
			duration: '47 minutes (14:23 - 15:10 UTC)',
			impact: '15% of API requests fail. At its worst 15% of users were affected, about 1,500 of 10,000.',
			rootCause: 'Memory leak in caching layer after dependency update'
		});
	});

	it('prints times in the zone of the incident', () => {
		const { summary, timeline } = draftPostmortem(incident().events, { ...META, timeZone: 'Europe/Berlin' });
		expect(summary.duration).toMatch(/^47 minutes \(15:23 - 16:10 (CET|GMT\+1)\)$/);
		expect(timeline[0]?.time).toBe('15:23');
	});

	it('tells the moments of the response, from the first alert on', () => {
		const { timeline } = draftPostmortem(incident().events, META);
		expect(timeline.map(({ time, text }) => `${time} ${text}`)).toEqual([
			'14:23 First alert: ServiceMemoryHigh fired on cache-lib-svc',
			'14:25 ServiceMemoryHigh acknowledged',
			'14:28 Declared P2: API requests fail (Errors and stalls)',
			'14:30 Status page: investigating (15% of API requests fail. Looking into it)',
			'14:42 Rolling restart started, as runbook "memory_leak" says',
			'14:42 Rolling restart carried out',
			'14:51 Cause found: Memory leak in caching layer after dependency update (only 3.9 pods grow)',
			'14:58 Rollback to 3.8 started',
			'14:58 Rollback to 3.8 carried out',
			'15:10 Resolved (Verified: errors flat for 5 min)'
		]);
	});

	it('never holds the hidden cause or a private note; verdicts only once the truth is open', () => {
		for (const log of [incident(), opened()]) {
			const all = JSON.stringify(draftPostmortem(log.events, META));
			expect(all).not.toContain(SECRET);
			expect(all).not.toContain('private-note');
		}
		const closed = draftPostmortem(incident().events, {
			...META,
			findings: [{ id: 'severity', measured: 'hidden', rating: 'U', applicable: true }]
		});
		expect(JSON.stringify(closed)).not.toMatch(/worse|hidden|no warm-up|of 10,000/);
		expect(texts(draftPostmortem(opened().events, META).wentWrong)).toContain(
			'Rolling restart, which runbook "memory_leak" calls for, made the problem worse'
		);
	});

	it('names documents and tools, never a person', () => {
		const draft = draftPostmortem(opened().events, META);
		const told = [
			draft.title,
			...Object.values(draft.summary),
			...draft.wentWrong.map(({ text }) => text),
			...texts(draft.timeline),
			...draft.whys.flatMap(({ question, answer }) => [question, answer])
		];
		for (const text of told) expect(text).not.toMatch(/ana-id|ben-id|cem-id|fay-id/);
	});

	it('tells findings by whether they met their target, and leaves out what does not apply', () => {
		const draft = draftPostmortem(opened().events, {
			...META,
			findings: [
				{ id: 'acknowledge', measured: '2m 00s after the alert', rating: 'P', applicable: true },
				{ id: 'mitigate', measured: '44m after impact began', rating: 'S', applicable: true },
				{ id: 'handoff', measured: '', rating: null, applicable: false },
				{ id: 'hypotheses', measured: 'a profile', rating: null, applicable: true }
			]
		});
		expect(texts(draft.wentWell)).toEqual([
			'An alert told us first within 2 min of the issue',
			'On-call response time met its target (2m 00s after the alert)',
			'Rollback to 3.8 worked as designed',
			'Calm channel.'
		]);
		expect(texts(draft.wentWrong)).toEqual([
			'Ending the impact on customers took longer than it should (44m after impact began)',
			'Rolling restart, which runbook "memory_leak" calls for, made the problem worse',
			'Runbook "memory_leak" led to a harmful step: no warm-up'
		]);
		expect(texts(draft.lessons)).toEqual(['Surprising: The canary was green.']);
		expect(texts(draft.contributingFactors)).toEqual([
			'Runbook "memory_leak", step "analyze_heap" was skipped: jhat is gone.'
		]);
	});

	it('asks why, from the confirmed cause and its evidence', () => {
		const { whys } = draftPostmortem(opened().events, META);
		expect(whys[0]).toMatchObject({
			parentId: null,
			question: 'Why did it come to "API requests fail"?',
			answer: 'Memory leak in caching layer after dependency update',
			rootCause: false,
			evidence: 'Heap by version; only 3.9 pods grow',
			events: [expect.any(Number), expect.any(Number)]
		});
		expect(whys).toHaveLength(5);
		expect(whys.slice(1).every(({ parentId }) => parentId === 'w1')).toBe(true);
		expect(whys.at(-1)).toMatchObject({
			answer: 'Runbook "memory_leak" calls for it and does not warn of this.',
			category: 'process'
		});
	});

	it('proposes actions with owner, date and criterion', () => {
		const { actionItems } = draftPostmortem(opened().events, META);
		expect(actionItems.map(({ title, owner, dueDate, priority }) => [title, owner, dueDate, priority])).toEqual([
			['Prevent: Memory leak in caching layer after dependency update', '@cache-lib-svc-team', '2024-02-07', 'high'],
			[
				'Detect: Early warning for Memory leak in caching layer after dependency update',
				'@monitoring-team',
				'2024-02-07',
				'high'
			],
			['Update runbook "memory_leak"', '@on-call-team', '2024-02-07', 'high']
		]);
		expect(actionItems[1]?.successCriterion).toBe('Alert fires 10+ minutes before customer impact');
		expect(
			actionItems.every(({ status: now, successCriterion }) => now === 'not_started' && successCriterion !== '')
		).toBe(true);
	});

	it('says so where the run ended unresolved', () => {
		const log = new LogBuilder()
			.at(1)
			.alert('a1', 'X')
			.at(11)
			.then({ type: 'run.ended', payload: { outcome: 'unresolved', reason: 'limit', endedMs: 0 } });
		expect(draftPostmortem(log.events, META).summary.duration).toBe('10 minutes (14:01 - 14:11 UTC), not resolved');
	});

	it('says so where no cause was found', () => {
		const log = new LogBuilder()
			.at(1)
			.alert('a1', 'X')
			.at(2)
			.by('ana', { type: 'incident.declared', payload: { severity: 'P1', title: 'Down', summary: '' } });
		expect(draftPostmortem(log.events, META).summary).toMatchObject({
			rootCause: 'Not found yet.',
			duration: 'Since 14:01 UTC, not resolved'
		});
		log.by('ana', {
			type: 'hypothesis.proposed',
			payload: { hypothesisId: 'h1', text: 'DNS', confidence: 0.4, said: null }
		});
		const draft = draftPostmortem(log.events, META);
		expect(draft.summary.rootCause).toBe('Not confirmed. Most likely (40% sure): DNS');
		expect(draft.actionItems.map(({ title }) => title)).toEqual(['Find the root cause']);
	});

	it('drafts even of nothing', () => {
		expect(markdownOf([], META)).toContain('- **Impact:** not recorded');
	});

	it('gives the same draft of the same log, with ids that occur once', () => {
		const draft = draftPostmortem(opened().events, META);
		expect(draftPostmortem(opened().events, META)).toEqual(draft);
		for (const list of [
			draft.timeline,
			draft.wentWell,
			draft.wentWrong,
			draft.whys,
			draft.actionItems,
			draft.lessons
		]) {
			expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
		}
	});
});

describe('systemicFactors', () => {
	it.each<[string, string[]]>([
		['There was no Monitoring of heap slope', ['Observability gap']],
		['The release went to everyone at once', ['Deployment process issue']],
		['No training on this', ['Knowledge gap']],
		['Lost in the handoff', ['Communication breakdown']],
		['Deploys have no alerting', ['Observability gap', 'Deployment process issue']],
		['The cache kept everything', []]
	])('%s', (answer, expected) => {
		expect(systemicFactors([{ answer }, { answer }]).map(({ text }) => text)).toEqual(expected);
	});
});

describe('toMarkdown', () => {
	const document: PostmortemDocument = {
		key: 'INC-2024-001',
		title: '',
		summary: {
			duration: '47 minutes (14:23 - 15:10 UTC)',
			impact: '15% of API requests failed, affecting ~10,000 users',
			rootCause: 'Memory leak in caching layer after dependency update'
		},
		impact: [],
		timeline: [
			{ id: '1', time: '14:23', text: 'First alert: Memory usage above 90%', at: null, seq: null },
			{ id: '2', time: '15:10', text: 'All systems normal', at: null, seq: null }
		],
		wentWell: [{ id: '1', text: 'Alert fired within 2 minutes of issue' }],
		wentWrong: [{ id: '1', text: 'Runbook was\noutdated' }],
		whys: [
			{
				id: 'w2',
				parentId: 'w1',
				question: "Why wasn't this caught in testing?",
				answer: '',
				category: 'process',
				rootCause: false,
				evidence: '',
				events: []
			},
			{
				id: 'w1',
				parentId: null,
				question: 'Why did the service run out of memory?',
				answer: 'The caching library update introduced a memory leak.',
				category: 'technical',
				rootCause: true,
				evidence: '',
				events: [4, 9]
			}
		],
		systemicFactors: [],
		contributingFactors: [],
		lessons: [],
		actionItems: [
			{
				...EMPTY.actionItems,
				id: '1',
				title: 'Extend load | test',
				kind: 'prevent',
				owner: '@performance-team',
				dueDate: '2024-02-15',
				priority: 'high',
				successCriterion: '',
				status: 'in_progress'
			},
			{
				...EMPTY.actionItems,
				id: '2',
				title: 'Profile memory',
				kind: 'detect',
				owner: '@platform-team',
				dueDate: '2024-02-20',
				priority: 'high',
				successCriterion: '',
				status: 'not_started'
			},
			{
				...EMPTY.actionItems,
				id: '3',
				title: 'Update runbook',
				kind: 'other',
				owner: '@on-call-team',
				dueDate: '2024-02-08',
				priority: 'low',
				successCriterion: '',
				status: 'complete'
			}
		]
	};

	it('prints the template', () => {
		expect(toMarkdown(document)).toBe(`# Incident Post-Mortem: [INC-2024-001]

## Executive Summary

- **Duration:** 47 minutes (14:23 - 15:10 UTC)
- **Impact:** 15% of API requests failed, affecting ~10,000 users
- **Root Cause:** Memory leak in caching layer after dependency update

## Timeline

- 14:23 - First alert: Memory usage above 90%
- 15:10 - All systems normal

## What Went Well

- ✅ Alert fired within 2 minutes of issue

## What Went Wrong

- ❌ Runbook was outdated

## Root Cause Analysis

**Why did the service run out of memory?**

The caching library update introduced a memory leak.

_Evidence: events 4, 9_

_Root cause (technical)_

**Why wasn't this caught in testing?**

_Not answered yet._

## Action Items

| Action | Owner | Due Date | Status |
|--------|-------|----------|--------|
| Extend load \\| test | @performance-team | 2024-02-15 | 🟡 In Progress |
| Profile memory | @platform-team | 2024-02-20 | 🔴 Not Started |
| Update runbook | @on-call-team | 2024-02-08 | 🟢 Complete |
`);
	});

	it('loses no why, though parents are gone or go round in a circle', () => {
		const [one, other] = document.whys;
		if (!one || !other) throw new Error('two whys');
		const printed = toMarkdown({
			...document,
			whys: [
				{ ...one, parentId: 'w1' },
				{ ...other, parentId: 'w2' }
			]
		});
		expect(printed).toContain('caught in testing');
		expect(printed).toContain('run out of memory');
		expect(toMarkdown({ ...document, whys: [{ ...one, parentId: 'gone' }] })).toContain('caught in testing');
	});

	it('marks an exercise as one, and not a real incident', () => {
		expect(markdownOf(incident().events, META)).toContain('> **EXERCISE**');
		expect(markdownOf(new LogBuilder('real').at(1).by('ana', fired('a1', 'X')).events, META)).not.toContain('EXERCISE');
	});
});
