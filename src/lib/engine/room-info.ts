import type { CommandRole } from '../incident/role.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import { shownSteps } from './runbooks.ts';

/** What every trainee may know of a scenario from the start. Nothing here depends on the run. */
export interface RoomInfo {
	scenarioId: string;
	title: string;
	synopsis: string;
	difficulty: number;
	minutes: number;
	team: string;
	skills: string[];
	startsAt: number;
	zone: string;
	services: {
		name: string;
		kind: string;
		about: string;
		endpoints: { method: string; path: string }[];
		dependsOn: string[];
	}[];
	mitigations: {
		id: string;
		name: string;
		command: string;
		kind: string;
		description: string;
		takesMs: number;
		confirm: CommandRole | null;
	}[];
	diagnostics: { id: string; title: string; command: string; kind: string; takesMs: number }[];
	runbooks: {
		id: string;
		name: string;
		alerts: string[];
		/** Worked through in order, or things that tools can do, picked one by one. */
		kind: 'guide' | 'procedures';
		updated: string;
		steps: {
			id: string;
			title: string;
			kind: 'automated' | 'manual' | 'decision';
			command: string | null;
			text: string;
			/** A tool carries it out, and production is not the same afterwards. */
			changes: boolean;
		}[];
		body: string;
	}[];
	roleCards: Partial<Record<CommandRole, string>>;
	onCall: { seat: string; name: string; title: string }[];
}

/** Takes from a scenario what its trainees may know: never verdicts, outcomes, injects, hints or what is wrong with a runbook. */
export function roomInfo(compiled: CompiledScenario): RoomInfo {
	const { scenario, services, dependencies, runbooks, runbookBodies, startsAt } = compiled;
	const mitigations = new Set(scenario.mitigations.map(({ id }) => id));
	return {
		scenarioId: scenario.id,
		title: scenario.title,
		synopsis: scenario.synopsis,
		difficulty: scenario.difficulty,
		minutes: scenario.minutes,
		team: scenario.team,
		skills: scenario.skills,
		startsAt,
		zone: scenario.clock.zone,
		services: Object.entries(services).map(([name, { kind, about, endpoints }]) => ({
			name,
			kind,
			about,
			endpoints: endpoints.map(({ method, path }) => ({ method, path })),
			dependsOn: dependencies.filter(({ from }) => from === name).map(({ to }) => to)
		})),
		mitigations: scenario.mitigations.map(({ id, name, command, kind, description, takes, confirm }) => ({
			id,
			name,
			command,
			kind,
			description,
			takesMs: takes,
			confirm: confirm ?? null
		})),
		diagnostics: scenario.diagnostics.map(({ id, title, command, kind, takes }) => ({
			id,
			title,
			command,
			kind,
			takesMs: takes
		})),
		runbooks: runbooks.map((runbook) => ({
			id: runbook.id,
			name: runbook.name,
			alerts: runbook.alerts,
			kind: runbook.kind ?? 'guide',
			updated: runbook.updated,
			steps: shownSteps(runbook).map(({ id, title, kind, command, text, runs }) => ({
				id,
				title,
				kind,
				command: command ?? null,
				text,
				changes: runs !== undefined && mitigations.has(runs)
			})),
			body: runbookBodies[runbook.id] ?? ''
		})),
		roleCards: Object.fromEntries(Object.entries(scenario.role_cards).map(([role, card]) => [role, card.brief])),
		onCall: scenario.on_call.map(({ seat, name, title }) => ({ seat, name, title }))
	};
}

/** What the scenario tells one seat alone; empty where it has nothing. */
export function roleKnowledge({ scenario }: CompiledScenario, role: CommandRole): string {
	return scenario.role_cards[role]?.knows ?? '';
}
