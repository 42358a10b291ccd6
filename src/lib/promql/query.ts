/** A parsed and type-checked query: the tree, and the text its positions point into. */
import type { Expr } from './syntax/ast.ts';

export interface Query {
	readonly text: string;
	readonly root: Expr;
}
