/** What of a label set takes part in matching. */
import type { VectorMatching } from '../syntax/ast.ts';
import { isMetadata, type Metric } from './metric.ts';

/** A text equal for exactly those metrics that match each other. The metric name takes part only where `on` names it. */
export function signatureOf(matching: VectorMatching): (metric: Metric) => string {
	const named = new Set(matching.labels);
	const { on } = matching;
	const known = new Map<Metric, string>();
	return (metric) => {
		let signature = known.get(metric);
		if (signature !== undefined) return signature;
		// Joined at once, see Interner: it is kept for long.
		const parts: (string | number)[] = [];
		metric.names.forEach((name, at) => {
			if (on ? !named.has(name) : named.has(name) || isMetadata(name)) return;
			const value = metric.values[at] as string;
			parts.push(name.length, ':', name, value.length, ':', value);
		});
		signature = parts.join('');
		if (known.size > 100_000) known.clear();
		known.set(metric, signature);
		return signature;
	};
}
