/** Desktop notifications, where the browser has them and the reader allows them. */
import type { Desk } from '../desk.svelte.ts';

export async function askToNotify(desk: Desk): Promise<void> {
	if (desk.notifications) return desk.setNotifications(false);
	if (!('Notification' in globalThis)) return;
	const permission = await Notification.requestPermission();
	desk.setNotifications(permission === 'granted');
}

export function showNotification(title: string, body: string): void {
	if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
	try {
		new Notification(title, { body, tag: 'muster-pager' });
	} catch {
		// Phones offer the class and throw on it: they notify through a service worker only.
	}
}
