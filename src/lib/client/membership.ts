/** Which incidents this browser has joined, and with which token. Kept so that a reload ends in the same room. */

export interface Membership {
	token: string;
	participantId: string;
	name: string;
	/** Present where this browser started the incident or opened its host link. */
	hostKey?: string;
}

const PREFIX = 'muster.joined.';
const NAME = 'muster.name';

/** Storage may be switched off or full; a room that cannot be remembered is still a room. */
function attempt<T>(work: () => T, otherwise: T): T {
	try {
		return work();
	} catch {
		return otherwise;
	}
}

export function membershipOf(incidentId: string): Membership | null {
	return attempt(() => {
		const text = localStorage.getItem(PREFIX + incidentId);
		return text ? (JSON.parse(text) as Membership) : null;
	}, null);
}

export function rememberMembership(incidentId: string, membership: Membership): void {
	attempt(() => {
		localStorage.setItem(PREFIX + incidentId, JSON.stringify(membership));
		localStorage.setItem(NAME, membership.name);
	}, undefined);
}

export function forgetMembership(incidentId: string): void {
	attempt(() => localStorage.removeItem(PREFIX + incidentId), undefined);
}

/** The name given last, offered again. */
export function lastName(): string {
	return attempt(() => localStorage.getItem(NAME) ?? '', '');
}

/** Ids of all incidents joined in this browser. */
export function joinedIncidents(): string[] {
	return attempt(
		() =>
			Object.keys(localStorage)
				.filter((key) => key.startsWith(PREFIX))
				.map((key) => key.slice(PREFIX.length)),
		[]
	);
}

/** A preference of this browser, such as a muted pager. */
export function preference(key: string, otherwise: string): string {
	return attempt(() => localStorage.getItem(`muster.${key}`) ?? otherwise, otherwise);
}

export function setPreference(key: string, value: string): void {
	attempt(() => localStorage.setItem(`muster.${key}`, value), undefined);
}
