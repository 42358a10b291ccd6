/** Where each service stands on the map: callers above what they call. Pure. */

export interface MapService {
	id: string;
	dependsOn: readonly string[];
}
export interface MapNode {
	id: string;
	x: number;
	y: number;
}
export interface MapEdge {
	from: string;
	to: string;
}
export interface MapLayout {
	nodes: MapNode[];
	edges: MapEdge[];
	width: number;
	height: number;
}

export const NODE = { width: 156, height: 80 };
const GAP = { x: 18, y: 40 };

/** How many calls away from the front a service is, by the longest way; a circle counts once. */
export function depths(services: readonly MapService[]): Map<string, number> {
	const known = new Map(services.map((one) => [one.id, one]));
	const depth = new Map<string, number>();
	const called = new Set(services.flatMap((one) => one.dependsOn));
	const visit = (id: string, at: number, path: ReadonlySet<string>) => {
		const service = known.get(id);
		if (!service || path.has(id) || (depth.get(id) ?? -1) >= at) return;
		depth.set(id, at);
		const on = new Set(path).add(id);
		for (const next of service.dependsOn) visit(next, at + 1, on);
	};
	for (const { id } of services) if (!called.has(id)) visit(id, 0, new Set());
	// What only circles lead to has no front: it starts its own.
	for (const { id } of services) if (!depth.has(id)) visit(id, 0, new Set());
	return depth;
}

/** Rows of services, no wider than `width` pixels; within a row near to their callers, so that lines cross little. */
export function layoutMap(services: readonly MapService[], width: number): MapLayout {
	const depth = depths(services);
	const perRow = Math.max(1, Math.floor((width + GAP.x) / (NODE.width + GAP.x)));
	const columns = Math.min(perRow, services.length || 1);
	const place = new Map<string, number>();
	const nodes: MapNode[] = [];
	const deepest = Math.max(0, ...depth.values());
	const whole = columns * (NODE.width + GAP.x) - GAP.x;
	let y = 0;
	for (let level = 0; level <= deepest; level++) {
		const row = services.filter(({ id }) => depth.get(id) === level).map(({ id }) => ({ id, want: wish(id) }));
		row.sort((a, b) => a.want - b.want);
		const lines = Math.ceil(row.length / perRow);
		const each = Math.ceil(row.length / Math.max(1, lines));
		for (let line = 0; line < lines; line++) {
			const part = row.slice(line * each, (line + 1) * each);
			const room = whole / part.length;
			part.forEach(({ id }, i) => {
				const x = Math.round(room * i + (room - NODE.width) / 2);
				place.set(id, x);
				nodes.push({ id, x, y });
			});
			y += NODE.height + GAP.y;
		}
	}
	const ids = new Set(services.map(({ id }) => id));
	const edges = services.flatMap(({ id, dependsOn }) =>
		dependsOn.filter((to) => ids.has(to)).map((to) => ({ from: id, to }))
	);
	return { nodes, edges, width: whole, height: Math.max(0, y - GAP.y) };

	/** The middle of its callers, where they stand already. */
	function wish(id: string): number {
		const callers = services.filter((one) => one.dependsOn.includes(id)).flatMap((one) => place.get(one.id) ?? []);
		return callers.length === 0 ? 0 : callers.reduce((sum, x) => sum + x, 0) / callers.length;
	}
}

/** A line from the lower edge of one node to the upper edge of another; beside it where both stand in one row. */
export function edgePath(from: MapNode, to: MapNode): string {
	const middle = NODE.width / 2;
	if (to.y > from.y) {
		const [x1, y1, x2, y2] = [from.x + middle, from.y + NODE.height, to.x + middle, to.y];
		const bend = Math.min(60, (y2 - y1) / 2);
		return `M${x1},${y1}C${x1},${y1 + bend} ${x2},${y2 - bend} ${x2},${y2}`;
	}
	const [x1, y1, x2, y2] = [from.x + middle, from.y, to.x + middle, to.y + NODE.height];
	return `M${x1},${y1}C${x1},${y1 - 30} ${x2},${y2 + 30} ${x2},${y2}`;
}
