/** What a JSON Schema says of a place in a file: which keys may stand there, which values, and what they mean. Pure. */
import type { StudioNames } from '$lib/protocol/studio.ts';
import type { YamlStep } from './yaml-place.ts';

export interface JsonSchema {
	$ref?: string;
	$defs?: Record<string, JsonSchema>;
	type?: string;
	description?: string;
	examples?: unknown[];
	default?: unknown;
	enum?: unknown[];
	const?: unknown;
	properties?: Record<string, JsonSchema>;
	required?: string[];
	additionalProperties?: JsonSchema | boolean;
	items?: JsonSchema;
	anyOf?: JsonSchema[];
	oneOf?: JsonSchema[];
	allOf?: JsonSchema[];
}

export interface Offer {
	label: string;
	/** What is written; the label unless given. */
	apply: string;
	/** `required`, the type, or what kind of name it is. */
	detail: string;
	info: string;
}

/** Everything that may stand at a path, with references followed. */
export function schemasAt(root: JsonSchema, path: readonly YamlStep[]): JsonSchema[] {
	let nodes = expand(root, root);
	for (const step of path) {
		nodes = nodes.flatMap((node) => {
			if (typeof step === 'number') return node.items ? expand(root, node.items) : [];
			const own = node.properties?.[step];
			if (own) return expand(root, own);
			return typeof node.additionalProperties === 'object' ? expand(root, node.additionalProperties) : [];
		});
	}
	return nodes;
}

function expand(root: JsonSchema, node: JsonSchema, depth = 0): JsonSchema[] {
	if (depth > 8) return [];
	if (node.$ref !== undefined) {
		const target = root.$defs?.[node.$ref.replace('#/$defs/', '')];
		if (!target) return [];
		// What is said beside a reference is about this place, and comes first.
		const { $ref: _ref, ...beside } = node;
		return expand(root, { ...target, ...beside }, depth + 1);
	}
	const among = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
	if (node.allOf)
		return expand(root, Object.assign({}, node, ...node.allOf, { allOf: undefined }) as JsonSchema, depth + 1);
	if (among.length === 0) return [node];
	const { anyOf: _any, oneOf: _one, ...beside } = node;
	return among.flatMap((one) => expand(root, { ...beside, ...one }, depth + 1));
}

/** Keys that a map at this path may still get; those that must be there first. */
export function keysAt(root: JsonSchema, path: readonly YamlStep[], present: readonly string[]): Offer[] {
	const offers = new Map<string, Offer & { rank: number }>();
	for (const node of schemasAt(root, path)) {
		for (const [key, value] of Object.entries(node.properties ?? {})) {
			if (present.includes(key) || offers.has(key)) continue;
			const must = node.required?.includes(key) ?? false;
			const first = expand(root, value)[0] ?? {};
			offers.set(key, {
				label: key,
				apply: first.type === 'object' || (first.type === 'array' && first.items) ? `${key}:` : `${key}: `,
				detail: must ? 'required' : kindOf(first),
				info: aboutSchema(first),
				rank: must ? 0 : 1
			});
		}
	}
	return [...offers.values()].sort((a, b) => a.rank - b.rank).map(({ rank: _rank, ...offer }) => offer);
}

/** Values that the schema itself lists. */
export function valuesAt(root: JsonSchema, path: readonly YamlStep[]): Offer[] {
	const found = schemasAt(root, path).flatMap((node) => {
		if (node.enum) return node.enum.map((value) => ({ value: String(value), node }));
		if (node.const !== undefined) return [{ value: String(node.const), node }];
		if (node.type === 'boolean') return ['true', 'false'].map((value) => ({ value, node }));
		return (node.examples ?? []).filter(isShort).map((value) => ({ value: written(value), node }));
	});
	const seen = new Set<string>();
	return found.flatMap(({ value, node }) => {
		if (seen.has(value)) return [];
		seen.add(value);
		const listed = node.enum !== undefined || node.const !== undefined || node.type === 'boolean';
		return [{ label: value, apply: value, detail: listed ? '' : 'for example', info: node.description ?? '' }];
	});
}

const isShort = (value: unknown) => ['string', 'number'].includes(typeof value) && String(value).length <= 60;

/** What is said of the thing at a path, for a tooltip; '' for nothing. */
export function aboutAt(root: JsonSchema, path: readonly YamlStep[]): string {
	const [first] = schemasAt(root, path);
	return first ? aboutSchema(first) : '';
}

function aboutSchema(node: JsonSchema): string {
	const lines = [node.description ?? ''];
	if (node.enum) lines.push(`One of: ${node.enum.map(String).join(', ')}`);
	if (node.default !== undefined && node.default !== '' && typeof node.default !== 'object')
		lines.push(`Unless given: ${String(node.default)}`);
	const [example] = node.examples ?? [];
	if (example !== undefined) lines.push(`Example: ${written(example)}`);
	return lines.filter((line) => line !== '').join('\n');
}

/** A value as one line of YAML. */
function written(value: unknown): string {
	if (typeof value === 'string') return /^[\w./<>%() =-]+$/.test(value) ? value : JSON.stringify(value);
	return JSON.stringify(value);
}

function kindOf(node: JsonSchema): string {
	if (node.enum || node.const !== undefined) return 'choice';
	return node.type === 'array' ? 'list' : node.type === 'object' ? 'map' : (node.type ?? '');
}

const CONDITIONS: readonly (readonly [string, string])[] = [
	['metric(', 'metric(core-api.errors) < 0.5% for 3m: a metric, now or for a while'],
	['state(', 'state(outage): a fault is in this state now'],
	['visited(', 'visited(outage): a fault has been in this state'],
	['action(', 'action(rollback): a mitigation was carried out'],
	['evidence(', 'evidence(errors_by_version): somebody has looked at it'],
	['alert(', 'alert(ErrorShareHigh): it fires, or has fired'],
	['elapsed > ', 'elapsed > 8m: time since the run began'],
	['clock >= ', 'clock >= 06:00: the local time of the scenario'],
	['severity == ', 'severity == P1: as people declared it'],
	['role(', 'role(incident_commander): the seat is taken'],
	['comms(', 'comms(status_page) >= 1: updates that were published'],
	['declared', 'somebody declared the incident'],
	['status == ', 'status == resolved: as people set it'],
	['handoff_complete', 'command was handed over'],
	['and ', ''],
	['or ', ''],
	['not ', '']
];

/** Which names stand in which field. */
const FIELDS: Record<string, keyof StudioNames> = {
	service: 'services',
	services: 'services',
	restarts: 'services',
	metric: 'metrics',
	to: 'states',
	initial: 'states',
	from: 'states',
	runs: 'diagnostics',
	diagnosticId: 'diagnostics',
	evidenceId: 'diagnostics',
	mitigationId: 'mitigations',
	alertId: 'alerts',
	alerts: 'alerts',
	name: 'alerts',
	runbookId: 'runbooks',
	runbooks: 'runbooks',
	runbook: 'runbooks'
};

const INSIDE: Record<string, keyof StudioNames> = {
	metric: 'metrics',
	state: 'states',
	visited: 'states',
	action: 'mitigations',
	evidence: 'diagnostics',
	alert: 'alerts'
};

/** Names of this very scenario that fit a place, as it last loaded. `before` is what stands before the cursor. */
export function namesAt(
	path: readonly YamlStep[],
	before: string,
	names: StudioNames
): { from: number; offers: Offer[] } | null {
	const fields = path.filter((step) => typeof step === 'string');
	const field = fields.at(-1) ?? '';
	if (['when', 'needs', 'restored'].includes(field)) {
		const open = /(\w+)\(([^()]*)$/.exec(before);
		const kind = open && INSIDE[open[1] ?? ''];
		if (open && kind) return { from: before.length - (open[2] ?? '').length, offers: asOffers(names[kind], kind) };
		const word = /[\w]*$/.exec(before)?.[0] ?? '';
		return {
			from: before.length - word.length,
			offers: CONDITIONS.map(([label, info]) => ({ label, apply: label, detail: 'condition', info }))
		};
	}
	const parent = fields.at(-2) ?? '';
	// In a mitigation `to` names a state per fault; in an inject or a question it is somebody.
	const kind =
		field === 'to' && parent === 'injects' ? undefined : (FIELDS[field] ?? (parent === 'to' ? 'states' : undefined));
	if (field === 'services' && parent === 'topology') return { from: 0, offers: asOffers(names.archetype, 'services') };
	return kind ? { from: 0, offers: asOffers(names[kind], kind) } : null;
}

function asOffers(names: readonly string[], kind: string): Offer[] {
	return names.map((name) => ({ label: name, apply: name, detail: kind.replace(/s$/, ''), info: '' }));
}
