import { expect, it } from 'vitest';
import type { AlertStateView } from '../../../incident/state.ts';
import { byUrgency } from './order.ts';

const alert = (name: string, patch: Partial<AlertStateView>): AlertStateView => ({
	alertId: name,
	name,
	labels: {},
	level: 'warning',
	value: null,
	activeAt: null,
	firedAt: 0,
	acknowledged: null,
	resolvedAt: null,
	silencedUntil: null,
	pagedAt: null,
	pagedTo: [],
	context: {
		summary: '',
		description: '',
		runbookUrl: null,
		dashboardUrl: null,
		recentChanges: [],
		affectedEndpoints: [],
		escalation: null,
		automatedResponse: null,
		expr: null
	},
	...patch
});

it('puts what asks for somebody on top', () => {
	const by = { kind: 'participant', id: 'p1' } as const;
	const alerts = [
		alert('resolved', { resolvedAt: 90, level: 'critical' }),
		alert('acknowledged', { acknowledged: { at: 5, by }, level: 'critical' }),
		alert('old warning', { firedAt: 1 }),
		alert('new warning', { firedAt: 2 }),
		alert('silenced', { silencedUntil: 200 }),
		alert('critical', { level: 'critical' })
	];
	expect(byUrgency(alerts, 100).map(({ name }) => name)).toEqual([
		'critical',
		'new warning',
		'old warning',
		'acknowledged',
		'silenced',
		'resolved'
	]);
});
