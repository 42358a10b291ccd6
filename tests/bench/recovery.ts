// How long a crash keeps people from going on: from kill -9 until every run is back and can be resumed.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildNeeded } from '../../src/cli/build.ts';
import { startServer, type TestServer } from '../support/server.ts';
import type { Bench } from './support/figure.ts';
import { connectClient } from './support/load.ts';
import { RoomServer } from './support/room-client.ts';
import { wait } from './support/stats.ts';

const RUNS = Number(process.env.BENCH_RUNS || 50);
const PLAYED_MS = 5_000;
const SECRET = 'bench-bench-bench';

const bench: Bench = {
	name: 'recovery',
	about: `${RUNS} runs going on when the server is killed with -9`,
	async run(skip) {
		const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
		const dataDir = join(folder, 'data');
		let started: TestServer | RoomServer | null = null;
		try {
			const built = !buildNeeded();
			if (!built) skip('the build is older than the sources, so they are started as they are, which takes longer');
			const first = await RoomServer.start(dataDir);
			const hosts = (await first.makeRuns(RUNS, 1)).flat();
			const clients = await Promise.all(hosts.map((host) => connectClient(first.url, host)));
			await wait(PLAYED_MS);
			// Something said in the last moment: it is in the log, and no snapshot knows of it.
			await Promise.all(clients.map((client) => client.command({ type: 'postMessage', text: 'Still here.' })));
			for (const client of clients) client.close();
			const from = performance.now();
			await first.kill();
			started = built ? await startServer({ dataDir, env: { ADMIN_SECRET: SECRET } }) : await RoomServer.start(dataDir);
			const up = performance.now() - from;
			const resumed = await Promise.all(hosts.map((host) => resume(started?.url ?? '', host)));
			const all = performance.now() - from;
			if (resumed.includes(false)) throw new Error('A run could not be resumed.');
			return [
				{
					what: 'kill -9 to listening, with every run back',
					measured: up / 1000,
					unit: 's',
					reference: null,
					target: { of: 'measured', most: 3 }
				},
				{ what: 'kill -9 to every run resumed', measured: all / 1000, unit: 's', reference: null, target: null }
			];
		} finally {
			await started?.kill();
			rmSync(folder, { recursive: true, force: true });
		}
	}
};
export default bench;

/** The host comes back, finds what was said, and goes on. */
async function resume(url: string, host: Parameters<typeof connectClient>[1]): Promise<boolean> {
	const client = await connectClient(url, host);
	const said = client.snapshot.events.some(
		(event) => event.type === 'message.posted' && event.payload.text === 'Still here.'
	);
	const answer = await client.command({ type: 'resumeRun' });
	client.close();
	return said && answer.ok;
}
