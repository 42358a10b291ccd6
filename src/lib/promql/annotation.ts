import type { Position } from './result.ts';

/** A remark on a query that succeeded. Warnings say that the answer is probably wrong, infos that it may be. */
export interface Annotation {
	readonly level: 'warning' | 'info';
	readonly message: string;
	readonly position: Position;
}

/** The remark as the query API prints it: `PromQL warning: … (1:7)`. */
export function formatAnnotation(annotation: Annotation): string {
	const { line, column } = annotation.position;
	return `PromQL ${annotation.level}: ${annotation.message} (${line}:${column})`;
}
