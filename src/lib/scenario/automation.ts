/** How much of what helps is there as automation. Pure. */
import type { CompiledScenario } from './library.ts';
import type { MitigationSpec } from './scenario.schema.ts';

type Written = Pick<CompiledScenario, 'scenario' | 'runbooks'>;
type Kind = MitigationSpec['kind'];

/** What only people can do: no tool takes it from them, whatever is written. */
const PEOPLE_ONLY: ReadonlySet<Kind> = new Set([
	'communicate',
	'escalate_person',
	'escalate_vendor',
	'handoff',
	'manual_workaround',
	'reclassify',
	'silence_alert',
	'stand_down',
	'wait'
] as const);
/** A kind of remedy is common that helps in this many scenarios. */
const COMMON_IN = 3;

export interface AutomationShare {
	/** Remedies of a common kind: mitigations that help, at least in part. */
	common: number;
	/** Those that a step of a runbook on offer carries out. */
	automated: number;
	/** Common remedies that stand in no runbook as automation: `<scenario>/<mitigation>`. */
	byHand: string[];
}

/**
 * Over a whole library. Seven in ten is the aim: the rest wants judgement.
 * Source: "Incident Response Excellence", conclusion: "Automated 70% of common resolutions".
 */
export function automationShare(library: readonly Written[]): AutomationShare {
	const remedies = library.flatMap((compiled) => remediesOf(compiled));
	const scenariosOf = new Map<Kind, Set<string>>();
	for (const { scenarioId, kind } of remedies)
		scenariosOf.set(kind, (scenariosOf.get(kind) ?? new Set()).add(scenarioId));
	const common = remedies.filter(({ kind }) => (scenariosOf.get(kind)?.size ?? 0) >= COMMON_IN);
	const byHand = common.filter(({ automated }) => !automated);
	return {
		common: common.length,
		automated: common.length - byHand.length,
		byHand: byHand.map(({ scenarioId, id }) => `${scenarioId}/${id}`)
	};
}

function remediesOf({ scenario, runbooks }: Written) {
	const run = new Set(
		runbooks.flatMap(({ steps }) => steps.map((step) => (step.defect === 'missing' ? '' : step.runs)))
	);
	return scenario.mitigations
		.filter(({ verdict, kind }) => (verdict === 'effective' || verdict === 'partial') && !PEOPLE_ONLY.has(kind))
		.map(({ id, kind }) => ({ scenarioId: scenario.id, id, kind, automated: run.has(id) }));
}
