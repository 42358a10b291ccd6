/** The tree of a template. Offsets point into the template text. */
import type { TemplateValue } from './value.ts';

interface Node {
	readonly start: number;
	readonly end: number;
}

export type Operand = Node &
	(
		| { readonly type: 'dot' }
		| { readonly type: 'variable'; readonly name: string }
		| { readonly type: 'literal'; readonly value: TemplateValue }
		| { readonly type: 'function'; readonly name: string }
		| { readonly type: 'pipeline'; readonly pipeline: Pipeline }
	);

/** An operand with the fields taken from it: `$labels.job`. */
export interface Term extends Node {
	readonly operand: Operand;
	readonly fields: readonly string[];
}

export interface Command extends Node {
	readonly terms: readonly Term[];
}

export interface Pipeline extends Node {
	/** `$x := …` declares, `$x = …` sets; `range` may declare two. */
	readonly variables: readonly string[];
	readonly declares: boolean;
	readonly commands: readonly Command[];
}

export type TemplateNode = Node &
	(
		| { readonly type: 'text'; readonly text: string }
		| { readonly type: 'action'; readonly pipeline: Pipeline }
		| {
				readonly type: 'if' | 'with' | 'range';
				readonly pipeline: Pipeline;
				readonly body: readonly TemplateNode[];
				readonly otherwise: readonly TemplateNode[];
		  }
		| { readonly type: 'template'; readonly name: string; readonly pipeline: Pipeline | undefined }
		| { readonly type: 'break' | 'continue' }
	);

export interface Template {
	readonly text: string;
	readonly nodes: readonly TemplateNode[];
	/** Templates defined inside, by name. */
	readonly defined: ReadonlyMap<string, readonly TemplateNode[]>;
}
