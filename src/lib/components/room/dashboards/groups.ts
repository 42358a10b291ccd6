/** Panels by service, in the order of the system: what customers touch first. Pure. */
import type { PanelInfo } from '$lib/protocol/messages.ts';

export interface PanelGroup {
	/** Null for panels about the whole system. */
	service: string | null;
	panels: PanelInfo[];
}

export function groupPanels(
	panels: readonly PanelInfo[],
	services: readonly { id: string }[],
	only: string | null
): PanelGroup[] {
	const names = only === null ? [null, ...services.map(({ id }) => id)] : [only];
	return names
		.map((service) => ({ service, panels: panels.filter((panel) => panel.service === service) }))
		.filter((group) => group.panels.length > 0);
}
