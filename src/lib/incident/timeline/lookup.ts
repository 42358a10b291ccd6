import type { ReadableEvent } from '../moment.ts';
import type { Lookup } from './wording.ts';

/** Remembers names as a log is read. What was never seen reads as a plain noun. */
export class Names implements Lookup {
	readonly #names = new Map<string, string>();

	read(event: ReadableEvent): void {
		switch (event.type) {
			case 'alert.fired':
				return this.#keep('alert', event.payload.alertId, event.payload.name);
			case 'runbook.opened':
				return this.#keep('runbook', event.payload.runbookId, event.payload.name);
			case 'hypothesis.proposed':
				return this.#keep('hypothesis', event.payload.hypothesisId, event.payload.text);
			case 'task.assigned':
				return this.#keep('task', event.payload.taskId, event.payload.text);
			case 'stakeholder.asked':
				return this.#keep('question', event.payload.questionId, event.payload.from);
		}
	}

	// Fields rather than methods, so that a wording may take apart what it needs.
	readonly alert = (id: string | null): string => this.#name('alert', id, 'An alert');
	readonly runbook = (id: string): string => this.#name('runbook', id, id);
	readonly hypothesis = (id: string): string => this.#name('hypothesis', id, 'a hypothesis');
	readonly task = (id: string): string => this.#name('task', id, 'a task');
	readonly question = (id: string): string => this.#name('question', id, 'a question');

	#keep(kind: string, id: string, name: string): void {
		this.#names.set(`${kind} ${id}`, name);
	}
	#name(kind: string, id: string | null, otherwise: string): string {
		return this.#names.get(`${kind} ${id}`) ?? otherwise;
	}
}
