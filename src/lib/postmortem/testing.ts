/** A small post-mortem for tests. */
import type { PostmortemDocument } from './document.ts';
import { EMPTY } from './shared.ts';

export const SMALL: PostmortemDocument = {
	key: 'INC-2024-001',
	title: 'The cache that never forgets',
	summary: { duration: '47 minutes', impact: '15% of requests failed', rootCause: 'Memory leak' },
	impact: [{ id: 'i1', text: '15% of requests failed' }],
	timeline: [
		{ id: 't1', time: '14:23', text: 'First alert', at: Date.UTC(2024, 0, 24, 14, 23), seq: 4 },
		{ id: 't2', time: '14:25', text: 'Acknowledged', at: Date.UTC(2024, 0, 24, 14, 25), seq: 6 }
	],
	wentWell: [{ id: 'w1', text: 'Alert fired early' }],
	wentWrong: [{ id: 'x1', text: 'The canary was too short' }],
	whys: [
		{
			...EMPTY.whys,
			id: 'y1',
			question: 'Why did requests fail?',
			answer: 'The cache ran out of memory',
			evidence: 'Heap by version',
			events: [4]
		},
		{
			...EMPTY.whys,
			id: 'y2',
			parentId: 'y1',
			question: 'Why was that not noticed?',
			answer: 'No alerting on heap slope',
			category: 'process',
			rootCause: true,
			events: [6, 9]
		}
	],
	systemicFactors: [],
	contributingFactors: [{ id: 'c1', text: 'Friday release' }],
	lessons: [{ id: 'l1', text: 'Watch the slope' }],
	actionItems: [
		{
			...EMPTY.actionItems,
			id: 'a1',
			title: 'Prevent: leak',
			kind: 'prevent',
			owner: '@cache-team',
			dueDate: '2024-02-15',
			priority: 'high',
			successCriterion: 'No leak in a soak test',
			causeId: 'y2'
		}
	]
};
