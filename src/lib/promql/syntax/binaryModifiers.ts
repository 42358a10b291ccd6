/** What stands between a binary operator and its right operand: `bool`, `on`, `group_left`, `fill` and their relatives. */
import { isSetOp, type BinaryOp, type VectorMatching } from './ast.ts';
import type { Reader } from './reader.ts';

export function parseBinaryModifiers(reader: Reader, op: BinaryOp): { returnBool: boolean; matching: VectorMatching } {
	const returnBool = reader.isWord('bool');
	if (returnBool) reader.advance();
	let on = false;
	let labels: readonly string[] = [];
	let card: VectorMatching['card'] = isSetOp(op) ? 'many-to-many' : 'one-to-one';
	let include: readonly string[] = [];
	if (reader.isWord('on') || reader.isWord('ignoring')) {
		on = reader.isWord('on');
		reader.advance();
		labels = reader.groupingLabels();
		if (reader.isWord('group_left') || reader.isWord('group_right')) {
			card = reader.isWord('group_left') ? 'many-to-one' : 'one-to-many';
			reader.advance();
			if (reader.isSymbol('(')) include = reader.groupingLabels();
		}
	}
	let fillLeft: number | undefined;
	let fillRight: number | undefined;
	while (isFill(reader)) {
		const word = reader.advance().text.toLowerCase();
		const value = fillValue(reader);
		if (word !== 'fill_right') fillLeft = value;
		if (word !== 'fill_left') fillRight = value;
	}
	return { returnBool, matching: { card, on, labels, include, fillLeft, fillRight } };
}

/** `fill` is a keyword only where a parenthesis follows; otherwise it is a metric like any other. */
function isFill(reader: Reader): boolean {
	if (!reader.isWord('fill') && !reader.isWord('fill_left') && !reader.isWord('fill_right')) return false;
	return reader.followedBy('(');
}

function fillValue(reader: Reader): number {
	reader.expectSymbol('(', 'expr', 'fill modifier');
	const value = reader.signedNumber('fill modifier');
	reader.expectSymbol(')', 'expr', 'fill modifier');
	return value;
}
