/** The panels of this browser, in their order. They follow their owner from run to run. */
import { preference, setPreference } from '$lib/client/membership.ts';
import { MOST_PANELS, newPanel, readPanels, type OwnPanel } from './own-panel.ts';

const KEY = 'panels';

export class OwnPanels {
	list = $state.raw<OwnPanel[]>(readPanels(preference(KEY, '[]')));
	/** The one that is being written; null for none. */
	editing = $state<string | null>(null);

	get full(): boolean {
		return this.list.length >= MOST_PANELS;
	}

	/** Adds a panel, opened for writing where it has no query yet. The same query is not kept twice: that one is shown. */
	add(query = ''): string | null {
		const same = query === '' ? undefined : this.list.find((one) => one.query === query);
		if (same) return same.id;
		if (this.full) return null;
		const panel = newPanel(crypto.randomUUID(), query);
		this.#keep([panel, ...this.list]);
		return panel.id;
	}

	change(id: string, change: Partial<Omit<OwnPanel, 'id'>>): void {
		this.#keep(this.list.map((one) => (one.id === id ? { ...one, ...change } : one)));
	}

	copy(id: string): void {
		const at = this.list.findIndex((one) => one.id === id);
		const from = this.list[at];
		if (!from || this.full) return;
		this.#keep(this.list.toSpliced(at + 1, 0, { ...from, id: crypto.randomUUID() }));
	}

	/** Before or after its neighbour. */
	move(id: string, by: -1 | 1): void {
		const at = this.list.findIndex((one) => one.id === id);
		const panel = this.list[at];
		if (!panel || at + by < 0 || at + by >= this.list.length) return;
		this.#keep(this.list.toSpliced(at, 1).toSpliced(at + by, 0, panel));
	}

	/** Gives what puts it back where it was. */
	remove(id: string): () => void {
		const before = this.list;
		this.#keep(before.filter((one) => one.id !== id));
		if (this.editing === id) this.editing = null;
		return () => this.#keep(before);
	}

	#keep(list: OwnPanel[]): void {
		this.list = list;
		setPreference(KEY, JSON.stringify(list));
	}
}
