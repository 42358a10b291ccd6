/** Sends what a form holds. It keeps what was typed until the server has said yes, and shows its sentence where not. */
import type { CommandBody } from '$lib/incident/command.ts';
import type { Room } from '$lib/client/room.svelte.ts';

export class CommandForm {
	busy = $state(false);
	/** Why it was refused; empty while nothing is wrong. */
	problem = $state('');
	#room: Room;

	constructor(room: Room) {
		this.#room = room;
	}

	/** True when it is done and stored. */
	async give(body: CommandBody): Promise<boolean> {
		if (this.busy) return false;
		this.busy = true;
		this.problem = '';
		const answer = await this.#room.send(body, { quiet: true });
		this.busy = false;
		if (!answer.ok) this.problem = answer.message;
		return answer.ok;
	}
}
