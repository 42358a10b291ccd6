import { createContext } from 'svelte';

export interface Toast {
	id: number;
	/** `bad` stays until it is closed; the others leave by themselves. */
	tone: 'plain' | 'good' | 'bad';
	text: string;
	/** One thing that can be done about it. */
	action?: { label: string; run: () => void };
}

/** How long a toast stays: time to read it, at least this many milliseconds. */
const SHORTEST_MS = 4000;
const PER_CHARACTER_MS = 60;

/** Short words about what just happened. One per app, given by context. */
export class Toaster {
	toasts = $state.raw<Toast[]>([]);
	#last = 0;

	/** Shows one, and gives its id. The same words again replace the older ones. */
	show(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}): number {
		const toast: Toast = { id: ++this.#last, tone: 'plain', text, ...options };
		this.toasts = [...this.toasts.filter((other) => other.text !== text), toast].slice(-4);
		if (toast.tone !== 'bad') {
			setTimeout(() => this.close(toast.id), Math.max(SHORTEST_MS, text.length * PER_CHARACTER_MS));
		}
		return toast.id;
	}

	good(text: string): number {
		return this.show(text, { tone: 'good' });
	}

	bad(text: string, action?: Toast['action']): number {
		return this.show(text, action ? { tone: 'bad', action } : { tone: 'bad' });
	}

	close(id: number): void {
		this.toasts = this.toasts.filter((toast) => toast.id !== id);
	}
}

const [getToaster, setToaster] = createContext<Toaster>();

/** Called once, by the root layout. */
export function provideToaster(): Toaster {
	return setToaster(new Toaster());
}

/** The app's toaster; only while a component is set up. */
export function useToaster(): Toaster {
	return getToaster();
}
