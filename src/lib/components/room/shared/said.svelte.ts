/** Something recorded for another, or dated back: the fields of SaidFields as a command wants them. */
import { lastTimeOf } from '$lib/client/face.ts';
import type { Room } from '$lib/client/room.svelte.ts';
import type { Recorded } from '$lib/incident/command.ts';

export class Said {
	by = $state('');
	other = $state('');
	time = $state('');
	#room: Room;

	constructor(room: Room) {
		this.#room = room;
	}

	get problem(): string | undefined {
		if (this.time.trim() === '' || this.#at !== null) return undefined;
		return 'Write the time as hours and minutes, such as 14:31.';
	}

	/** Null where it is the reader's own word, now. */
	get value(): Recorded['said'] {
		if (this.by === '' && this.time.trim() === '') return null;
		const by = this.by === '' ? this.#room.me : this.by === 'other' ? this.other.trim() || 'somebody' : this.by;
		return { by, at: this.#at ?? this.#room.now };
	}

	clear(): void {
		this.by = '';
		this.other = '';
		this.time = '';
	}

	get #at(): number | null {
		return lastTimeOf(this.#room.face, this.time, this.#room.now);
	}
}
