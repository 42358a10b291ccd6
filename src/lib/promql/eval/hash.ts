/**
 * XXH64 of a label set, laid out in memory as Prometheus lays it out, so that `limit_ratio` picks the series that
 * Prometheus picks.
 */
import type { Metric } from './metric.ts';

const mask = (1n << 64n) - 1n;
const [p1, p2, p3, p4, p5] = [
	11400714785074694791n,
	14029467366897019727n,
	1609587929392839161n,
	9650029242287828579n,
	2870177450012600261n
];

const rotate = (value: bigint, by: bigint) => ((value << by) | (value >> (64n - by))) & mask;
const round = (sum: bigint, input: bigint) => (rotate((sum + input * p2) & mask, 31n) * p1) & mask;
const merge = (sum: bigint, value: bigint) => ((sum ^ round(0n, value)) * p1 + p4) & mask;

/** XXH64 with seed 0. */
export function xxhash64(bytes: Uint8Array): bigint {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const length = bytes.length;
	let at = 0;
	let hash = p5;
	if (length >= 32) {
		let lanes = [(p1 + p2) & mask, p2, 0n, (mask + 1n - p1) & mask];
		for (; at + 32 <= length; at += 32)
			lanes = lanes.map((lane, index) => round(lane, view.getBigUint64(at + index * 8, true)));
		const [a = 0n, b = 0n, c = 0n, d = 0n] = lanes;
		hash = (rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n)) & mask;
		for (const lane of lanes) hash = merge(hash, lane);
	}
	hash = (hash + BigInt(length)) & mask;
	for (; at + 8 <= length; at += 8)
		hash = (rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * p1 + p4) & mask;
	if (at + 4 <= length) {
		hash = (rotate(hash ^ ((BigInt(view.getUint32(at, true)) * p1) & mask), 23n) * p2 + p3) & mask;
		at += 4;
	}
	for (; at < length; at += 1) hash = (rotate(hash ^ ((BigInt(view.getUint8(at)) * p5) & mask), 11n) * p1) & mask;
	hash = ((hash ^ (hash >> 33n)) * p2) & mask;
	hash = ((hash ^ (hash >> 29n)) * p3) & mask;
	return hash ^ (hash >> 32n);
}

const encoder = new TextEncoder();
const places = new WeakMap<Metric, number>();

/** A fixed place in [0, 1] for a label set, spread evenly. */
export function hashRatio(metric: Metric): number {
	let place = places.get(metric);
	if (place === undefined) {
		const parts: number[] = [];
		metric.names.forEach((name, at) => {
			for (const text of [name, metric.values[at] ?? '']) {
				const bytes = encoder.encode(text);
				const size = bytes.length;
				if (size < 255) parts.push(size);
				else parts.push(255, size & 255, (size >> 8) & 255, (size >> 16) & 255);
				parts.push(...bytes);
			}
		});
		place = Number(xxhash64(Uint8Array.from(parts))) / 2 ** 64;
		places.set(metric, place);
	}
	return place;
}
