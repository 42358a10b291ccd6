// What a live run holds in memory, with a browser on its panels.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './support/figure.ts';
import { connectClient, openPanels } from './support/load.ts';
import { RoomServer } from './support/room-client.ts';
import { wait } from './support/stats.ts';

const RUNS = 20;
/** At the speed below, this many seconds are eight simulated minutes: alerts fire, panels have moved. */
const PLAYED_SECONDS = 8;
const SPEED = 60;

const bench: Bench = {
	name: 'memory',
	about: `${RUNS} runs with a browser each on its golden signals, eight simulated minutes in`,
	async run() {
		const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
		const server = await RoomServer.start(join(folder, 'data'));
		try {
			// One more is made first: what all runs share is not counted.
			const [first] = await server.makeRuns(1, 1);
			await play(server.url, first?.[0]);
			const before = await server.usage();
			const runs = await server.makeRuns(RUNS, 1);
			await Promise.all(runs.map(([member]) => play(server.url, member)));
			await wait(PLAYED_SECONDS * 1000);
			const after = await server.usage();
			const each = (key: 'heapBytes' | 'rssBytes') => (after[key] - before[key]) / RUNS / 1e6;
			return [
				{
					what: 'heap of a live run',
					measured: each('heapBytes'),
					unit: 'MB',
					reference: null,
					target: { of: 'measured', most: 2 }
				},
				{ what: 'resident memory it adds', measured: each('rssBytes'), unit: 'MB', reference: null, target: null },
				{ what: 'the server without them', measured: before.rssBytes / 1e6, unit: 'MB', reference: null, target: null }
			];
		} finally {
			await server.kill();
			rmSync(folder, { recursive: true, force: true });
		}
	}
};
export default bench;

async function play(url: string, member: Parameters<typeof connectClient>[1] | undefined): Promise<void> {
	if (!member) throw new Error('There is no run.');
	const client = await connectClient(url, member);
	await client.command({ type: 'setSpeed', speed: SPEED });
	await openPanels(client);
}
