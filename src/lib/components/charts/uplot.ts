/** uPlot itself, apart, so that it is loaded when the first chart is shown. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Colours } from './colours.svelte.ts';
import { nearestDot, type ChartDot } from './dots.ts';
import type { ChartLimit } from './limits.ts';
import { dashOf } from './line-style.ts';
import type { ChartMark } from './marks.ts';
import { LOG } from './log-scale.ts';
import { EVEN, type Scale } from './scale.ts';
import { withUnit, type Unit } from './units.ts';

export interface ChartSetup {
	width: number;
	height: number;
	unit: Unit;
	/** By powers of ten instead of from nought. */
	log: boolean;
	lines: number;
	timeZone: string | undefined;
	colours: Colours;
	/** Charts with the same key share one crosshair. */
	syncKey: string | null;
	/** Read on each drawing, so that they may change without a new chart. */
	limits: () => readonly ChartLimit[];
	marks: () => readonly ChartMark[];
	dots: () => readonly ChartDot[];
	/** Part of the time shown, epoch ms; null for all there is. */
	window: () => { fromAt: number; toAt: number } | null;
	/** Under the pointer of this or another chart: the row, or null when it has left. */
	onhover: (row: number | null) => void;
	/** A stretch was dragged over; null asks for all again. */
	onzoom: (zoom: { fromAt: number; toAt: number } | null) => void;
}

const FONT = "10px 'Inter Variable', system-ui, sans-serif";

export function createChart(host: HTMLElement, setup: ChartSetup): uPlot {
	const { unit, colours, timeZone, syncKey } = setup;
	const { named } = colours;
	const axis: uPlot.Axis = {
		stroke: named['ink-2'],
		font: FONT,
		grid: { stroke: named.line, width: 1 },
		ticks: { show: false }
	};
	let scale = (setup.log ? LOG : EVEN).scaleOf([], [], unit);
	const options: uPlot.Options = {
		width: setup.width,
		height: setup.height,
		padding: [8, 8, 0, 0],
		legend: { show: false },
		tzDate: (seconds) => zoned(seconds * 1000, timeZone),
		scales: {
			x: { time: true, range: (_plot, min, max) => shown(setup.window(), min, max) },
			y: {
				...(setup.log ? { distr: 3 as const, log: 10 as const } : {}),
				range: (plot): [number, number] => {
					scale = inSight(plot, setup);
					return [scale.min, scale.max];
				}
			}
		},
		axes: [
			{
				...axis,
				space: 48,
				size: 20,
				gap: 3,
				grid: { show: false },
				values: (plot, splits) =>
					splits.map((seconds) => {
						const at = plot.valToPos(seconds, 'x');
						// A label that would be cut off at either end is left out.
						return at < 12 || at > plot.bbox.width / devicePixelRatio - 6 ? '' : timeLabel(seconds * 1000, timeZone);
					})
			},
			{
				...axis,
				space: 30,
				size: 46,
				gap: 4,
				splits: () => scale.levels,
				filter: (_plot, splits) => splits,
				values: (_plot, splits) => splits.map((value) => withUnit(value, unit))
			}
		],
		series: [{}, ...Array.from({ length: setup.lines }, (_, i) => line(colours.series[i % colours.series.length], i))],
		cursor: {
			x: true,
			y: false,
			points: { size: 5 },
			drag: { x: true, y: false, setScale: false },
			...(syncKey ? { sync: { key: syncKey, setSeries: false } } : {}),
			bind: {
				dblclick: () => () => {
					setup.onzoom(null);
					return null;
				}
			}
		},
		hooks: {
			drawAxes: [(plot) => drawMarks(plot, setup)],
			draw: [(plot) => drawLimits(plot, setup), (plot) => drawDots(plot, setup)],
			setCursor: [(plot) => setup.onhover(plot.cursor.idx ?? null)],
			setSelect: [(plot) => select(plot, setup)]
		}
	};
	return new uPlot(options, [[]], host);
}

function line(stroke: string | undefined, index: number): uPlot.Series {
	return {
		stroke: stroke ?? 'currentColor',
		width: 1.6,
		dash: dashOf(index),
		points: { show: false },
		spanGaps: false
	};
}

function timeLabel(at: number, timeZone: string | undefined): string {
	const date = zoned(at, timeZone);
	const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
	return date.getSeconds() === 0 ? clock : `${clock}:${two(date.getSeconds())}`;
}

const two = (value: number) => String(value).padStart(2, '0');

function zoned(at: number, timeZone: string | undefined): Date {
	return timeZone ? uPlot.tzDate(new Date(at), timeZone) : new Date(at);
}

function shown(zoom: { fromAt: number; toAt: number } | null, min: number, max: number): [number, number] {
	if (zoom) return [zoom.fromAt / 1000, zoom.toAt / 1000];
	return Number.isFinite(min) && max > min ? [min, max] : [min - 30, min + 30];
}

/** The values in the part that is shown. The scale of time is not asked: while both are set, it is still the old one. */
function inSight(plot: uPlot, setup: ChartSetup): Scale {
	const zoom = setup.window();
	const [from, to] = zoom ? [zoom.fromAt / 1000, zoom.toAt / 1000] : [-Infinity, Infinity];
	const times = plot.data[0];
	let first = 0;
	while (first < times.length && (times[first] ?? to) < from) first++;
	let last = times.length;
	while (last > first && (times[last - 1] ?? from) > to) last--;
	const columns = plot.data.slice(1).map((column) => (column as (number | null)[]).slice(first, last));
	const limits = setup.limits().map(({ value }) => value);
	return (setup.log ? LOG : EVEN).scaleOf(columns, limits, setup.unit);
}

function select(plot: uPlot, setup: ChartSetup): void {
	const { left, width } = plot.select;
	if (width < 4) return;
	const fromAt = plot.posToVal(left, 'x') * 1000;
	const toAt = plot.posToVal(left + width, 'x') * 1000;
	plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
	setup.onzoom({ fromAt, toAt });
}

/** Over the grid and under the lines: ┆ where something was changed, ▾ where an alert fired. */
function drawMarks(plot: uPlot, { marks, colours }: ChartSetup): void {
	const { ctx, bbox } = plot;
	const [min, max] = [plot.scales.x?.min, plot.scales.x?.max];
	if (min === undefined || min === null || max === undefined || max === null) return;
	ctx.save();
	for (const mark of marks()) {
		if (mark.at / 1000 < min || mark.at / 1000 > max) continue;
		const x = Math.round(plot.valToPos(mark.at / 1000, 'x', true));
		if (mark.kind === 'change') {
			ctx.strokeStyle = colours.named['ink-3'];
			ctx.lineWidth = devicePixelRatio;
			ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
			ctx.beginPath();
			ctx.moveTo(x, bbox.top);
			ctx.lineTo(x, bbox.top + bbox.height);
			ctx.stroke();
		} else {
			const size = 4 * devicePixelRatio;
			ctx.fillStyle = colours.named['sev-2'];
			ctx.beginPath();
			ctx.moveTo(x - size, bbox.top - size);
			ctx.lineTo(x + size, bbox.top - size);
			ctx.lineTo(x, bbox.top + size);
			ctx.fill();
		}
	}
	ctx.restore();
}

function drawLimits(plot: uPlot, { limits, colours }: ChartSetup): void {
	const [min, max] = [plot.scales.y?.min, plot.scales.y?.max];
	if (min === undefined || min === null || max === undefined || max === null) return;
	const { ctx, bbox } = plot;
	for (const { value, tone } of limits()) {
		if (value < min || value > max) continue;
		const y = Math.round(plot.valToPos(value, 'y', true));
		ctx.save();
		ctx.strokeStyle = colours.named[tone === 'bad' ? 'sev-1' : 'sev-2'];
		ctx.globalAlpha = 0.75;
		ctx.lineWidth = devicePixelRatio;
		ctx.setLineDash((tone === 'bad' ? [5, 4] : [2, 4]).map((part) => part * devicePixelRatio));
		ctx.beginPath();
		ctx.moveTo(bbox.left, y);
		ctx.lineTo(bbox.left + bbox.width, y);
		ctx.stroke();
		ctx.restore();
	}
}

/** Where a dot is drawn, in CSS pixels of the plot; what lies beyond the scale stands at its upper edge. */
function placeOf(plot: uPlot, { at, value }: ChartDot): { x: number; y: number } {
	const y = plot.valToPos(value, 'y');
	return { x: plot.valToPos(at / 1000, 'x'), y: Math.max(2, y) };
}

/** The dot under the pointer, given in pixels of the window. */
export function dotAt(
	plot: uPlot,
	dots: readonly ChartDot[],
	clientX: number,
	clientY: number
): { dot: ChartDot; x: number; y: number } | null {
	const box = plot.over.getBoundingClientRect();
	const dot = nearestDot(dots, (one) => placeOf(plot, one), clientX - box.left, clientY - box.top);
	if (!dot) return null;
	const { x, y } = placeOf(plot, dot);
	return { dot, x: x + plot.over.offsetLeft, y: y + plot.over.offsetTop };
}

function drawDots(plot: uPlot, { dots, colours }: ChartSetup): void {
	const { ctx, bbox } = plot;
	const size = 2.6 * devicePixelRatio;
	ctx.save();
	ctx.beginPath();
	ctx.rect(bbox.left, bbox.top - size, bbox.width, bbox.height + 2 * size);
	ctx.clip();
	ctx.strokeStyle = colours.named['ink-2'];
	ctx.fillStyle = colours.named['surface-1'];
	ctx.lineWidth = devicePixelRatio;
	for (const dot of dots()) {
		const { x: left, y: top } = placeOf(plot, dot);
		const [x, y] = [bbox.left + left * devicePixelRatio, bbox.top + top * devicePixelRatio];
		ctx.beginPath();
		ctx.moveTo(x, y - size);
		ctx.lineTo(x + size, y);
		ctx.lineTo(x, y + size);
		ctx.lineTo(x - size, y);
		ctx.closePath();
		ctx.fill();
		ctx.stroke();
	}
	ctx.restore();
}

/** The samples of a chart as uPlot wants them: a gap is null, and a line that is not shown is all gap. */
export function alignedData(
	times: readonly number[],
	columns: readonly (readonly (number | null)[])[],
	log: boolean
): uPlot.AlignedData {
	const curve = log ? LOG : EVEN;
	const none = new Array<null>(times.length).fill(null);
	return [
		times.map((at) => at / 1000),
		...columns.map((column) => (column.length === times.length ? [...curve.onScale(column)] : none))
	];
}
