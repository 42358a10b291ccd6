import { TRUTH } from '../incident/actor.ts';
import { initialIncidentState } from '../incident/fold.ts';
import type { GroundTruth } from '../incident/truth.ts';
import { emptyRuleState } from '../promql/index.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import { initialWorldState } from '../world/index.ts';
import { playPrehistory, tellChange } from './advance.ts';
import { beginFault } from './faults.ts';
import { scheduleInjects } from './injects.ts';
import { Run, MUSTER, type Machinery } from './run.ts';
import { ENGINE_VERSION, type EngineState, type RunSettings } from './types.ts';

/** A run at simulated time 0, in the lobby: the truth recorded, the pre-history played, the rules warmed up. */
export function initialRun(machinery: Machinery, seed: string, settings: RunSettings): Run {
	const { scenario } = machinery.compiled;
	const earliest = Math.min(0, ...scenario.faults.map((fault) => fault.begins));
	const startMs = Math.floor(earliest / 1000) * 1000;
	const run = new Run(machinery, blank(machinery, seed, settings, startMs));
	const truth = groundTruth(machinery.compiled);
	run.tell({ type: 'truth.recorded', payload: { truth } }, { actor: MUSTER, audience: TRUTH, simMs: 0 });
	for (const change of scenario.changes.filter(({ at }) => at <= 0).toSorted((a, b) => a.at - b.at)) {
		tellChange(run, change, change.at);
	}
	for (const change of scenario.changes)
		if (change.at > 0) run.schedule(change.at, { type: 'change', changeId: change.id });
	for (const fault of scenario.faults) {
		if (fault.begins > 0) run.schedule(fault.begins, { type: 'fault.begin', faultId: fault.id });
		else beginFault(run, fault.id, fault.begins, false);
	}
	scheduleInjects(run);
	playPrehistory(run);
	run.state.rules = machinery.rules.warmed(run.state.world, 0);
	for (const role of settings.bots) {
		run.tell({ type: 'role.assigned', payload: { role, participantId: null, bot: true } }, { actor: MUSTER });
	}
	return run;
}

function blank(machinery: Machinery, seed: string, settings: RunSettings, startMs: number): EngineState {
	const { compiled, world } = machinery;
	return {
		engineVersion: ENGINE_VERSION,
		contentHash: compiled.contentHash,
		seed,
		settings,
		simMs: startMs,
		queue: [],
		nextOrder: 1,
		world: initialWorldState(world),
		rules: emptyRuleState,
		incident: initialIncidentState('practice'),
		injects: {},
		held: {},
		attempts: {},
		actionsDone: {},
		evidenceSeen: {},
		impact: {
			onMs: null,
			turningMs: null,
			share: 0,
			affectedMinutes: 0,
			affectedBefore: 0,
			lastMs: startMs,
			toldShare: 0,
			toldMs: startMs
		},
		slis: {},
		hintsGiven: 0,
		eventCount: 0,
		commandCount: 0,
		outcome: null
	};
}

/** The scenario's truth and expectations as the incident room keeps them. */
export function groundTruth({ scenario, runbooks, services, variant }: CompiledScenario): GroundTruth {
	const { truth, cost } = scenario;
	return {
		scenario: scenario.id,
		title: scenario.title,
		...(variant && { variant: { id: variant.id, title: variant.title } }),
		rootCause: truth.root_cause,
		trigger: truth.trigger,
		failureClass: scenario.class,
		severity: scenario.severity.level,
		severityMayBeHigher: scenario.severity.or_higher,
		services: Object.keys(services),
		customersSee: truth.customers_see,
		whys: truth.whys.map(({ question, answer, category, root_cause }) => ({
			question,
			answer,
			category,
			rootCause: root_cause
		})),
		redHerrings: truth.red_herrings,
		mitigations: scenario.mitigations.map(({ id, name, verdict, why }) => ({ mitigationId: id, name, verdict, why })),
		runbookId: truth.runbook ?? null,
		runbookDefects: runbooks.flatMap((runbook) =>
			runbook.steps.flatMap(({ id, defect, defect_note }) =>
				defect === undefined ? [] : [{ runbookId: runbook.id, stepId: id, defect, note: defect_note ?? '' }]
			)
		),
		objectives: scenario.objectives,
		debriefQuestions: truth.debrief,
		expected: {
			detectionMs: truth.expected.detection ?? null,
			mitigationMs: truth.expected.mitigation ?? null,
			resolutionMs: truth.expected.resolution ?? null,
			rolesNeeded: truth.expected.roles,
			statusUpdatesNeeded: truth.expected.status_updates,
			escalationNeeded: truth.expected.escalation
		},
		cost:
			cost === undefined
				? null
				: {
						currency: cost.currency,
						perMinuteAtFullImpact: cost.per_minute,
						productivityPerHour: cost.productivity_per_hour,
						assumption: cost.assumption
					},
		usersTotal: scenario.users,
		precedent: scenario.precedent,
		actionItems: truth.actions
	};
}
