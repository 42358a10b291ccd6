import { noise } from './random.ts';
import type { Curve } from './types.ts';

/** After `span` an exponential has gone 95 % of its way. */
const NEARLY = -Math.log(0.05);
/** Relaxing to the baseline: 95 % of the way after two minutes. */
const RELAX_MS = 120_000;
const JITTER_PERIOD_MS = 20_000;

/** What a shape needs beside its curve. */
export interface ShapeContext {
	/** The metric's baseline at a moment. */
	base(tMs: number): number;
	/** For a cascade: what the source has beyond its own baseline at a moment. */
	sourceExcess(tMs: number): number;
	/** Key of the erratic part. */
	seedHash: number;
	/** Where the curve really began, if not at its `from`: one pod's own value. */
	from?: number;
}

/** Value of one curve at a moment at or after its `atMs`; base units, not clamped. */
export function shapeValue(curve: Curve, tMs: number, context: ShapeContext): number {
	const from = context.from ?? curve.from;
	const elapsed = Math.max(0, tMs - curve.originMs);
	const part = curve.spanMs > 0 ? elapsed / curve.spanMs : 1;
	switch (curve.shape) {
		case 'step':
			return curve.to;
		case 'ramp':
			return from + (curve.to - from) * Math.min(1, part);
		case 'leak':
			return from + (curve.to - curve.from) * part;
		case 'saturate':
		case 'decay':
			return curve.to + (from - curve.to) * Math.exp(-NEARLY * part);
		case 'spike':
			return part >= 1 ? from : from + (curve.to - from) * (1 - part) ** 2;
		case 'sawtooth':
			return curve.from + (curve.to - curve.from) * (part - Math.floor(part));
		case 'oscillate':
			return (curve.from + curve.to) / 2 - ((curve.to - curve.from) / 2) * Math.cos(2 * Math.PI * part);
		case 'flap':
			return part - Math.floor(part) < curve.extra ? curve.to : curve.from;
		case 'jitter':
			return curve.from + curve.extra * noise(context.seedHash, tMs, JITTER_PERIOD_MS);
		case 'cascade':
			return context.base(tMs) + curve.extra * context.sourceExcess(tMs - curve.delayMs);
		case 'flatline':
			return curve.from;
		case 'accumulate':
			return from + (curve.extra * elapsed) / 60_000;
		case 'relax':
			return context.base(tMs) + (from - context.base(curve.originMs)) * Math.exp((-NEARLY * elapsed) / RELAX_MS);
	}
}

/** The last curve begun at `tMs`, or null. Curves are few: a walk from the end is the fastest. */
export function curveAt(curves: readonly Curve[], tMs: number): Curve | null {
	for (let i = curves.length - 1; i >= 0; i -= 1) {
		const curve = curves[i];
		if (curve !== undefined && curve.atMs <= tMs) return curve;
	}
	return null;
}
