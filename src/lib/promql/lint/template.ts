/** Templates that parse and still render nothing, or something else than they look like. */
import { parse } from '../parse.ts';
import type { Pipeline, Template, TemplateNode, Term } from '../template/ast.ts';
import { canCarry, type Carried } from './carried.ts';
import type { Remark } from './known.ts';
import type { Unit } from './unit.ts';

type Found = Omit<Remark, 'field'>;

export interface TemplateSubject {
	readonly carried: Carried;
	/** Labels that the rule itself sets. */
	readonly own: ReadonlySet<string>;
	readonly unit: Unit;
}

/** What `.` is at a place: what the template was given, one sample, a list of samples, or something else. */
type Dot = 'data' | 'sample' | 'samples' | 'other';

export function lintTemplate(template: Template, subject: TemplateSubject): Found[] {
	const linter = new TemplateLinter(template, subject);
	linter.nodes(template.nodes, 'data');
	return linter.found;
}

/** The queries that a template asks, as far as they are written out; a place for a value reads `x`. */
export function* queriesOf(template: Template): Generator<{ text: string; exact: boolean }> {
	for (const { term, command } of termsOf(template.nodes)) {
		if (term.operand.type !== 'literal' || typeof term.operand.value !== 'string') continue;
		const text = term.operand.value;
		if (text.includes('{{')) continue;
		const [head] = command;
		if (head?.operand.type !== 'function') continue;
		if (head.operand.name === 'query') yield { text, exact: true };
		// Most of what is printed is words; a selector or a call is a query.
		if (head.operand.name === 'printf' && /[({]/.test(text))
			yield { text: text.replace(/%[-+# 0-9.]*[a-z]/g, 'x'), exact: false };
	}
}

class TemplateLinter {
	readonly found: Found[] = [];

	constructor(
		private readonly template: Template,
		private readonly subject: TemplateSubject
	) {}

	nodes(nodes: readonly TemplateNode[], dot: Dot): void {
		for (const node of nodes) {
			switch (node.type) {
				case 'action':
					this.pipeline(node.pipeline, dot, []);
					break;
				case 'if':
					this.pipeline(node.pipeline, dot, []);
					this.nodes(node.body, dot);
					this.nodes(node.otherwise, dot);
					break;
				case 'with':
				case 'range': {
					const inside = dotInside(node.type, node.pipeline);
					this.pipeline(node.pipeline, dot, inside === 'sample' ? strangeFields(node.body) : []);
					this.nodes(node.body, inside);
					this.nodes(node.otherwise, dot);
					break;
				}
				case 'template':
					if (node.pipeline) this.pipeline(node.pipeline, dot, []);
					break;
				case 'text':
				case 'break':
				case 'continue':
					break;
			}
		}
	}

	/** `strange` are fields used inside that a sample does not have. */
	private pipeline(pipeline: Pipeline, dot: Dot, strange: readonly Term[]): void {
		let nested = false;
		for (const { term, command } of termsIn(pipeline)) {
			this.labels(term, dot);
			if (term.operand.type !== 'literal' || typeof term.operand.value !== 'string') continue;
			const text = term.operand.value;
			const inside = /\{\{.*?\}\}/s.exec(text)?.[0];
			if (inside !== undefined) {
				nested = true;
				this.nested(inside, term, strange);
			} else if (command[0]?.operand.type === 'function' && command[0].operand.name === 'query') {
				const query = parse(text);
				if (!query.ok) this.add('template_query', `this query does not parse: ${query.error.message}`, term);
			}
		}
		// Inside what renders nothing anyway they have been told of already.
		if (!nested)
			for (const term of strange)
				this.add('unknown_field', `a sample has no field ${term.fields[0]}: it has .Labels and .Value`, term);
		this.percentage(pipeline, dot);
	}

	private nested(inside: string, term: Term, strange: readonly Term[]): void {
		const also = strange[0] ? `; and a sample has no field ${strange[0].fields[0]}: write .Labels.<label>` : '';
		this.add(
			'nested_template',
			`${inside} stands inside a string and is not expanded: the query asks for that very text and finds nothing, so that this renders empty; build the query with printf "…%s…" $labels.<label>${also}`,
			term
		);
	}

	private labels(term: Term, dot: Dot): void {
		const { operand, fields } = term;
		const label =
			operand.type === 'variable' && operand.name === 'labels'
				? fields[0]
				: operand.type === 'dot' && dot === 'data' && fields[0] === 'Labels'
					? fields[1]
					: undefined;
		const { carried, own } = this.subject;
		if (label === undefined || canCarry(carried, label)) return;
		const said = this.template.text.slice(term.start, term.end);
		if (own.has(label) || label === 'alertname') {
			this.add(
				'label_not_carried',
				`${said} renders empty: templates see the labels of the expression, not ${label === 'alertname' ? 'alertname' : 'those that the rule adds'}`,
				term
			);
			return;
		}
		const left = [...carried.names].filter((name) => name !== '__name__' && canCarry(carried, name)).sort();
		const rest = carried.open ? '' : left.length === 0 ? ': it keeps no label' : `: it keeps ${left.join(', ')}`;
		this.add('label_not_carried', `${said} renders empty, since the expression cannot carry ${label}${rest}`, term);
	}

	/** So many per second, printed as so many per cent. */
	private percentage(pipeline: Pipeline, dot: Dot): void {
		if (this.subject.unit !== 'per second') return;
		const prints = [...termsIn(pipeline)].find(
			({ term }) => term.operand.type === 'function' && term.operand.name === 'humanizePercentage'
		);
		const value = [...termsIn(pipeline)].some(
			({ term: { operand, fields } }) =>
				(operand.type === 'variable' && operand.name === 'value') ||
				(operand.type === 'dot' && dot === 'data' && fields[0] === 'Value')
		);
		if (!prints || !value) return;
		const message = 'this prints a number per second as a percentage: 10 per second read 1000%';
		this.add('rate_as_percentage', message, pipeline);
	}

	private add(code: string, message: string, { start, end }: { start: number; end: number }): void {
		this.found.push({ code, message, start, end });
	}
}

function dotInside(type: 'with' | 'range', pipeline: Pipeline): Dot {
	const head = pipeline.commands.at(-1)?.terms[0]?.operand;
	const name = head?.type === 'function' ? head.name : '';
	if (name === 'first') return type === 'with' ? 'sample' : 'other';
	if (name === 'query' || name === 'sortByLabel') return type === 'range' ? 'sample' : 'samples';
	return 'other';
}

/** Fields of `.` that no sample has, in what is expanded once per sample. */
function strangeFields(nodes: readonly TemplateNode[]): Term[] {
	return nodes.flatMap((node) => {
		switch (node.type) {
			case 'action':
				return strangeIn(node.pipeline);
			case 'if':
				return [...strangeIn(node.pipeline), ...strangeFields(node.body), ...strangeFields(node.otherwise)];
			default:
				return [];
		}
	});
}

function strangeIn(pipeline: Pipeline): Term[] {
	return [...termsIn(pipeline)]
		.map(({ term }) => term)
		.filter(({ operand, fields: [first] }) => {
			return operand.type === 'dot' && first !== undefined && first !== 'Labels' && first !== 'Value';
		});
}

interface TermIn {
	readonly term: Term;
	/** The terms of the command it stands in. */
	readonly command: readonly Term[];
}

function* termsIn(pipeline: Pipeline): Generator<TermIn> {
	for (const { terms } of pipeline.commands) {
		for (const term of terms) {
			yield { term, command: terms };
			if (term.operand.type === 'pipeline') yield* termsIn(term.operand.pipeline);
		}
	}
}

function* termsOf(nodes: readonly TemplateNode[]): Generator<TermIn> {
	for (const node of nodes) {
		if ('pipeline' in node && node.pipeline) yield* termsIn(node.pipeline);
		if (node.type === 'if' || node.type === 'with' || node.type === 'range') {
			yield* termsOf(node.body);
			yield* termsOf(node.otherwise);
		}
	}
}
