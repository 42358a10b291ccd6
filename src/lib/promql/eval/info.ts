/**
 * `info(v, {…})`: adds to each series the labels of the info series of the same target. Info series are those of
 * `target_info` unless the second argument selects others; a target is a `job` and an `instance`.
 */
import { createMatcher } from '../matcher.ts';
import { PromqlFailure } from '../result.ts';
import type { Matcher } from '../series.ts';
import type { Call, Selector } from '../syntax/ast.ts';
import type { Context } from './context.ts';
import { isMetadata, metricName, type Interner, type Metric } from './metric.ts';
import type { VectorNode } from './nodes.ts';
import { instantSelector } from './selector.ts';
import { createTiming, type Scope } from './timing.ts';
import { VectorBuilder, type Vector } from './vector.ts';

const identifying = ['instance', 'job'];

export function infoCall(
	call: Call,
	inner: VectorNode,
	chosen: Selector | undefined,
	scope: Scope,
	interner: Interner
): VectorNode {
	const nameMatchers = chosen?.matchers.filter((matcher) => matcher.name === metricName) ?? [];
	const labelMatchers = chosen?.matchers.filter((matcher) => matcher.name !== metricName) ?? [];
	const matchers: Matcher[] = [...namesOf(nameMatchers), ...labelMatchers];
	const selector: Selector = {
		type: 'selector',
		name: undefined,
		matchers,
		offset: undefined,
		at: undefined,
		bounds: undefined,
		start: call.start,
		end: call.end
	};
	const timing = createTiming(selector, scope);
	const infoValues = instantSelector(selector, timing, interner, true, false);
	const infoTimes = instantSelector(selector, timing, interner, true, true);
	const wanted = new Set(labelMatchers.map((matcher) => matcher.name));
	const isInfo = (name: string) => matchers.every((matcher) => matcher.name !== metricName || matcher.matches(name));
	const out = new VectorBuilder();
	return (context) => {
		const base = inner(context);
		const infos = newest(context, infoValues, infoTimes, call);
		out.begin();
		for (let at = 0; at < base.shape.length; at += 1) {
			const metric = base.shape[at] as Metric;
			const value = base.values[at] as number;
			if (isInfo(metric.get(metricName)) && metric.get(metricName) !== '') {
				out.push(metric, value);
				continue;
			}
			const found = infos.get(targetOf(metric));
			// Without info about it, a series stays only where the conditions allow labels to be missing.
			if (!found && labelMatchers.some((matcher) => !matcher.matches(''))) continue;
			const additions: Record<string, string> = {};
			for (const info of found ?? []) {
				info.names.forEach((name, index) => {
					if (
						isMetadata(name) ||
						identifying.includes(name) ||
						(wanted.size > 0 && !wanted.has(name)) ||
						metric.get(name) !== ''
					)
						return;
					const text = info.values[index] as string;
					if (additions[name] !== undefined && additions[name] !== text)
						throw new PromqlFailure('execution', `conflicting label: ${name}`, call.start, call.end);
					additions[name] = text;
				});
			}
			out.push(interner.with(metric, additions), value);
		}
		return out.endUnique(call.start, call.end);
	};
}

/** Conditions on the names of info series. Those that only rule names out leave the rest of what is called `…_info`. */
function namesOf(given: readonly Matcher[]): readonly Matcher[] {
	if (given.length === 0) return [createMatcher(metricName, '=', 'target_info')];
	const chooses = given.some(({ op }) => op === '=' || op === '=~');
	return chooses ? given : [createMatcher(metricName, '=~', '.+_info'), ...given];
}

function targetOf(metric: Metric): string {
	return identifying.map((name) => `${metric.get(name).length}:${metric.get(name)}`).join('');
}

/** The info series of each target; of several with the same name the one with the newest sample. */
function newest(context: Context, values: VectorNode, times: VectorNode, call: Call): Map<string, Metric[]> {
	const current: Vector = values(context);
	const stamps: Vector = times(context);
	const best = new Map<string, { metric: Metric; time: number }>();
	for (let at = 0; at < current.shape.length; at += 1) {
		const metric = current.shape[at] as Metric;
		const time = stamps.values[at] as number;
		const key = `${metric.get(metricName)}\n${targetOf(metric)}`;
		const before = best.get(key);
		if (before?.time === time) {
			const [first, second] = [before.metric.toString(), metric.toString()];
			throw new PromqlFailure(
				'execution',
				`found duplicate series for info metric: existing ${first} @ ${time * 1000}, new ${second} @ ${time * 1000}`,
				call.start,
				call.end
			);
		}
		if (!before || time > before.time) best.set(key, { metric, time });
	}
	const byTarget = new Map<string, Metric[]>();
	for (const { metric } of best.values()) {
		const key = targetOf(metric);
		const list = byTarget.get(key);
		if (list) list.push(metric);
		else byTarget.set(key, [metric]);
	}
	return byTarget;
}
