// Commands that nobody gave: Muster pauses runs whose people are away.

import { randomUUID } from 'node:crypto';
import type { Commander } from '../../incident/command.ts';
import type { LiveIncident } from './live-incident.ts';

/** Muster itself in the command log: no participant has such an id. */
export const MUSTER: Commander = { participantId: 'muster', host: true };

/** Pauses a run that is going on; does nothing for any other incident. */
export async function pauseByMuster(
	live: LiveIncident,
	cause: 'restart' | 'unattended',
	reason: string
): Promise<void> {
	if (live.stored.origin !== 'practice' || live.course.incident.lifecycle !== 'running') return;
	await live.command(MUSTER, `muster-${randomUUID()}`, { type: 'pauseRun', reason, cause });
}
