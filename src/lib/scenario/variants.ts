/** Variants of a scenario: the same content with what a variant says changed. Pure; the scenario itself is never touched. */
import { canonicalJson } from './canonical-json.ts';
import { genericVariants, minutesOf } from './generic-variants.ts';
import type { CompiledScenario, RuleFileData } from './library.ts';
import type { FaultSpec, PolicyStepSpec, Runbook } from './scenario.schema.ts';
import { sha256 } from './sha256.ts';
import { startTime } from './start-time.ts';
import type { RunbookChange, StepChange, VariantSpec } from './variant.schema.ts';

/** Compiled content before its hash is made. */
export type Content = Omit<CompiledScenario, 'contentHash'>;

/** A variant as a host chooses it. */
export interface VariantOffer {
	id: string;
	title: string;
	/** Its author wrote it for this scenario; else every scenario has it. */
	written: boolean;
}

/** All variants of a scenario: those its author wrote, then those that every scenario has. */
export function variantsOf(content: Content): VariantSpec[] {
	const written = content.scenario.variants ?? [];
	const ids = new Set(written.map(({ id }) => id));
	return [...written, ...genericVariants(content).filter(({ id }) => !ids.has(id))];
}

export function variantOffers(content: Content): VariantOffer[] {
	const written = new Set(content.scenario.variants?.map(({ id }) => id));
	return variantsOf(content).map(({ id, title }) => ({ id, title, written: written.has(id) }));
}

/** The scenario as a variant has it, under a content hash of its own; null where there is no such variant. */
export function withVariant(compiled: CompiledScenario, variantId: string): CompiledScenario | null {
	const variant = variantsOf(compiled).find(({ id }) => id === variantId);
	if (variant === undefined) return null;
	const content = applyVariant(compiled, variant);
	return { ...content, contentHash: sha256(canonicalJson(content)) };
}

/** Content with a variant applied. */
export function applyVariant(content: Content, variant: VariantSpec): Content {
	const { variants: _variants, ...scenario } = content.scenario;
	const { variantRunbooks = {}, ...rest } = withoutHash(content);
	let changed: Content = {
		...rest,
		scenario,
		variant: {
			id: variant.id,
			title: variant.title,
			...(variant.seed_class !== undefined && { seedClass: variant.seed_class })
		}
	};
	const note = `Played as a variant, "${variant.title}"${variant.note === undefined ? '.' : `: ${variant.note}`}`;
	changed.scenario = {
		...scenario,
		facilitator_notes: [note, scenario.facilitator_notes].filter(Boolean).join('\n\n')
	};
	if (variant.on_call) changed.scenario = { ...changed.scenario, on_call: variant.on_call };
	if (variant.clock) {
		const { start, zone = scenario.clock.zone, same_load } = variant.clock;
		const clock = { start, zone };
		changed = { ...changed, startsAt: startTime(clock) ?? content.startsAt };
		changed.scenario = { ...changed.scenario, clock };
		if (same_load) changed.topology = movedBy(changed.topology, minutesOf(start) - minutesOf(scenario.clock.start));
	}
	if (variant.topology) changed = resized(changed, variant.topology);
	for (const [id, change] of Object.entries(variant.runbooks ?? {}))
		changed = change === 'missing' ? withoutRunbook(changed, id) : withRunbook(changed, id, change, variantRunbooks);
	if (variant.runbooks) changed.scenario = { ...changed.scenario, ideal: followable(changed, content.runbooks) };
	if (variant.extra_alert) changed = withExtraAlert(changed, variant.extra_alert);
	return changed;
}

function withoutHash(content: Content & { contentHash?: string }): Content {
	const { contentHash: _hash, ...rest } = content;
	return rest;
}

/** The archetype with its daily rhythm so many minutes later. */
function movedBy(topology: Content['topology'], minutes: number): Content['topology'] {
	const { peak, trough } = topology.season;
	return { ...topology, season: { ...topology.season, peak: later(peak, minutes), trough: later(trough, minutes) } };
}

function later(clock: string, byMinutes: number): string {
	const minutes = (((minutesOf(clock) + byMinutes) % 1440) + 1440) % 1440;
	return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

function resized(content: Content, { load, replicas }: { load: number; replicas: number }): Content {
	const services = Object.entries(content.services).map(([name, service]) => [
		name,
		{ ...service, replicas: Math.max(1, Math.round(service.replicas * replicas)) }
	]);
	return {
		...content,
		topology: { ...content.topology, load: content.topology.load * load },
		services: Object.fromEntries(services) as Content['services']
	};
}

function withoutRunbook(content: Content, id: string): Content {
	const { [id]: _body, ...runbookBodies } = content.runbookBodies;
	const { runbook, ...truth } = content.scenario.truth;
	const runbooks = content.scenario.runbooks.filter((other) => other !== id);
	return {
		...content,
		// Where it is gone, the generic investigation is what fits.
		scenario: { ...content.scenario, runbooks, truth: runbook === id ? truth : content.scenario.truth },
		runbooks: content.runbooks.filter((other) => other.id !== id),
		runbookBodies
	};
}

function withRunbook(
	content: Content,
	id: string,
	change: RunbookChange,
	files: NonNullable<Content['variantRunbooks']>
): Content {
	const other = change.file === undefined ? undefined : files[change.file];
	const runbooks = content.runbooks.map((runbook): Runbook => {
		if (runbook.id !== id) return runbook;
		const base = other ? { ...other.runbook, id } : runbook;
		return {
			...base,
			...(change.name !== undefined && { name: change.name }),
			...(change.updated !== undefined && { updated: change.updated }),
			steps: base.steps
				.filter((step) => !change.without.includes(step.id))
				.map((step) => changedStep(step, change.steps[step.id]))
		};
	});
	const runbookBodies = other ? { ...content.runbookBodies, [id]: other.body } : content.runbookBodies;
	return { ...content, runbooks, runbookBodies };
}

function changedStep(step: Runbook['steps'][number], change: StepChange = {}): Runbook['steps'][number] {
	const { defect: now, ...rest } = change;
	const { defect: was, defect_note: note, ...plain } = step;
	if (now === 'none') return { ...plain, ...rest };
	const defect = now ?? was;
	return { ...plain, ...(note !== undefined && { defect_note: note }), ...rest, ...(defect && { defect }) };
}

/** The reference's line where a runbook has lost steps: what they ran is run by hand, what they only told falls away. */
function followable(content: Content, before: readonly Runbook[]): PolicyStepSpec[] {
	const { diagnostics, ideal } = content.scenario;
	const find = (runbooks: readonly Runbook[], runbookId: unknown, stepId: unknown) =>
		runbooks.find(({ id }) => id === runbookId)?.steps.find(({ id }) => id === stepId);
	return ideal.flatMap((step): PolicyStepSpec[] => {
		const { runbookId, stepId } = step.do;
		if (runbookId === undefined || runbookId === null) return [step];
		const there = content.runbooks.some(({ id }) => id === runbookId);
		const now = find(content.runbooks, runbookId, stepId);
		const was = find(before, runbookId, stepId);
		const same = now !== undefined && now.runs === was?.runs && now.kind === was?.kind && now.defect !== 'missing';
		if (stepId === undefined || stepId === null ? there : same) return [step];
		if (step.do.type === 'applyMitigation') return [{ ...step, do: { ...step.do, runbookId: null, stepId: null } }];
		if (step.do.type !== 'runStep' || was?.runs === undefined) return [];
		const diagnoses = diagnostics.some(({ id }) => id === was.runs);
		const by = diagnoses
			? { type: 'runDiagnostic', diagnosticId: was.runs }
			: { type: 'applyMitigation', mitigationId: was.runs };
		return [{ ...step, do: by }];
	});
}

/** From a minute into the run on the service's CPU climbs within two minutes to this, below what slows anything. */
const EXTRA_WAITS_MS = 60_000;
const EXTRA_CLIMBS_MS = 120_000;
const EXTRA_CPU = 0.79;

function withExtraAlert(content: Content, extra: NonNullable<VariantSpec['extra_alert']>): Content {
	const { service, name, severity } = extra;
	const services = { ...content.services };
	const known = services[service] ?? content.topology.services[service];
	if (known === undefined) return content;
	services[service] = known;
	const ids = content.scenario.faults.map(({ id }) => id);
	const id = ids.includes('extra') ? 'extra_alert' : 'extra';
	const plain = { phase: 'healthy' as const, effects: [], instruments: [], logs: [], next: [], on: {} };
	const fault: FaultSpec = {
		id,
		initial: 'extra_quiet',
		begins: 0,
		states: {
			extra_quiet: { ...plain, next: [{ after: EXTRA_WAITS_MS, to: 'extra_busy' }] },
			extra_busy: {
				...plain,
				note: 'Has nothing to do with it: the extra alert of this variant.',
				effects: [{ metric: { service, where: {}, metric: 'cpu' }, ramp: { to: EXTRA_CPU, over: EXTRA_CLIMBS_MS } }]
			}
		}
	};
	const of = `{service="${service}"}`;
	const group: RuleFileData['groups'][number] = {
		name: `variant-${name}`,
		rules: [
			{
				alert: name,
				expr: `sum by (service) (rate(container_cpu_usage_seconds_total${of}[2m])) / sum by (service) (kube_pod_container_resource_limits{resource="cpu",service="${service}"}) > 0.7`,
				for: '2m',
				labels: { severity },
				annotations: { summary: extra.summary ?? `CPU of ${service} above 70 %` }
			}
		]
	};
	const listed = content.scenario.topology.services;
	return {
		...content,
		scenario: {
			...content.scenario,
			topology: {
				...content.scenario.topology,
				services: listed.includes(service) ? listed : [...listed, service]
			},
			faults: [...content.scenario.faults, fault]
		},
		services,
		rules: { groups: [...content.rules.groups, group] },
		variant: { ...(content.variant ?? { id: '', title: '' }), extraAlert: name }
	};
}
