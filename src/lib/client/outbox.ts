/** Commands given and not yet answered. A connection may be lost between giving and answer; the id makes a resend harmless. */
import type { CommandBody } from '../incident/command.ts';
import type { CommandAnswer } from '../protocol/messages.ts';

export interface PendingCommand {
	clientCommandId: string;
	body: CommandBody;
	answer: (answer: CommandAnswer) => void;
}

export class Outbox {
	#pending = new Map<string, PendingCommand>();

	/** In the order given: a resend keeps it. */
	get all(): PendingCommand[] {
		return [...this.#pending.values()];
	}

	add(command: PendingCommand): void {
		this.#pending.set(command.clientCommandId, command);
	}

	/** Answers a command once; a second answer (to a resend) is nothing. */
	settle(clientCommandId: string, answer: CommandAnswer): void {
		const command = this.#pending.get(clientCommandId);
		if (!command) return;
		this.#pending.delete(clientCommandId);
		command.answer(answer);
	}
}

/** A random id. Works without a secure context, where `crypto.randomUUID` is missing. */
export function newId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
