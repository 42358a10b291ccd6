/** Where the states of a fault stand, and the lines between them: the beginning at the top, what follows below. Pure. */
import type { StudioEdge, StudioMachine } from '$lib/protocol/studio.ts';

const NODE = { width: 128, height: 40 };
const GAP = { x: 26, y: 30 };

export interface StateChart {
	nodes: { id: string; phase: string; x: number; y: number }[];
	edges: { from: string; to: string; by: StudioEdge['by']; d: string }[];
	nodeWidth: number;
	width: number;
	height: number;
}

/** Rows by the fewest steps from the initial state; what nothing leads to stands last. */
export function chartOf(machine: StudioMachine, width: number): StateChart {
	const depth = depthsOf(machine);
	const deepest = Math.max(0, ...depth.values());
	const perRow = Math.max(1, Math.floor((width + GAP.x) / (NODE.width + GAP.x)));
	const nodes: StateChart['nodes'] = [];
	let y = 0;
	let used = NODE.width;
	for (let level = 0; level <= deepest + 1; level++) {
		const row = machine.states.filter(({ id }) => (depth.get(id) ?? deepest + 1) === level);
		for (let i = 0; i < row.length; i += perRow) {
			row.slice(i, i + perRow).forEach(({ id, phase }, column) => {
				const x = column * (NODE.width + GAP.x);
				used = Math.max(used, x + NODE.width);
				nodes.push({ id, phase, x, y });
			});
			y += NODE.height + GAP.y;
		}
	}
	const places = new Map(nodes.map((node) => [node.id, node]));
	const seen = new Set<string>();
	const edges = machine.edges.flatMap(({ from, to, by }) => {
		const [a, b] = [places.get(from), places.get(to)];
		// Ten mitigations that lead to one place are one line.
		const key = `${from} ${to} ${by}`;
		if (!a || !b || from === to || seen.has(key)) return [];
		seen.add(key);
		return [{ from, to, by, d: line(a, b, OFFSETS[by]) }];
	});
	return { nodes, edges, nodeWidth: NODE.width, width: used, height: Math.max(NODE.height, y - GAP.y) };
}

/** Lines of different kinds between the same two states stand beside each other. */
const OFFSETS: Record<StudioEdge['by'], number> = { time: -8, condition: 0, mitigation: 8 };

function depthsOf({ initial, edges }: StudioMachine): Map<string, number> {
	const depth = new Map([[initial, 0]]);
	const queue = [initial];
	for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
		for (const { from, to } of edges) {
			if (from !== at || depth.has(to)) continue;
			depth.set(to, (depth.get(at) ?? 0) + 1);
			queue.push(to);
		}
	}
	return depth;
}

interface Place {
	x: number;
	y: number;
}

function line(from: Place, to: Place, offset: number): string {
	const middle = NODE.width / 2;
	if (to.y > from.y) {
		const [x1, y1, x2, y2] = [from.x + middle + offset, from.y + NODE.height, to.x + middle + offset, to.y];
		const bend = Math.min(40, (y2 - y1) / 2);
		return `M${x1},${y1}C${x1},${y1 + bend} ${x2},${y2 - bend} ${x2},${y2}`;
	}
	if (to.y === from.y) {
		const right = to.x > from.x;
		const [x1, x2] = right ? [from.x + NODE.width, to.x] : [from.x, to.x + NODE.width];
		const y = from.y + NODE.height / 2 + offset;
		const dip = Math.abs(x2 - x1) > GAP.x ? NODE.height : 0;
		return dip === 0
			? `M${x1},${y}L${x2},${y}`
			: `M${x1},${y}C${x1 + (right ? 12 : -12)},${y + dip} ${x2 + (right ? -12 : 12)},${y + dip} ${x2},${y}`;
	}
	// Back up: around by the side.
	const side = Math.max(from.x, to.x) + NODE.width;
	const [y1, y2] = [from.y + NODE.height / 2 + offset, to.y + NODE.height / 2 + offset];
	return `M${from.x + NODE.width},${y1}C${side + 22},${y1} ${side + 22},${y2} ${to.x + NODE.width},${y2}`;
}
