/** Calls for the reader: the pager's sound, a mark in the title, a desktop notification, and words for a screen reader. */
import { getContext, setContext } from 'svelte';
import type { Room } from '$lib/client/room.svelte.ts';
import { muteSound, soundMuted, soundPager, unlockSound } from '$lib/client/pager-sound.ts';
import type { ViewEvent } from '$lib/incident/event.ts';
import type { Desk } from '../desk.svelte.ts';
import { showNotification } from './notify.ts';

export class Attention {
	muted = $state(false);
	/** The latest alert in words, read out politely. */
	announcement = $state('');
	#room: Room;
	#desk: Desk;

	constructor(room: Room, desk: Desk) {
		this.#room = room;
		this.#desk = desk;
		this.muted = soundMuted();
	}

	/** Begins to listen; returns how to stop. */
	start(): () => void {
		const unlock = () => void unlockSound();
		addEventListener('pointerdown', unlock, { once: true });
		addEventListener('keydown', unlock, { once: true });
		const stop = this.#room.watch((events) => this.#hear(events));
		return () => {
			stop();
			removeEventListener('pointerdown', unlock);
			removeEventListener('keydown', unlock);
		};
	}

	toggleSound(): void {
		this.muted = !this.muted;
		muteSound(this.muted);
		if (!this.muted) void soundPager();
	}

	#hear(events: readonly ViewEvent[]): void {
		if (events.some((event) => event.type === 'page.delivered')) void soundPager();
		for (const event of events) {
			if (event.type === 'alert.fired') {
				const { name, labels, context } = event.payload;
				this.announcement = `New alert: ${name}${labels.service ? ` on ${labels.service}` : ''}. ${context.summary}`;
				if (this.#desk.notifications && document.hidden) this.#notify(name, context.summary);
			} else if (event.type === 'stakeholder.asked' && event.payload.needsAnswer) {
				this.announcement = `${event.payload.from} asks: ${event.payload.text}`;
			} else if (event.type === 'alert.resolved') {
				const alert = this.#room.state.alerts.find((one) => one.alertId === event.payload.alertId);
				if (alert) this.announcement = `${alert.name} has resolved.`;
			}
		}
	}

	/** What leaves the page says whether it is an exercise. */
	#notify(name: string, summary: string): void {
		showNotification(`${this.#room.real ? 'REAL INCIDENT' : 'EXERCISE'}: ${name}`, summary);
	}
}

const ATTENTION = Symbol('attention');

export function provideAttention(attention: Attention): Attention {
	return setContext(ATTENTION, attention);
}
export function useAttention(): Attention {
	return getContext<Attention>(ATTENTION);
}
