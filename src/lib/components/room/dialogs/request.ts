import type { DialogRequest } from '../desk.svelte.ts';

/** What a dialog is given: what was asked for, and how to say that it is over. */
export interface DialogProps<T extends DialogRequest['type']> {
	request: Extract<DialogRequest, { type: T }>;
	onclose: () => void;
}
