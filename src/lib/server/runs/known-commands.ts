// Commands that are in the log, by what their client called them: sent again, they are answered and not done twice.

import type { ParticipantId } from '../../incident/ids.ts';
import type { CommandResult } from '../../protocol/messages.ts';
import type { StoredCommand } from '../db/storage.ts';

type Answer = { n: number; result: CommandResult | null };

export class KnownCommands {
	#byClientId = new Map<string, Answer>();

	constructor(commands: readonly StoredCommand[]) {
		for (const command of commands) this.add(command);
	}

	add({ by, clientCommandId, n, result }: Pick<StoredCommand, 'by' | 'clientCommandId' | 'n' | 'result'>): void {
		this.#byClientId.set(keyOf(by.participantId, clientCommandId), { n, result });
	}

	find(participantId: ParticipantId, clientCommandId: string): Answer | null {
		return this.#byClientId.get(keyOf(participantId, clientCommandId)) ?? null;
	}
}

/** Another person's id for a command is another command. */
function keyOf(participantId: ParticipantId, clientCommandId: string): string {
	return `${participantId} ${clientCommandId}`;
}
