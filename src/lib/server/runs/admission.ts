// Starting, declaring and joining: how people come into an incident, and with which keys.

import { randomInt, randomUUID } from 'node:crypto';
import { SURPRISE_VARIANT } from '../../protocol/variants.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { withVariant } from '../../scenario/variants.ts';
import type { ScenarioRegistry } from '../scenarios/registry.ts';
import { ENGINE_VERSION, type RunSettings } from '../../engine/types.ts';
import { initialIncidentState } from '../../incident/fold.ts';
import type { CommandRole } from '../../incident/role.ts';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { SeverityPolicy } from '../../incident/severity.ts';
import type { DeclareRealRequest, Joined, JoinRequest, Started, StartRunRequest } from '../../protocol/messages.ts';
import type { Adapt } from '../team/adapt.ts';
import { hashKey, incidentCode, randomKey, sameHash } from '../secrets.ts';
import type { Hub } from './hub.ts';
import type { LiveIncident } from './live-incident.ts';
import { numberEvents } from './numbering.ts';
import { summaryOf } from './summary.ts';

export type StartedOr = { ok: true; started: Started } | Refusal;
export type JoinedOr = { ok: true; joined: Joined } | Refusal;

/** Starts a practice run in its lobby; whoever starts it is its host. `adapt` makes of the scenario what this team plays. */
export async function startRun(
	hub: Hub,
	scenarios: ScenarioRegistry,
	policy: SeverityPolicy,
	request: StartRunRequest,
	adapt: Adapt = (compiled) => ({ ok: true, compiled })
): Promise<StartedOr> {
	const asWritten = scenarios.find(request.scenario);
	if (!asWritten) return refuse('unknown_id', 'There is no such scenario. Choose one from the start page.');
	const adapted = adapt(asWritten);
	if (!adapted.ok) return adapted;
	const compiled = circumstances(scenarios, adapted.compiled, request.variant);
	if (!compiled) return refuse('unknown_id', 'There is no such variant of the scenario. Choose one of those offered.');
	const { storage, createEngine, now, owner } = hub.context;
	const seed = request.seed ?? randomKey().slice(0, 8);
	// Where nobody is scribe, the bot keeps the timeline; whoever takes the seat takes it over.
	const settings: RunSettings = { policy, bots: ['scribe'], limitMinutes: null };
	const engine = createEngine(compiled, seed);
	const initial = engine.initial(seed, settings);
	const incidentId = incidentCode();
	const hostKey = randomKey();
	const { scenario, contentHash } = compiled;
	const events = numberEvents(initial.events, 0, now());
	const { head } = await storage.createIncident({
		incidentId,
		origin: 'practice',
		createdAt: now(),
		policy,
		hostKeyHash: hashKey(hostKey),
		joinKey: null,
		summary: summaryOf(initial.state.incident, scenario.title, null),
		run: { scenarioId: scenario.id, contentHash, seed, settings, engineVersion: ENGINE_VERSION, content: compiled },
		events,
		owner
	});
	// Working out the pre-history takes longer than anything else about a run: it is done once.
	await storage.writeSnapshot(incidentId, head.epoch, {
		n: 0,
		seq: head.seq,
		simMs: initial.state.simMs,
		engineVersion: ENGINE_VERSION,
		hash: engine.hash(initial.state),
		state: initial.state,
		takenAt: now()
	});
	return enter(hub, incidentId, hostKey, request.name, request.facilitate ? 'facilitator' : 'responder', []);
}

/** The scenario under the circumstances that were chosen, by name or by chance; null where there are no such. */
function circumstances(
	scenarios: ScenarioRegistry,
	compiled: CompiledScenario,
	variant: string | undefined
): CompiledScenario | null {
	if (variant === undefined) return compiled;
	const offered = scenarios.variants(compiled.scenario.id).map(({ id }) => id);
	if (variant !== SURPRISE_VARIANT) return offered.includes(variant) ? withVariant(compiled, variant) : null;
	// As it is written is one of the chances, too: nobody is to conclude anything.
	const drawn = offered[randomInt(offered.length + 1)];
	return drawn === undefined ? compiled : withVariant(compiled, drawn);
}

/** Declares a real incident; whoever declares it is its host. The caller has seen that it is the administrator. */
export async function declareReal(hub: Hub, policy: SeverityPolicy, request: DeclareRealRequest): Promise<StartedOr> {
	const { storage, now, owner } = hub.context;
	const incidentId = incidentCode();
	const hostKey = randomKey();
	await storage.createIncident({
		incidentId,
		origin: 'real',
		createdAt: now(),
		policy,
		hostKeyHash: hashKey(hostKey),
		joinKey: randomKey(),
		summary: summaryOf(initialIncidentState('real'), request.title, null),
		run: null,
		events: [],
		owner
	});
	const { severity, title, summary } = request;
	return enter(hub, incidentId, hostKey, request.name, 'responder', [
		{ type: 'declareIncident', severity, title, summary }
	]);
}

/**
 * Lets somebody in. The administrator needs no link to a real incident: what an alert opened, or an import brought, is handed on
 * by nobody else. A seat that was asked for may be taken already: then they are in without it.
 */
export async function join(live: LiveIncident, hub: Hub, request: JoinRequest, admin = false): Promise<JoinedOr> {
	const invited = request.hostKey !== undefined && sameHash(hashKey(request.hostKey), live.stored.hostKeyHash);
	const host = invited || (admin && live.stored.origin === 'real');
	if (request.hostKey !== undefined && !invited) {
		return refuse('forbidden', 'This host link is not right. Ask whoever started it to send it again.');
	}
	if (request.as === 'facilitator' && !host) {
		return refuse('forbidden', 'Facilitating needs the host link: ask the host, or join as a responder.');
	}
	const { joinKey } = live.stored;
	const admitted = joinKey === null || host || (request.joinKey !== undefined && sameHash(joinKey, request.joinKey));
	if (!admitted) {
		return refuse('forbidden', 'A real incident is open only to those with its link: ask somebody who is in it.');
	}
	if (live.people.list().length >= MOST_PEOPLE) {
		return refuse(
			'too_many',
			`This incident has ${MOST_PEOPLE} people already. Ask to watch over somebody’s shoulder.`
		);
	}
	const token = tokenFor(invited ? (request.hostKey ?? null) : null);
	const person = { name: request.name, tokenHash: hashKey(token), host, joinedAt: hub.context.now() };
	const participantId = await hub.context.storage.addParticipant(live.incidentId, person);
	live.people.add({ participantId, ...person });
	const by = { participantId, host };
	const answer = await live.command(by, `join-${randomUUID()}`, { type: 'join', as: request.as });
	if (!answer.ok) return answer;
	if (request.seat) await takeSeat(live, by, request.seat);
	live.peopleChanged();
	return { ok: true, joined: { participantId, token } };
}

const MOST_PEOPLE = 200;

async function takeSeat(live: LiveIncident, by: { participantId: string; host: boolean }, role: CommandRole) {
	await live.command(by, `seat-${randomUUID()}`, { type: 'takeRole', role });
}

async function enter(
	hub: Hub,
	incidentId: string,
	hostKey: string,
	name: string,
	as: JoinRequest['as'],
	then: Parameters<LiveIncident['command']>[2][]
): Promise<StartedOr> {
	const found = await hub.find(incidentId);
	if (!found.ok) return found;
	const answer = await join(found.live, hub, { name, as, hostKey });
	if (!answer.ok) return answer;
	const { participantId, token } = answer.joined;
	for (const body of then) {
		const given = await found.live.command({ participantId, host: true }, `start-${randomUUID()}`, body);
		if (!given.ok) return given;
	}
	return { ok: true, started: { incidentId, hostKey, participantId, token, url: `/i/${incidentId}#host=${hostKey}` } };
}

/**
 * A token of 128 random bits. A host's carries the host key behind a dot, so that the host can be shown the host link again
 * though nothing readable is stored of either.
 */
function tokenFor(hostKey: string | null): string {
	return hostKey === null ? randomKey() : `${randomKey()}.${hostKey}`;
}

/** The host key that a host's token carries; null for everybody else's. */
export function hostKeyOf(token: string): string | null {
	return token.split('.')[1] ?? null;
}
