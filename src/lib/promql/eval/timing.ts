/** When a selector looks: the moment of evaluation, moved by its `@` and `offset` and by the subqueries around it. */
import type { AtModifier, DurationExpr } from '../syntax/ast.ts';
import { constantSeconds, evaluateDuration } from '../syntax/duration.ts';
import { PromqlFailure } from '../result.ts';
import type { Context } from './context.ts';

export interface Bounds {
	readonly firstMs: number;
	readonly lastMs: number;
}

/** The moments at which an expression is evaluated in the course of a query. */
export type Scope = (context: Context) => Bounds;

export const wholeQuery: Scope = (context) => ({ firstMs: context.startMs, lastMs: context.endMs });

/** Milliseconds of a duration in the query under way. */
export function durationMs(expr: DurationExpr | undefined, positive: boolean): (context: Context) => number {
	if (!expr) return () => 0;
	const constant = constantSeconds(expr);
	if (constant !== undefined) {
		const ms = Math.round(constant * 1000);
		return () => ms;
	}
	return (context) => {
		const seconds = evaluateDuration(expr, context.stepMs, context.endMs - context.startMs);
		if (positive && !(seconds > 0))
			throw new PromqlFailure('execution', 'duration must be greater than 0', expr.start, expr.end);
		return Math.round(seconds * 1000);
	};
}

export interface Timing {
	/** The moment looked at now. */
	at(context: Context): number;
	/** All moments looked at in the course of the query. */
	bounds(context: Context): Bounds;
}

export function createTiming(
	node: { readonly at: AtModifier | undefined; readonly offset: DurationExpr | undefined },
	scope: Scope
): Timing {
	const offset = durationMs(node.offset, false);
	const { at } = node;
	if (!at) {
		return {
			at: (context) => context.timeMs - offset(context),
			bounds: (context) => {
				const { firstMs, lastMs } = scope(context);
				const shift = offset(context);
				return { firstMs: firstMs - shift, lastMs: lastMs - shift };
			}
		};
	}
	const pinned = (context: Context) =>
		(at.type === 'time' ? at.timeMs : at.type === 'start' ? context.startMs : context.endMs) - offset(context);
	return {
		at: pinned,
		bounds: (context) => {
			const moment = pinned(context);
			return { firstMs: moment, lastMs: moment };
		}
	};
}
