import { expect, it } from 'vitest';
import { LogBuilder, truth } from '$lib/incident/testing.ts';
import { project } from '$lib/incident/views.ts';
import type { SeenBy } from '$lib/protocol/debrief.ts';
import { couldSee, rolesAt } from './roles-at.ts';

const log = () =>
	new LogBuilder()
		.at(0)
		.then(
			truth(),
			{ type: 'participant.joined', payload: { participantId: 'ana', as: 'responder' } },
			{ type: 'participant.joined', payload: { participantId: 'ben', as: 'responder' } },
			{ type: 'role.assigned', payload: { role: 'technical_lead', participantId: 'ana', bot: false } },
			{ type: 'role.assigned', payload: { role: 'scribe', participantId: null, bot: true } }
		)
		.at(2)
		.by('ana', { type: 'telemetry.viewed', payload: { tool: 'dashboards', services: ['core-api'] } })
		.at(3)
		.by('ana', { type: 'decision.recorded', payload: { decisionId: 'd1', text: 'Roll back', said: null } })
		.by('ben', {
			type: 'task.assigned',
			payload: { taskId: 't1', text: 'Look at the cache', ownerId: 'ana', dueAt: null }
		});

it('tells who sat where, what they did and looked at, and what waited for them', () => {
	const events = project(log().events, { seats: [], truthOpen: true });
	const seen: SeenBy[] = events.map(({ type }) =>
		type === 'truth.recorded' || type === 'telemetry.viewed' ? 'truth' : 'everyone'
	);
	const roles = rolesAt(events, seen);
	expect(roles.map(({ role, holder }) => [role, holder])).toEqual([
		['incident_commander', null],
		['technical_lead', 'ana'],
		['communications_lead', null],
		['scribe', 'bot'],
		['responder', 'ben']
	]);
	const lead = roles[1];
	expect(lead?.looking).toMatchObject({ tool: 'dashboards', services: ['core-api'] });
	expect(lead?.doing[0]?.title).toMatch(/Roll back/);
	expect(lead?.waiting).toEqual(['To do: Look at the cache']);
	expect(lead?.sees).toBe(events.length - 2);
});

it.each<[SeenBy, boolean]>([
	['everyone', true],
	[['technical_lead'], true],
	[['scribe'], false],
	['truth', false],
	['self', false],
	['facilitator', false]
])('what %j saw, a technical lead could see: %s', (by, seen) => {
	expect(couldSee(by, 'technical_lead')).toBe(seen);
});
