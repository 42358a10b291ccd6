import { COMMAND_ROLES, type CommandRole } from '../incident/role.ts';
import { SEVERITIES, type Severity } from '../incident/severity.ts';
import { INCIDENT_STATUSES } from '../incident/status.ts';
import type { Comparator, Condition, ParsedCondition } from './condition.ts';
import { parseDuration, parseMetricTarget, parseQuantity } from './units.ts';

/**
 * Reads conditions as authors write them. Precedence: `not` binds closer than `and`, `and` closer than `or`;
 * parentheses group. It must not know what a condition is tested against.
 */

interface Token {
	kind: 'word' | 'op' | '(' | ')' | 'end';
	text: string;
	offset: number;
}

class Unreadable extends Error {
	constructor(
		message: string,
		readonly offset: number
	) {
		super(message);
	}
}

const COMPARATORS = ['<=', '>=', '==', '!=', '<', '>'] as const;
const FUNCTIONS = [
	'metric',
	'state',
	'visited',
	'action',
	'evidence',
	'role',
	'comms',
	'alert',
	'acknowledged',
	'answered'
] as const;
const TERMS = `${FUNCTIONS.map((name) => `${name}(…)`).join(', ')}, elapsed, clock, severity, status, declared, handoff_complete`;
/** Deeper nesting is a slip of the pen, and would recurse for nothing. */
const MAX_DEPTH = 40;

/** Parses a condition; what cannot be read is an answer with the offset in the text, never a throw. */
export function parseCondition(text: string): ParsedCondition {
	try {
		const parser = new Parser(text);
		return { ok: true, condition: parser.whole() };
	} catch (error) {
		if (!(error instanceof Unreadable)) throw error;
		return { ok: false, message: error.message, offset: error.offset };
	}
}

class Parser {
	private at = 0;
	private depth = 0;
	constructor(private readonly text: string) {}

	whole(): Condition {
		const condition = this.or();
		const rest = this.next();
		if (rest.kind !== 'end') {
			throw new Unreadable(`did not expect "${rest.text}" here: conditions are joined with and, or`, rest.offset);
		}
		return condition;
	}

	private or(): Condition {
		const any = [this.and()];
		while (this.takeWord('or')) any.push(this.and());
		return any.length === 1 && any[0] ? any[0] : { type: 'or', any };
	}

	private and(): Condition {
		const all = [this.unary()];
		while (this.takeWord('and')) all.push(this.unary());
		return all.length === 1 && all[0] ? all[0] : { type: 'and', all };
	}

	private unary(): Condition {
		this.depth += 1;
		if (this.depth > MAX_DEPTH) throw new Unreadable('the condition is nested too deeply', this.at);
		try {
			if (this.takeWord('not')) return { type: 'not', not: this.unary() };
			const token = this.next();
			if (token.kind === '(') {
				const inner = this.or();
				this.expect(')');
				return inner;
			}
			if (token.kind !== 'word') throw new Unreadable(`expected a condition: ${TERMS}`, token.offset);
			return this.term(token);
		} finally {
			this.depth -= 1;
		}
	}

	private term(name: Token): Condition {
		switch (name.text) {
			case 'metric':
				return this.metric();
			case 'state':
			case 'visited': {
				const [argument, offset] = this.argument();
				const match = /^(?:([a-z0-9][a-z0-9_-]*)\.)?([a-z0-9][a-z0-9_-]*)$/.exec(argument);
				if (!match) throw new Unreadable(`expected a state, or fault.state, in ${name.text}(…)`, offset);
				return { type: name.text, fault: match[1] ?? null, state: match[2] ?? '' };
			}
			case 'action':
			case 'evidence':
			case 'answered': {
				const [id, offset] = this.argument();
				if (!/^[a-z0-9][a-z0-9_-]*$/.test(id)) throw new Unreadable(`expected an id in ${name.text}(…)`, offset);
				return { type: name.text, id };
			}
			case 'alert':
			case 'acknowledged': {
				const [alert, offset] = this.argument();
				if (!/^[A-Za-z_][A-Za-z0-9_ -]*$/.test(alert))
					throw new Unreadable(`expected the name of an alert in ${name.text}(…)`, offset);
				return { type: name.text, name: alert };
			}
			case 'role': {
				const [role, offset] = this.argument();
				if (!isOneOf(COMMAND_ROLES, role))
					throw new Unreadable(`expected one of ${COMMAND_ROLES.join(', ')} in role(…)`, offset);
				return { type: 'role', role: role satisfies CommandRole };
			}
			case 'comms':
				return this.comms();
			case 'elapsed': {
				const op = this.comparator();
				const value = this.word('a duration such as 8m');
				const ms = parseDuration(value.text);
				if (ms === null)
					throw new Unreadable(`cannot read "${value.text}": expected a duration such as 8m`, value.offset);
				return { type: 'elapsed', op, ms };
			}
			case 'clock': {
				const op = this.comparator();
				const value = this.word('a time such as 06:00');
				const match = /^(\d{2}):([0-5]\d)$/.exec(value.text);
				if (!match)
					throw new Unreadable(
						`cannot read "${value.text}": expected a time such as 06:00 (30:00 is 06:00 on the next day)`,
						value.offset
					);
				return { type: 'clock', op, minutes: Number(match[1]) * 60 + Number(match[2]) };
			}
			case 'severity': {
				const op = this.comparator();
				const value = this.word('P1, P2, P3 or P4');
				if (!isOneOf(SEVERITIES, value.text))
					throw new Unreadable(`expected one of ${SEVERITIES.join(', ')}`, value.offset);
				return { type: 'severity', op, severity: value.text satisfies Severity };
			}
			case 'status': {
				const equals = this.next();
				if (equals.text !== '==') throw new Unreadable('expected == after status', equals.offset);
				const value = this.word('a status');
				if (!isOneOf(INCIDENT_STATUSES, value.text))
					throw new Unreadable(`expected one of ${INCIDENT_STATUSES.join(', ')}`, value.offset);
				return { type: 'status', status: value.text };
			}
			case 'declared':
				return { type: 'declared' };
			case 'handoff_complete':
				return { type: 'handoff_complete' };
			default:
				throw new Unreadable(`there is no condition "${name.text}": expected one of ${TERMS}`, name.offset);
		}
	}

	private metric(): Condition {
		const [argument, offset] = this.argument();
		const target = parseMetricTarget(argument);
		if (!target) throw new Unreadable(`cannot read "${argument}": expected a metric such as core-api.errors`, offset);
		const op = this.comparator();
		const written = this.word('a quantity such as 0.5%');
		const value = parseQuantity(written.text);
		if (value === null)
			throw new Unreadable(
				`cannot read "${written.text}": expected a quantity such as 0.5%, 420ms or 14`,
				written.offset
			);
		return { type: 'metric', target, op, value, forMs: this.held() };
	}

	private held(): number {
		if (!this.takeWord('for')) return 0;
		const written = this.word('a duration such as 3m');
		const ms = parseDuration(written.text);
		if (ms === null || ms < 0)
			throw new Unreadable(`cannot read "${written.text}": expected a duration such as 3m`, written.offset);
		return ms;
	}

	private comms(): Condition {
		const [audience, offset] = this.argument();
		if (!/^[a-z][a-z_]*$/.test(audience))
			throw new Unreadable('expected status_page, internal or stakeholders in comms(…)', offset);
		const op = this.comparator();
		const written = this.word('a number');
		if (!/^\d+$/.test(written.text))
			throw new Unreadable(`cannot read "${written.text}": expected a whole number`, written.offset);
		return { type: 'comms', audience, op, count: Number(written.text) };
	}

	/** The text between parentheses, without the spaces around it, and where it stands. */
	private argument(): [string, number] {
		this.expect('(');
		const close = this.text.indexOf(')', this.at);
		if (close < 0) throw new Unreadable('a parenthesis is not closed', this.at);
		const raw = this.text.slice(this.at, close);
		const offset = this.at + (raw.length - raw.trimStart().length);
		this.at = close + 1;
		return [raw.trim(), offset];
	}

	private comparator(): Comparator {
		const token = this.next();
		if (token.kind !== 'op' || !isOneOf(COMPARATORS, token.text)) {
			throw new Unreadable('expected one of < <= > >= == !=', token.offset);
		}
		return token.text;
	}

	private word(expected: string): Token {
		const token = this.next();
		if (token.kind !== 'word') throw new Unreadable(`expected ${expected}`, token.offset);
		return token;
	}

	private expect(kind: '(' | ')'): void {
		const token = this.next();
		if (token.kind !== kind) throw new Unreadable(`expected "${kind}"`, token.offset);
	}

	private takeWord(text: string): boolean {
		const before = this.at;
		const token = this.next();
		if (token.kind === 'word' && token.text === text) return true;
		this.at = before;
		return false;
	}

	private next(): Token {
		while (/\s/.test(this.text.charAt(this.at))) this.at += 1;
		const offset = this.at;
		const char = this.text.charAt(offset);
		if (char === '') return { kind: 'end', text: 'the end', offset };
		if (char === '(' || char === ')') {
			this.at += 1;
			return { kind: char, text: char, offset };
		}
		const operator = COMPARATORS.find((op) => this.text.startsWith(op, offset));
		if (operator) {
			this.at += operator.length;
			return { kind: 'op', text: operator, offset };
		}
		let end = offset;
		while (end < this.text.length && !/[\s()<>=!]/.test(this.text.charAt(end))) end += 1;
		if (end === offset) throw new Unreadable(`did not expect "${char}" here`, offset);
		this.at = end;
		return { kind: 'word', text: this.text.slice(offset, end), offset };
	}
}

function isOneOf<T extends string>(all: readonly T[], text: string): text is T {
	return (all as readonly string[]).includes(text);
}
