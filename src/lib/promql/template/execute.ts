/** Expands a parsed template. */
import { exhaustive } from '../exhaustive.ts';
import type { Command, Operand, Pipeline, Template, TemplateNode, Term } from './ast.ts';
import { arity, functionTable, WrongArgument, type TemplateHost } from './functions.ts';
import { display } from './printf.ts';
import { isList, isTrue, QuerySample, TemplateFailure, typeName, type TemplateValue } from './value.ts';

/** Longest text a template may grow to, and most steps it may take. */
const maxOutput = 64 * 1024;
const maxSteps = 10_000;

/** The type of what a rule's template is given, as Go prints it. */
const dataType =
	'struct { Labels map[string]string; ExternalLabels map[string]string; ExternalURL string; Value float64 }';

type Place = { readonly start: number; readonly end: number };

/** Where Go says a term with fields stands: at the field that follows a variable, or a first field. */
function fieldsFrom({ operand, fields, start }: Term): number {
	if (operand.type === 'variable' && fields.length > 0) return start + 1 + operand.name.length;
	return operand.type === 'dot' && fields.length > 1 ? start + 1 + (fields[0]?.length ?? 0) : start;
}

type Signal = 'break' | 'continue' | undefined;

/**
 * Expands a template over `data`, which is what `.` and `$` stand for.
 * @throws TemplateFailure with the place and the reason.
 */
export function execute(
	template: Template,
	data: TemplateValue,
	variables: Readonly<Record<string, TemplateValue>>,
	host: TemplateHost
): string {
	const run = new Run(template, host, data);
	run.declare('', data);
	for (const [name, value] of Object.entries(variables)) run.declare(name, value);
	run.list(template.nodes, data);
	return run.output;
}

class Run {
	output = '';
	private variables: { name: string; value: TemplateValue }[] = [];
	private steps = 0;
	private depth = 0;

	constructor(
		private readonly template: Template,
		private readonly host: TemplateHost,
		/** What the template was given: it has four fields and no others. */
		private readonly data: TemplateValue
	) {}

	declare(name: string, value: TemplateValue): void {
		this.variables.push({ name, value });
	}

	list(nodes: readonly TemplateNode[], dot: TemplateValue): Signal {
		for (const node of nodes) {
			if ((this.steps += 1) > maxSteps) throw new TemplateFailure('template takes too many steps', node.start);
			const signal = this.node(node, dot);
			if (signal) return signal;
		}
		return undefined;
	}

	private node(node: TemplateNode, dot: TemplateValue): Signal {
		switch (node.type) {
			case 'text':
				this.write(node.text, node.start);
				return undefined;
			case 'action': {
				const value = this.pipeline(node.pipeline, dot);
				if (node.pipeline.variables.length === 0)
					this.write(value === null ? '<no value>' : display(value), node.start);
				return undefined;
			}
			case 'if':
			case 'with':
				return this.scoped(() => {
					const value = this.pipeline(node.pipeline, dot);
					if (isTrue(value)) return this.list(node.body, node.type === 'with' ? value : dot);
					return this.list(node.otherwise, dot);
				});
			case 'range':
				return this.scoped(() => this.range(node.pipeline, node.body, node.otherwise, dot));
			case 'template': {
				const body = this.template.defined.get(node.name);
				if (!body) throw new TemplateFailure(`template ${JSON.stringify(node.name)} not defined`, node.start);
				this.invoke(body, node.pipeline ? this.pipeline(node.pipeline, dot) : null, node.start);
				return undefined;
			}
			case 'break':
			case 'continue':
				return node.type;
			default:
				return exhaustive(node);
		}
	}

	/** A template called by name sees its argument as `.` and `$`, and none of the caller's variables. */
	private invoke(body: readonly TemplateNode[], data: TemplateValue, start: number): void {
		if ((this.depth += 1) > 50) throw new TemplateFailure('exceeded maximum template depth', start);
		const outer = this.variables;
		this.variables = [{ name: '', value: data }];
		this.list(body, data);
		this.variables = outer;
		this.depth -= 1;
	}

	private scoped<T>(body: () => T): T {
		const mark = this.variables.length;
		const value = body();
		this.variables.length = mark;
		return value;
	}

	private range(
		pipeline: Pipeline,
		body: readonly TemplateNode[],
		otherwise: readonly TemplateNode[],
		dot: TemplateValue
	): Signal {
		const value = this.commands(pipeline, dot);
		const entries: (readonly [TemplateValue, TemplateValue])[] = this.entries(value, pipeline.start);
		if (entries.length === 0) return this.list(otherwise, dot);
		for (const [key, element] of entries) {
			const signal = this.scoped(() => {
				const [first, second] = pipeline.variables;
				if (first !== undefined) this.declare(first, second === undefined ? element : key);
				if (second !== undefined) this.declare(second, element);
				return this.list(body, element);
			});
			if (signal === 'break') break;
		}
		return undefined;
	}

	private entries(value: TemplateValue, start: number): (readonly [TemplateValue, TemplateValue])[] {
		if (value === null) return [];
		if (isList(value)) return value.map((element, at) => [BigInt(at), element] as const);
		if (value instanceof Map) {
			const map: ReadonlyMap<string, TemplateValue> = value;
			return [...map.keys()].sort().map((key) => [key, map.get(key) ?? null] as const);
		}
		if (typeof value === 'bigint' && value <= BigInt(maxSteps))
			return Array.from({ length: Number(value) }, (_, at) => [BigInt(at), BigInt(at)] as const);
		throw new TemplateFailure(`range can't iterate over ${display(value)}`, start);
	}

	private pipeline(pipeline: Pipeline, dot: TemplateValue): TemplateValue {
		const value = this.commands(pipeline, dot);
		for (const name of pipeline.variables) {
			if (pipeline.declares) this.declare(name, value);
			else this.assign(name, value);
		}
		return value;
	}

	private assign(name: string, value: TemplateValue): void {
		for (let at = this.variables.length - 1; at >= 0; at -= 1) {
			const variable = this.variables[at];
			if (variable?.name !== name) continue;
			variable.value = value;
			return;
		}
	}

	private commands(pipeline: Pipeline, dot: TemplateValue): TemplateValue {
		let value: TemplateValue | undefined;
		for (const command of pipeline.commands) value = this.command(command, dot, value);
		return value ?? null;
	}

	/** Calls a function with its arguments and the value piped in; anything else is a value and takes none. */
	private command(command: Command, dot: TemplateValue, piped: TemplateValue | undefined): TemplateValue {
		const [head, ...rest] = command.terms;
		if (!head) throw new TemplateFailure('missing value for command', command.start);
		if (head.operand.type === 'function' && head.fields.length === 0) {
			const { name } = head.operand;
			if (name === 'and' || name === 'or') return this.shortCircuit(name, rest, dot, piped);
			const args = rest.map((term) => this.term(term, dot));
			if (piped !== undefined) args.push(piped);
			return this.call(name, args, head, command, rest);
		}
		if (rest.length > 0 || piped !== undefined) throw this.noFunction(head);
		return this.term(head, dot);
	}

	private noFunction(head: Term): TemplateFailure {
		const field = head.fields.at(-1);
		const written = this.template.text.slice(head.start, head.end);
		return field === undefined
			? new TemplateFailure(`can't give argument to non-function ${written}`, head.start, head.end)
			: new TemplateFailure(`${field} is not a method but has arguments`, head.start, head.end, fieldsFrom(head));
	}

	/** A literal is told of by itself, any other value by its type. */
	private wrongArgument(error: WrongArgument, terms: readonly Term[], start: number, end: number): TemplateFailure {
		const term = terms[error.index];
		if (term?.operand.type !== 'literal') return new TemplateFailure(error.message, start, end);
		const written = this.template.text.slice(term.start, term.end);
		return new TemplateFailure(`expected ${error.wanted}; found ${written}`, term.start, term.end);
	}

	private shortCircuit(
		name: 'and' | 'or',
		terms: readonly Term[],
		dot: TemplateValue,
		piped: TemplateValue | undefined
	): TemplateValue {
		let value: TemplateValue = null;
		for (const term of terms) {
			value = this.term(term, dot);
			if (isTrue(value) === (name === 'or')) return value;
		}
		return piped ?? value;
	}

	/** `terms` are the arguments as they are written, `command` the call with them. */
	private call(
		name: string,
		args: readonly TemplateValue[],
		head: Place,
		{ start, end }: Place = head,
		terms: readonly Term[] = []
	): TemplateValue {
		if (name === 'tmpl') {
			const [target, data = null] = args;
			const body = typeof target === 'string' ? this.template.defined.get(target) : undefined;
			if (!body)
				throw new TemplateFailure(`error calling tmpl: template ${display(target ?? null)} not defined`, start, end);
			const before = this.output;
			this.output = '';
			this.invoke(body, data, start);
			const text = this.output;
			this.output = before;
			return text;
		}
		const apply = functionTable[name];
		if (!apply) throw new TemplateFailure(`function ${JSON.stringify(name)} not defined`, start);
		const wanted = arity[name];
		if (wanted !== undefined && wanted !== args.length) {
			const message = `wrong number of args for ${name}: want ${wanted} got ${args.length}`;
			throw new TemplateFailure(message, head.start, head.end);
		}
		try {
			const value = apply(args, this.host);
			if (typeof value === 'string' && value.length > maxOutput) throw new Error('the text is too long');
			return value;
		} catch (error) {
			if (error instanceof TemplateFailure || !(error instanceof Error)) throw error;
			if (error instanceof WrongArgument) throw this.wrongArgument(error, terms, start, end);
			const message = error.message.startsWith('wrong number of args')
				? error.message.replace('args', `args for ${name}`)
				: `error calling ${name}: ${error.message}`;
			throw new TemplateFailure(message, start, end);
		}
	}

	private term(term: Term, dot: TemplateValue): TemplateValue {
		let value = this.operand(term.operand, dot);
		for (const field of term.fields) value = this.field(value, field, term);
		return value;
	}

	private operand(operand: Operand, dot: TemplateValue): TemplateValue {
		switch (operand.type) {
			case 'dot':
				return dot;
			case 'literal':
				return operand.value;
			case 'variable': {
				const found = this.variables.findLast((variable) => variable.name === operand.name);
				if (!found) throw new TemplateFailure(`undefined variable: $${operand.name}`, operand.start);
				return found.value;
			}
			case 'function':
				return this.call(operand.name, [], operand);
			case 'pipeline':
				return this.scoped(() => this.pipeline(operand.pipeline, dot));
			default:
				return exhaustive(operand);
		}
	}

	/** A missing key of a map is empty; a missing field of anything else is a failure. */
	private field(value: TemplateValue, name: string, term: Term): TemplateValue {
		const { start, end } = term;
		if (value === this.data && value instanceof Map && !value.has(name))
			throw new TemplateFailure(`can't evaluate field ${name} in type ${dataType}`, start, end, fieldsFrom(term));
		if (value instanceof Map) return (value as ReadonlyMap<string, TemplateValue>).get(name) ?? '';
		if (value instanceof QuerySample) {
			if (name === 'Labels') return value.labels;
			if (name === 'Value') return value.value;
		}
		throw new TemplateFailure(
			value === null
				? `nil data; no entry for key "${name}"`
				: `can't evaluate field ${name} in type ${typeName(value)}`,
			start,
			end,
			fieldsFrom(term)
		);
	}

	private write(text: string, start: number): void {
		this.output += text;
		if (this.output.length > maxOutput) throw new TemplateFailure('template output is too long', start);
	}
}
