import { expect, it } from 'vitest';
import { initialIncidentState } from '../../../incident/fold.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../../incident/severity.ts';
import type { IncidentState } from '../../../incident/state.ts';
import { updateDue } from './due.ts';

const MINUTE = 60_000;
const by = { kind: 'participant', id: 'p1' } as const;
const declared = { at: 0, severity: 'P1', title: '', summary: '', by } as const;
const update = {
	updateId: 'u1',
	at: 5 * MINUTE,
	by,
	channel: 'status_page',
	state: 'investigating',
	impact: '',
	action: '',
	nextUpdateAt: null,
	said: null
} as const;

it.each<[string, Partial<IncidentState>, [number, string] | null]>([
	['nothing declared, nothing due', {}, null],
	['the first after ten minutes', { declared, severity: 'P1' }, [10, 'first customer update']],
	['then as the severity has it', { declared, severity: 'P1', updates: [update] }, [25, 'next customer update']],
	[
		'or as promised',
		{ declared, severity: 'P1', updates: [{ ...update, nextUpdateAt: 15 * MINUTE }] },
		[15, 'promised update']
	],
	[
		'an internal one tells no customer',
		{ declared, severity: 'P1', updates: [{ ...update, channel: 'internal' }] },
		[10, 'first customer update']
	],
	['none for a small one', { declared, severity: 'P3' }, null],
	[
		'none after the word that it is over',
		{ declared, severity: 'P1', updates: [{ ...update, state: 'resolved' }] },
		null
	],
	['none after the end', { declared, severity: 'P1', lifecycle: 'ended' }, null]
])('%s', (_title, patch, expected) => {
	const due = updateDue({ ...initialIncidentState('practice'), ...patch }, DEFAULT_SEVERITY_POLICY);
	expect(due && [due.at / MINUTE, due.what]).toEqual(expected);
});
