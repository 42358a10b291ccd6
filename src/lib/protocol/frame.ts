/**
 * Telemetry frames: columnar, little endian, one per tick for all open queries of a view.
 *
 * | field | type | meaning |
 * |---|---|---|
 * | at | f64 | incident time of the sample, epoch ms |
 * | count | u32 | number of (query, series) cells |
 * | then per cell: queryIndex, seriesIndex | u16, u16 | which line |
 * | … and value | f64 | NaN where there is no sample |
 */
export interface FrameCell {
	queryIndex: number;
	seriesIndex: number;
	value: number;
}

export interface Frame {
	at: number;
	cells: FrameCell[];
}

const HEADER = 12;
const CELL = 12;

/** Packs a frame. Indexes must lie below 65536. */
export function encodeFrame(frame: Frame): ArrayBuffer {
	const buffer = new ArrayBuffer(HEADER + frame.cells.length * CELL);
	const view = new DataView(buffer);
	view.setFloat64(0, frame.at, true);
	view.setUint32(8, frame.cells.length, true);
	let offset = HEADER;
	for (const cell of frame.cells) {
		view.setUint16(offset, cell.queryIndex, true);
		view.setUint16(offset + 2, cell.seriesIndex, true);
		view.setFloat64(offset + 4, cell.value, true);
		offset += CELL;
	}
	return buffer;
}

/** Unpacks a frame; null where the bytes are not one. */
export function decodeFrame(data: ArrayBuffer | Uint8Array): Frame | null {
	const view =
		data instanceof Uint8Array ? new DataView(data.buffer, data.byteOffset, data.byteLength) : new DataView(data);
	if (view.byteLength < HEADER) return null;
	const count = view.getUint32(8, true);
	if (view.byteLength !== HEADER + count * CELL) return null;
	const cells: FrameCell[] = [];
	for (let i = 0; i < count; i++) {
		const offset = HEADER + i * CELL;
		cells.push({
			queryIndex: view.getUint16(offset, true),
			seriesIndex: view.getUint16(offset + 2, true),
			value: view.getFloat64(offset + 4, true)
		});
	}
	return { at: view.getFloat64(0, true), cells };
}
