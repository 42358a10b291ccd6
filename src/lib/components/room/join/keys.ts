import { COMMAND_ROLES, type CommandRole } from '$lib/incident/role.ts';

/** What a link carries behind `#`, where no server sees it: `#host=…`, `#join=…`, `#join=…&seat=scribe`. */
export interface LinkKeys {
	host: string | null;
	join: string | null;
	seat: CommandRole | null;
}

export function keysOf(hash: string): LinkKeys {
	const found = new URLSearchParams(hash.replace(/^#/u, ''));
	const seat = COMMAND_ROLES.find((role) => role === found.get('seat')) ?? null;
	return { host: found.get('host'), join: found.get('join'), seat };
}
