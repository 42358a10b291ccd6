import type { ActionStatus } from '$lib/postmortem/document.ts';

/** A status is told by shape and word, never by colour alone. */
export const STATUS_NAMES: Record<ActionStatus, string> = {
	not_started: '○ Not started',
	in_progress: '◐ In progress',
	complete: '● Complete'
};
