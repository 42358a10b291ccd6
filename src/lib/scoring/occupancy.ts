import type { ParticipantId } from '../incident/ids.ts';
import { COMMAND_ROLES, type CommandRole } from '../incident/role.ts';
import { instantOf, type Facts, type Instant } from './facts.ts';

/** A stretch of time in which somebody (or the bot) held a seat. `to` is where the record ends, if they held it to the last. */
export interface Sitting {
	role: CommandRole;
	holder: ParticipantId | 'bot';
	from: Instant;
	to: Instant;
	seq: number;
}

/** Who sat where and when, from the log. */
export function sittings(facts: Facts): Sitting[] {
	const open = new Map<CommandRole, Omit<Sitting, 'to'>>();
	const closed: Sitting[] = [];
	const close = (role: CommandRole, to: Instant): void => {
		const sitting = open.get(role);
		if (sitting) closed.push({ ...sitting, to });
		open.delete(role);
	};
	for (const event of facts.of('role.assigned', 'role.handed_off')) {
		const { role } = event.payload;
		const holder =
			event.type === 'role.handed_off' ? event.payload.to : event.payload.bot ? 'bot' : event.payload.participantId;
		close(role, instantOf(event));
		if (holder !== null) open.set(role, { role, holder, from: instantOf(event), seq: event.seq });
	}
	for (const role of COMMAND_ROLES) close(role, facts.end);
	return closed;
}
