// Alerts of practice runs, sent to the targets that an administrator allows. It follows what is stored and never holds anything up:
// what a run tells is noted, and couriers bring it away in their own time.

import type { IncidentEvent } from '../../../incident/event.ts';
import { refuse, type Refusal } from '../../../incident/refusal.ts';
import type { Storage } from '../../db/storage.ts';
import type { Logger } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import type { WallClock } from '../../prometheus/wall-clock.ts';
import type { LiveIncident, Watcher } from '../../runs/live-incident.ts';
import { PracticeCourse } from '../../runs/practice-course.ts';
import { identityOf, outgoingAlert, tryAlert, type OutgoingAlert } from './alert.ts';
import { Courier } from './courier.ts';
import { alertmanagerBody, webhookBody } from './messages.ts';
import { post } from './post.ts';
import { MOST_TARGETS, readTarget, storedTargets, type AlertTarget, type TargetKind } from './target.ts';

const SETTING = 'alert_targets';
/** Firing alerts are told again this often: an Alertmanager takes silence for their end. */
const AGAIN_MS = 60_000;

export interface OutgoingOptions {
	storage: Storage;
	log: Logger;
	metrics: Metrics;
	wallClock: WallClock;
	closing: AbortSignal;
	/** Public address of Muster, or empty. */
	origin: string;
	/** Whether an incident is still in memory here. */
	holds: (live: LiveIncident) => boolean;
	/** First pause after a failure and how often what fires is told again, ms. */
	pauseMs?: number;
	againMs?: number;
}

/** A target as the administrator sees it. */
export interface TargetState {
	id: string;
	kind: TargetKind;
	url: string;
	/** Last attempt; null while there was none. Wall time. */
	last: { at: number; ok: boolean; why: string | null } | null;
	waiting: number;
}

interface Open {
	target: AlertTarget;
	courier: Courier;
	last: TargetState['last'];
}

export class OutgoingAlerts implements Watcher {
	readonly #options: OutgoingOptions;
	readonly #open = new Map<string, Open>();
	/** What was last told of each run, by the alert's identity. */
	readonly #told = new Map<LiveIncident, Map<string, OutgoingAlert>>();
	#timer: NodeJS.Timeout | null = null;

	constructor(options: OutgoingOptions) {
		this.#options = options;
	}

	/** Reads the targets; nothing goes out before. */
	async start(): Promise<void> {
		await this.#load();
		this.#timer = setInterval(() => void this.#again(), this.#options.againMs ?? AGAIN_MS);
		this.#timer.unref();
	}

	close(): void {
		if (this.#timer) clearInterval(this.#timer);
		for (const { courier } of this.#open.values()) courier.close();
		this.#open.clear();
	}

	loaded(live: LiveIncident): void {
		this.#follow(live);
	}

	events(live: LiveIncident, events: readonly IncidentEvent[]): void {
		const matters = events.some(
			({ type }) => type === 'alert.fired' || type === 'alert.resolved' || type === 'run.ended'
		);
		if (matters) this.#follow(live);
	}

	/** Another server goes on with it, and with its alerts. */
	lost(live: LiveIncident): void {
		this.#told.delete(live);
	}

	targets(): TargetState[] {
		return [...this.#open.values()].map(({ target: { id, kind, url }, courier, last }) => ({
			id,
			kind,
			url: withoutSecrets(url),
			last,
			waiting: courier.waiting
		}));
	}

	async add(kind: TargetKind, url: string): Promise<{ ok: true; targets: TargetState[] } | Refusal> {
		const read = readTarget(kind, url, this.#options.wallClock.now());
		if (!read.ok) return read;
		const known = storedTargets(await this.#options.storage.readSetting(SETTING));
		if (known.some((one) => one.kind === kind && one.url === read.target.url)) {
			return refuse('wrong_state', 'Alerts go to this address already.');
		}
		if (known.length >= MOST_TARGETS) return refuse('too_many', `At most ${MOST_TARGETS} targets; remove one first.`);
		await this.#store([...known, read.target]);
		// What fires already is told there, too.
		for (const [live, told] of this.#told) this.#send(read.target.id, live, [...told.values()]);
		return { ok: true, targets: this.targets() };
	}

	async remove(id: string): Promise<{ ok: true; targets: TargetState[] } | Refusal> {
		const known = storedTargets(await this.#options.storage.readSetting(SETTING));
		if (!known.some((one) => one.id === id)) return refuse('unknown_id', 'There is no such target any more.');
		await this.#store(known.filter((one) => one.id !== id));
		return { ok: true, targets: this.targets() };
	}

	/** Sends one alert that says it is a test, now, and says what came of it. */
	async try(id: string): Promise<{ ok: true; status: number } | Refusal> {
		const open = this.#open.get(id);
		if (!open) return refuse('unknown_id', 'There is no such target any more.');
		const { wallClock, closing, origin } = this.#options;
		const alert = tryAlert(wallClock.now());
		const body =
			open.target.kind === 'alertmanager'
				? alertmanagerBody([alert], wallClock.now())
				: webhookBody([alert], 'test', origin);
		const posted = await post(open.target, body, closing);
		this.#note(open, posted.ok ? 'delivered' : 'failed', 1, posted.ok ? null : posted.why);
		return posted.ok
			? { ok: true, status: posted.status }
			: refuse('unavailable', `The test did not arrive: ${posted.why}.`);
	}

	/** Compares what fires in a run with what was told of it, and tells the difference. */
	#follow(live: LiveIncident): void {
		const { course } = live;
		if (live.stored.origin !== 'practice' || !(course instanceof PracticeCourse)) return;
		const { wallClock, origin } = this.#options;
		const told = this.#told.get(live) ?? new Map<string, OutgoingAlert>();
		const ended = course.incident.lifecycle === 'ended';
		const source = { key: live.stored.key, room: origin && `${origin}/i/${live.incidentId}` };
		const now = wallClock.now();
		const shift = wallClock.baseOf(live) - course.engine.compiled.startsAt;
		const firing = new Map<string, OutgoingAlert>();
		for (const alert of ended ? [] : course.incident.alerts.filter(({ resolvedAt }) => resolvedAt === null)) {
			const made = outgoingAlert(alert, source, Math.min(now, alert.firedAt + shift));
			const identity = identityOf(made);
			// Told with the time it was told with before, although a pause has moved the shift since.
			firing.set(identity, told.get(identity) ?? made);
		}
		const begun = [...firing].filter(([identity]) => !told.has(identity)).map(([, alert]) => alert);
		const over = [...told]
			.filter(([identity]) => !firing.has(identity))
			.map(([, alert]) => ({ ...alert, endsAt: Math.max(now, alert.startsAt) }));
		if (firing.size > 0) this.#told.set(live, firing);
		else this.#told.delete(live);
		const changed = [...begun, ...over];
		if (changed.length > 0) for (const id of this.#open.keys()) this.#send(id, live, changed);
	}

	#send(id: string, live: LiveIncident, alerts: readonly OutgoingAlert[]): void {
		const open = this.#open.get(id);
		if (!open || alerts.length === 0) return;
		const { wallClock, origin } = this.#options;
		if (open.target.kind === 'webhook') {
			const body = webhookBody(alerts, live.stored.key, origin);
			open.courier.give({ subject: null, alerts: alerts.length, body: () => body });
			return;
		}
		// Each alert by itself: what waits of one is replaced by what is newer of the same.
		for (const alert of alerts) {
			open.courier.give({
				subject: identityOf(alert),
				alerts: 1,
				body: () => alertmanagerBody([alert], wallClock.now())
			});
		}
	}

	/** Tells Alertmanagers again what fires, and forgets runs that were put away: their alerts end by silence. */
	async #again(): Promise<void> {
		await this.#load().catch((error: unknown) =>
			this.#options.log.warn({ err: error }, 'alert targets could not be read')
		);
		for (const [live, told] of this.#told) {
			if (!this.#options.holds(live)) {
				this.#told.delete(live);
				continue;
			}
			for (const [id, { target }] of this.#open) {
				if (target.kind === 'alertmanager') this.#send(id, live, [...told.values()]);
			}
		}
	}

	async #store(targets: AlertTarget[]): Promise<void> {
		await this.#options.storage.writeSetting(SETTING, targets, this.#options.wallClock.now());
		this.#use(targets);
	}

	async #load(): Promise<void> {
		this.#use(storedTargets(await this.#options.storage.readSetting(SETTING)));
	}

	#use(targets: readonly AlertTarget[]): void {
		for (const [id, { courier }] of this.#open) {
			if (targets.some((target) => target.id === id)) continue;
			courier.close();
			this.#open.delete(id);
		}
		for (const target of targets) {
			if (this.#open.has(target.id)) continue;
			const { pauseMs, closing } = this.#options;
			const open: Open = {
				target,
				last: null,
				courier: new Courier({
					send: (body) => post(target, body, closing),
					tell: (outcome, alerts, why) => this.#note(open, outcome, alerts, why),
					...(pauseMs !== undefined && { pauseMs })
				})
			};
			this.#open.set(target.id, open);
		}
	}

	#note(open: Open, outcome: 'delivered' | 'failed' | 'dropped', alerts: number, why: string | null): void {
		const { metrics, log, wallClock } = this.#options;
		const { kind, url } = open.target;
		metrics.outgoingAlerts.inc({ kind, outcome }, alerts);
		metrics.outgoingWaiting.set([...this.#open.values()].reduce((sum, { courier }) => sum + courier.waiting, 0));
		const ok = outcome === 'delivered';
		if (!ok && open.last?.ok !== false)
			log.warn({ target: withoutSecrets(url), why }, 'an alert could not be delivered');
		open.last = { at: wallClock.now(), ok, why };
	}
}

/** Webhooks often carry their secret in the path or query: enough to recognise, not enough to use. */
function withoutSecrets(address: string): string {
	const url = new URL(address);
	const query = url.search ? '?…' : '';
	const path = url.pathname.replace(/[^/]{20,}/g, (part) => `${part.slice(0, 4)}…`);
	return `${url.origin}${path}${query}`;
}
