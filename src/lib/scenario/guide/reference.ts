/** The reference of the authoring guide, out of the JSON Schemas: every field, what it is for, an example. Pure. */

interface Node {
	$ref?: string;
	$defs?: Record<string, Node>;
	type?: string;
	description?: string;
	examples?: unknown[];
	default?: unknown;
	enum?: unknown[];
	properties?: Record<string, Node>;
	required?: string[];
	additionalProperties?: Node | boolean;
	items?: Node;
}

export interface FieldLine {
	/** `states.*.next[].after`. */
	path: string;
	about: string;
	/** As an author writes it; null for a field that only holds others. */
	example: string | null;
	/** `required`, or what it is where it is not given; '' where nothing is. */
	otherwise: string;
}

/** Effects are the same wherever they stand: they have a section of their own. */
const isEffect = (node: Node) => node.properties?.metric !== undefined && node.properties.accumulate !== undefined;

/** Fields below a node, in the order of the schema. */
export function fieldLines(root: Node, node: Node, path = ''): FieldLine[] {
	const map = holderOf(root, node);
	if (!map) return [];
	const inside = path + map.suffix;
	return Object.entries(map.node.properties ?? {}).flatMap(([name, value]) => {
		const field = resolve(root, value);
		const own = inside === '' ? name : `${inside}.${name}`;
		const line = {
			path: own,
			about: aboutOf(field),
			example: exampleOf(field),
			otherwise: otherwiseOf(map.node, name, field)
		};
		const items = holderOf(root, field);
		if (items && isEffect(items.node)) return [{ ...line, about: `${line.about} See *Effects*.` }];
		return [line, ...fieldLines(root, field, own)];
	});
}

/** The effect as it stands in the schema of a scenario. */
export function effectOf(root: Node): Node {
	const faults = resolve(root, root.properties?.faults ?? {}).items ?? {};
	const states = resolve(root, resolve(root, faults).properties?.states ?? {}).additionalProperties;
	const effects = typeof states === 'object' ? resolve(root, states).properties?.effects : undefined;
	return resolve(root, resolve(root, effects ?? {}).items ?? {});
}

export function topFields(root: Node): { name: string; field: Node; line: FieldLine }[] {
	return Object.entries(root.properties ?? {}).map(([name, value]) => {
		const field = resolve(root, value);
		return {
			name,
			field,
			line: { path: name, about: aboutOf(field), example: exampleOf(field), otherwise: otherwiseOf(root, name, field) }
		};
	});
}

export function definitionsOf(root: Node): { name: string; about: string }[] {
	return Object.entries(root.$defs ?? {}).map(([name, { description }]) => ({ name, about: description ?? '' }));
}

/** A table of lines as Markdown. */
export function tableOf(lines: readonly FieldLine[]): string {
	const rows = lines.map(({ path, about, example, otherwise }) => {
		const shown = example === null ? '' : code(example);
		return `| \`${path}\` | ${cell(about)} | ${shown} | ${cell(otherwise)} |`;
	});
	return ['| field | what it is for | example | unless given |', '|---|---|---|---|', ...rows].join('\n');
}

function resolve(root: Node, node: Node): Node {
	if (node.$ref === undefined) return node;
	const { $ref, ...beside } = node;
	return { ...root.$defs?.[$ref.replace('#/$defs/', '')], ...beside };
}

/** The map that holds a field's own fields, through lists and maps of anything; null for what is plain. */
function holderOf(root: Node, node: Node): { node: Node; suffix: string } | null {
	if (node.properties) return { node, suffix: '' };
	if (node.items) {
		const inner = holderOf(root, resolve(root, node.items));
		return inner && { node: inner.node, suffix: `[]${inner.suffix}` };
	}
	if (typeof node.additionalProperties === 'object') {
		const inner = holderOf(root, resolve(root, node.additionalProperties));
		return inner && { node: inner.node, suffix: `.*${inner.suffix}` };
	}
	return null;
}

function aboutOf({ description = '', enum: values, items }: Node): string {
	const listed = (all: unknown[]) => all.map((value) => `\`${String(value)}\``).join(', ');
	if (items?.enum) return `${description} Any of: ${listed(items.enum)}.`;
	return values ? `${description} One of: ${listed(values)}.` : description;
}

function exampleOf({ examples }: Node): string | null {
	const [first] = examples ?? [];
	return first === undefined ? null : flow(first);
}

function otherwiseOf(holder: Node, name: string, field: Node): string {
	if (holder.required?.includes(name)) return 'required';
	const value = field.default;
	if (value === undefined || value === '' || (typeof value === 'object' && JSON.stringify(value).length <= 2))
		return '';
	return flow(value);
}

/** A value as one line of YAML. */
export function flow(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
	if (typeof value === 'object' && value !== null) {
		const pairs = Object.entries(value).map(([key, part]) => `${key}: ${flow(part)}`);
		return `{ ${pairs.join(', ')} }`;
	}
	if (typeof value !== 'string') return JSON.stringify(value);
	const plain = /^[A-Za-z][^:#{}[\],&*!|>'"%@`]*$|^-?\d+(\.\d+)?[a-z%]+$/i.test(value) && value.trim() === value;
	return plain ? value : JSON.stringify(value);
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** Code in a cell; a backtick inside asks for more of them outside. */
function code(text: string): string {
	const mark = text.includes('`') ? '``' : '`';
	return `${mark}${cell(text)}${mark}`;
}
