// A record to make figures of: incidents of a made-up organisation, stored as a server would have stored them.

import { seeded } from '../../src/lib/analytics/stats/random.ts';
import { EVERYONE, TRUTH, type Actor } from '../../src/lib/incident/actor.ts';
import type { EventBody, IncidentEvent } from '../../src/lib/incident/event.ts';
import { DEFAULT_SEVERITY_POLICY, type Severity } from '../../src/lib/incident/severity.ts';
import { fired, truth } from '../../src/lib/incident/testing.ts';
import type { Storage } from '../../src/lib/server/db/storage.ts';

const DAY = 86_400_000;
const ADA: Actor = { kind: 'participant', id: 'p1' };
const WORLD: Actor = { kind: 'system', name: 'world' };

const KINDS = [
	{ cause: 'change', service: 'core-api', scenario: 'high-error-rate-bad-deploy', minutes: 30 },
	{ cause: 'resource leak', service: 'cache', scenario: 'memory-leak-cache-library', minutes: 70 },
	{ cause: 'saturation', service: 'main-db', scenario: 'db-connection-pool-exhausted', minutes: 50 },
	{ cause: 'certificate', service: 'edge-lb', scenario: null, minutes: 40 },
	{ cause: 'dependency', service: 'payments', scenario: null, minutes: 90 }
] as const;
const TEAMS = ['Payments on-call', 'Platform on-call'];

/** Stores incidents over the last `days` before `now`; the same for the same seed. Real ones get quicker as time goes on. */
export async function storeRecord(
	storage: Storage,
	{ practice, real, days, now, seed = 3 }: { practice: number; real: number; days: number; now: number; seed?: number }
): Promise<void> {
	const random = seeded(seed);
	const skewed = (typical: number) => typical * Math.exp((random() + random() + random() - 1.5) * 1.1);
	const all = [
		...Array.from({ length: real }, () => ({ origin: 'real' as const, at: now - random() * days * DAY })),
		...Array.from({ length: practice }, () => ({ origin: 'practice' as const, at: now - random() * days * DAY }))
	].sort((a, b) => a.at - b.at);
	for (const [i, { origin, at }] of all.entries()) {
		const played = KINDS.filter(({ scenario }) => scenario !== null);
		const from = origin === 'practice' ? played : KINDS;
		const kind = from[Math.floor(random() * from.length)] ?? KINDS[0];
		const severity: Severity = (['P1', 'P2', 'P2', 'P3', 'P4'] as const)[Math.floor(random() * 5)] ?? 'P2';
		const progress = (at - now + days * DAY) / (days * DAY);
		const minutes = skewed(kind.minutes) * (origin === 'real' ? 1.6 - progress : 0.5);
		await storeOne(storage, {
			id: `record-${String(i).padStart(4, '0')}`,
			origin,
			at: Math.floor(at / 1000) * 1000,
			severity: origin === 'practice' ? 'P1' : severity,
			kind,
			minutes,
			detection: skewed(6) - 2,
			open: random() < 0.06,
			byCustomer: random() < 0.2,
			escalated: random() < 0.3,
			published: random() < 0.7,
			team: TEAMS[Math.floor(random() * 2)] ?? '',
			player: `Player ${Math.floor(random() * 25)}`,
			strain: 1 + Math.floor(random() * 5)
		});
	}
}

interface One {
	id: string;
	origin: 'practice' | 'real';
	/** Wall time, which of a real incident is incident time as well. */
	at: number;
	severity: Severity;
	kind: (typeof KINDS)[number];
	minutes: number;
	detection: number;
	open: boolean;
	byCustomer: boolean;
	escalated: boolean;
	published: boolean;
	team: string;
	player: string;
	strain: number;
}

async function storeOne(storage: Storage, one: One): Promise<void> {
	const { id, origin, at, kind, severity } = one;
	const practice = origin === 'practice';
	const title = `${kind.cause} on ${kind.service}`;
	await storage.createIncident({
		incidentId: id,
		origin,
		createdAt: at,
		policy: DEFAULT_SEVERITY_POLICY,
		hostKeyHash: 'hash',
		joinKey: practice ? null : 'key',
		summary: {
			title,
			severity,
			lifecycle: one.open && !practice ? 'running' : 'ended',
			status: one.open ? 'mitigating' : 'resolved',
			people: 1,
			endedAt: at
		},
		run: practice
			? {
					scenarioId: kind.scenario ?? '',
					contentHash: `hash-of-${kind.scenario}`,
					seed: '1',
					settings: { policy: DEFAULT_SEVERITY_POLICY, bots: [], limitMinutes: null },
					engineVersion: '1',
					content: {}
				}
			: null,
		events: eventsOf(one),
		owner: 'nobody'
	});
	if (practice) {
		await storage.addParticipant(id, { name: one.player, tokenHash: id, host: true, joinedAt: at });
	}
}

function eventsOf(one: One): IncidentEvent[] {
	const { origin, at, kind, severity, minutes, open } = one;
	const practice = origin === 'practice';
	const events: IncidentEvent[] = [];
	const add = (minute: number, actor: Actor, ...bodies: EventBody[]) => {
		const ms = Math.round(minute * 60) * 1000;
		for (const body of bodies) {
			events.push({
				...body,
				seq: events.length + 1,
				occurredAt: at + ms,
				recordedAt: at + Math.max(0, ms),
				simMs: practice ? ms : null,
				actor,
				audience: body.type === 'truth.recorded' ? TRUTH : EVERYONE,
				causedBy: null
			});
		}
	};
	const impact = -one.detection - 1;
	if (practice) {
		add(
			-5,
			WORLD,
			truth({ scenario: kind.scenario ?? '', failureClass: kind.cause, severity, services: [kind.service] }),
			{ type: 'run.began', payload: { speed: 1 } }
		);
	}
	add(impact, practice ? WORLD : ADA, { type: 'impact.started', payload: { share: 0.6 } });
	if (one.byCustomer) {
		const asked = { questionId: 'q1', from: 'A customer', channel: 'ticket', text: '', needsAnswer: true } as const;
		add(-1, ADA, { type: 'stakeholder.asked', payload: { ...asked, to: 'communications_lead' } });
	}
	add(-1, practice ? WORLD : ADA, fired('a1', 'HighErrorRate', { service: kind.service }), {
		type: 'page.delivered',
		payload: { alertId: 'a1', to: 'primary', participants: [], reason: '' }
	});
	add(0, ADA, { type: 'alert.acknowledged', payload: { alertId: 'a1' } });
	add(0, ADA, {
		type: 'incident.declared',
		payload: { severity, title: `${kind.cause} on ${kind.service}`, summary: '' }
	});
	if (one.escalated) add(minutes / 4, ADA, { type: 'escalated', payload: { to: 'secondary', whom: '', reason: '' } });
	add(minutes / 2, ADA, {
		type: 'mitigation.started',
		payload: {
			attemptId: 'm1',
			mitigationId: 'roll_back',
			name: 'Roll back',
			command: '',
			readyAt: 0,
			runbookId: null,
			stepId: null
		}
	});
	if (!open) {
		const judged = { attemptId: 'm1', mitigationId: 'roll_back', verdict: 'effective', fromState: '', toState: '' };
		add(minutes / 2, WORLD, { type: 'mitigation.judged', payload: judged });
		const affectedMinutes = (minutes / 2 - impact) * 0.6;
		add(minutes / 2, WORLD, { type: 'impact.ended', payload: { affectedMinutes } });
		const status = { from: 'mitigating', to: 'resolved', note: '', verification: 'watched' } as const;
		add(minutes, ADA, { type: 'status.changed', payload: status });
	}
	if (practice) {
		const outcome = open ? 'unresolved' : 'resolved';
		add(minutes + 1, WORLD, {
			type: 'run.ended',
			payload: { outcome, reason: open ? 'limit' : 'success', endedMs: 0 }
		});
		add(minutes + 2, ADA, { type: 'truth.opened', payload: {} });
		add(minutes + 2, WORLD, {
			type: 'survey.answered',
			payload: { answers: { strain: one.strain } }
		} as unknown as EventBody);
	}
	add(minutes + 3, ADA, {
		type: 'incident.classified',
		payload: { team: one.team, ...(!practice && { causeClass: kind.cause, services: [kind.service] }) }
	});
	if (!open && one.published) add(minutes + 4, ADA, { type: 'postmortem.published', payload: {} });
	return events;
}
