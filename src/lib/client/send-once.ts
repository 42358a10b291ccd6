import type { CommandBody } from '$lib/incident/command.ts';
import type { CommandAnswer } from '$lib/protocol/messages.ts';
import { Connection } from './connection.ts';
import { membershipOf } from './membership.ts';

const IGNORED = () => undefined;

/** Gives one command from a page that keeps no room open, and hangs up. Refused where this browser has not joined. */
export function sendOnce(incidentId: string, body: CommandBody): Promise<CommandAnswer> {
	const membership = membershipOf(incidentId);
	if (!membership)
		return Promise.resolve({
			ok: false,
			code: 'forbidden',
			message: 'This browser has not joined. Open the room first, then come back.'
		});
	return new Promise((resolve) => {
		const connection = new Connection(incidentId, membership.token, {
			onSnapshot: IGNORED,
			onEvents: IGNORED,
			onClock: IGNORED,
			onPeople: IGNORED,
			onFacilitator: IGNORED,
			onNotice: IGNORED,
			onLine: IGNORED,
			onPending: IGNORED,
			onRefused: (refusal) => {
				connection.close();
				resolve(refusal);
			}
		});
		void connection.send(body).then((answer) => {
			connection.close();
			resolve(answer);
		});
	});
}
