import { EVERYONE, type Audience } from './actor.ts';
import { isCommandRole, type Role } from './role.ts';
import { holderOf } from './seats.ts';
import type { IncidentState } from './state.ts';

/**
 * Who receives what is meant for a seat: whoever sits there; where it is open, the incident commander; where that is
 * open too, everyone, since a question that nobody sees is worse than one that all do.
 */
export function routeTo(role: Role, state: IncidentState): Audience {
	if (role === 'facilitator') return { kind: 'facilitator' };
	if (!isCommandRole(role)) return EVERYONE;
	if (holderOf(state, role) !== null) return { kind: 'seats', seats: [role] };
	if (role !== 'incident_commander' && holderOf(state, 'incident_commander') !== null) {
		return { kind: 'seats', seats: ['incident_commander', role] };
	}
	return EVERYONE;
}
