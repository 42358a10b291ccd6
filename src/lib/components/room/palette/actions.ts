/** Everything a reader can do, as the palette lists it: what cannot be done now says why. */
import type { Room } from '$lib/client/room.svelte.ts';
import { COMMAND_ROLES, ROLE_NAMES } from '$lib/incident/role.ts';
import { INCIDENT_STATUSES, STATUS_NAMES } from '$lib/incident/status.ts';
import type { Action } from '../../ui/palette.ts';
import { isShouting } from '../bar/response.ts';
import type { Desk } from '../desk.svelte.ts';
import type { Attention } from '../pager/attention.svelte.ts';
import { GENERIC } from '../runbooks/fitting.ts';
import { SHORTCUTS } from './shortcuts.ts';

export function actionsOf(room: Room, desk: Desk, attention: Attention): Action[] {
	const { state } = room;
	const hands = room.as === 'responder';
	const closed = state.lifecycle === 'ended' ? 'The incident is over' : undefined;
	const still = closed ?? (state.lifecycle === 'running' ? undefined : 'The clock stands still');
	const act = hands ? still : 'For responders';
	const declared = state.declared ? undefined : 'Nothing is declared yet';
	const list: Action[] = [];
	const add = (group: string, id: string, label: string, run: () => void, unavailable?: string, keywords?: string) =>
		list.push({ id, label, group, run, unavailable, ...(keywords ? { keywords } : {}) });

	for (const alert of state.alerts.filter((one) => isShouting(one, room.now))) {
		const service = alert.labels.service ? ` on ${alert.labels.service}` : '';
		add(
			'Pager',
			`ack-${alert.alertId}`,
			`Acknowledge ${alert.name}${service}`,
			() => void room.send({ type: 'acknowledgeAlert', alertId: alert.alertId }),
			act
		);
	}
	add(
		'Incident',
		'declare',
		'Declare the incident',
		() => desk.ask({ type: 'declare' }),
		state.declared ? 'It is declared already' : act
	);
	add('Incident', 'severity', 'Change the severity', () => desk.ask({ type: 'severity' }), act ?? declared);
	add('Incident', 'escalate', 'Escalate: page somebody', () => desk.ask({ type: 'escalate' }), act);
	const over = state.status === 'resolved' || state.status === 'closed';
	for (const status of INCIDENT_STATUSES) {
		if (status === state.status || (status === 'closed' && !room.real)) continue;
		const run = () => desk.ask(over && status !== 'closed' ? { type: 'reopen' } : { type: 'status', to: status });
		add('Incident', `status-${status}`, `Set status: ${STATUS_NAMES[status].toLowerCase()}`, run, act ?? declared);
	}
	add('Incident', 'stand-down', 'Stand down: no incident', () => desk.ask({ type: 'standDown' }), act);

	for (const role of COMMAND_ROLES) {
		const name = ROLE_NAMES[role].toLowerCase();
		const seat = hands ? closed : 'For responders';
		if (room.holds(role)) {
			add('Roles', `hand-${role}`, `Hand off ${name}`, () => desk.ask({ type: 'handOff', role }), seat);
			add('Roles', `leave-${role}`, `Leave ${name}`, () => void room.send({ type: 'releaseRole', role }), seat);
		} else {
			add('Roles', `take-${role}`, `Take ${name}`, () => void room.send({ type: 'takeRole', role }), seat);
			add('Roles', `assign-${role}`, `Assign ${name}`, () => desk.ask({ type: 'assign', role }), seat);
		}
	}
	add(
		'Roles',
		'bot',
		'Let the bot keep the timeline',
		() => void room.send({ type: 'assignRole', role: 'scribe', to: { bot: true } }),
		hands ? closed : 'For responders'
	);

	add(
		'Coordinate',
		'note',
		'Write a note',
		() => desk.ask({ type: 'entry', kind: 'note' }),
		undefined,
		'timeline scribe'
	);
	add(
		'Coordinate',
		'decision',
		'Record a decision',
		() => desk.ask({ type: 'entry', kind: 'decision' }),
		hands ? undefined : 'For responders'
	);
	add('Coordinate', 'hypothesis', 'Propose a hypothesis', () => desk.ask({ type: 'entry', kind: 'hypothesis' }), act);
	add('Coordinate', 'task', 'Give a task', () => desk.ask({ type: 'task' }), act);
	add(
		'Coordinate',
		'said',
		'Record what somebody else said',
		() => desk.ask({ type: 'entry', kind: 'message' }),
		hands ? closed : 'For responders'
	);
	add('Coordinate', 'update', 'Write a status update', () => desk.openTalk('updates'), undefined, 'customers publish');
	add('Coordinate', 'link', 'Add a link', () => desk.ask({ type: 'link' }), hands ? undefined : 'For responders');

	for (const one of room.info?.mitigations ?? []) {
		const ask = () => desk.ask({ type: 'mitigate', mitigationId: one.id, runbookId: null, stepId: null });
		add('Mitigations', `mitigate-${one.id}`, `Apply: ${one.name}`, ask, act);
	}
	for (const one of [...(room.info?.runbooks ?? []), GENERIC]) {
		add('Runbooks', `runbook-${one.id}`, `Runbook: ${one.name}`, () => desk.openRunbook(one.id));
	}
	for (const one of room.info?.services ?? []) {
		add(
			'Services',
			`service-${one.id}`,
			`Panels of ${one.id}`,
			() => desk.openDashboard(one.id),
			undefined,
			'dashboard'
		);
	}

	for (const { keys, label, run } of SHORTCUTS) {
		list.push({ id: `go-${keys}`, label, group: 'Go to', keys, run: () => run(desk) });
	}
	list.push({ id: 'go-traces', label: 'Traces', group: 'Go to', run: () => desk.openTool('traces') });
	list.push({ id: 'go-files', label: 'Links & files', group: 'Go to', run: () => desk.openTool('files') });
	add('Room', 'share', 'Invite people: link, code, QR', () => desk.ask({ type: 'share' }));
	add('Room', 'status-page', 'Open the public status page', () => window.open(room.links.statusPage));
	add('Room', 'sound', attention.muted ? 'Sound the pager again' : 'Mute the pager', () => attention.toggleSound());
	if (!room.real) {
		if (room.host || room.facilitates) {
			const running = state.lifecycle === 'running';
			add(
				'Run',
				'pause',
				'Pause the clock',
				() => void room.send({ type: 'pauseRun', reason: 'The host paused the run', cause: 'host' }),
				running ? undefined : 'It does not run'
			);
			add(
				'Run',
				'resume',
				'Resume the clock',
				() => void room.send({ type: 'resumeRun' }),
				state.lifecycle === 'paused' ? undefined : 'It is not paused'
			);
			for (const speed of [1, 2, 5, 10, 30, 60]) {
				add('Run', `speed-${speed}`, `Speed ${speed}×`, () => void room.send({ type: 'setSpeed', speed }), closed);
			}
			add('Run', 'end', 'End the run', () => desk.ask({ type: 'endRun' }), closed);
		}
		add('Run', 'hint', 'Ask for a hint', () => void room.send({ type: 'requestHint' }), act);
		add(
			'Run',
			'real',
			'This is a real incident: freeze the exercise',
			() => desk.ask({ type: 'realIncident' }),
			closed
		);
	}
	// What can be done stands first; the rest is there so that nobody looks for it in vain.
	return [...list.filter((one) => !one.unavailable), ...list.filter((one) => one.unavailable)];
}
