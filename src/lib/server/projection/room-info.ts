// What everyone in a room may know of its scenario, as the wire has it. What the scenario tells one seat alone is added for
// those who hold it.

import type { Role } from '../../incident/role.ts';
import { isOwnRunbook } from '../../incident/runbook.ts';
import { COMMAND_ROLES } from '../../incident/role.ts';
import { roleKnowledge, roomInfo as ofEngine } from '../../engine/index.ts';
import type { RoomInfo } from '../../protocol/messages.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { dashboardPanels } from '../../telemetry/index.ts';

const made = new WeakMap<CompiledScenario, RoomInfo>();

/** `seats` are the viewer's: viewers of one view are told the same. */
export function roomInfo(compiled: CompiledScenario, seats: readonly Role[]): RoomInfo {
	const common = made.get(compiled) ?? make(compiled);
	made.set(compiled, common);
	const roleCards: RoomInfo['roleCards'] = {};
	for (const role of COMMAND_ROLES) {
		const card = common.roleCards[role];
		if (!card) continue;
		const knows = seats.includes(role) || seats.includes('facilitator') ? roleKnowledge(compiled, role) : '';
		roleCards[role] = { brief: card.brief, knows };
	}
	return { ...common, roleCards };
}

function make(compiled: CompiledScenario): RoomInfo {
	const info = ofEngine(compiled);
	const { scenario, services } = compiled;
	return {
		scenario: {
			id: info.scenarioId,
			title: info.title,
			synopsis: info.synopsis,
			minutes: info.minutes,
			difficulty: info.difficulty,
			team: info.team,
			skills: info.skills,
			objectives: scenario.objectives
		},
		timeZone: info.zone,
		services: info.services.map(({ name, ...service }) => ({
			id: name,
			...service,
			version: services[name]?.version ?? '',
			replicas: services[name]?.replicas ?? 1
		})),
		mitigations: info.mitigations,
		diagnostics: info.diagnostics,
		runbooks: info.runbooks.map(({ body, ...runbook }) => ({
			...runbook,
			// The name stands above it already; a team's own has lost the heading that became its name.
			...(isOwnRunbook(runbook.id) ? { own: true, markdown: body } : { markdown: body.replace(/^\s*# .+\n+/, '') })
		})),
		roleCards: Object.fromEntries(Object.entries(info.roleCards).map(([role, brief]) => [role, { brief, knows: '' }])),
		onCall: info.onCall,
		panels: dashboardPanels(compiled)
	};
}
