/** Single letters, while nobody types. Listed under `?`. */
import type { Desk } from '../desk.svelte.ts';

export interface Shortcut {
	/** As pressed, and as shown. */
	keys: string;
	label: string;
	run: (desk: Desk) => void;
}

export const SHORTCUTS: readonly Shortcut[] = [
	{ keys: 'p', label: 'Pager', run: (desk) => desk.showPager() },
	{ keys: 'd', label: 'Dashboards', run: (desk) => desk.openTool('dashboards') },
	{ keys: 'g', label: 'Changes', run: (desk) => desk.openTool('changes') },
	{ keys: 'l', label: 'Logs', run: (desk) => desk.openTool('logs') },
	{ keys: 'm', label: 'Mitigations', run: (desk) => desk.openTool('mitigations') },
	{ keys: 'r', label: 'Runbooks', run: (desk) => desk.openTool('runbooks') },
	{ keys: 't', label: 'Map of the system', run: (desk) => desk.openTool('map') },
	{ keys: 'x', label: 'Console', run: (desk) => desk.openTool('console') },
	{ keys: 'c', label: 'Channel', run: (desk) => desk.openTalk('channel') },
	{ keys: 'b', label: 'Brief, tasks and roles', run: (desk) => desk.openTalk('command') },
	{ keys: 'h', label: 'Hypotheses', run: (desk) => desk.openTalk('hypotheses') },
	{ keys: 'u', label: 'Updates and questions', run: (desk) => desk.openTalk('updates') },
	{ keys: 'i', label: 'Timeline', run: (desk) => desk.openTalk('timeline') },
	{ keys: 'n', label: 'Note on the timeline', run: (desk) => desk.ask({ type: 'entry', kind: 'note' }) },
	{ keys: '?', label: 'This list', run: (desk) => desk.ask({ type: 'shortcuts' }) }
];

/** Whether a key press is meant for the page, not for a field, a dialog or a menu. */
export function isForPage(event: KeyboardEvent): boolean {
	if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return false;
	const target = event.target;
	if (!(target instanceof HTMLElement)) return true;
	if (target.isContentEditable || target.closest('dialog, [popover], [role=menu]')) return false;
	return !['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}
