// The server side in a process of its own, with a door for the bench: it makes runs without the rates that strangers are held
// to, and tells its CPU and memory. Started by `startRoomServer`.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DEFAULT_SEVERITY_POLICY } from '../../../src/lib/incident/severity.ts';
import { readConfig } from '../../../src/lib/server/config.ts';
import { createMuster, type Muster } from '../../../src/lib/server/muster.ts';
import { attach } from '../../../src/lib/server/realtime/io.ts';
import { join, startRun } from '../../../src/lib/server/runs/admission.ts';
import type { Asked, Member, Usage } from './room-client.ts';

const SCENARIO = 'high-error-rate-bad-deploy';

const muster = await createMuster(readConfig(process.env), {
	announceSecret: () => undefined,
	unattendedMs: 3_600_000
});
const http = createServer((_request, response) => response.end('{"status":"ok"}'));
attach(http, () => Promise.resolve(muster));
await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));

process.on('message', (asked: Asked) => {
	void answer(asked).then((value) => process.send?.({ id: asked.id, value }));
});
process.send?.({ id: 0, value: `http://127.0.0.1:${(http.address() as AddressInfo).port}` });

async function answer(asked: Asked): Promise<Member[][] | Usage | number> {
	switch (asked.type) {
		case 'runs':
			return makeRuns(asked.runs, asked.people);
		case 'usage':
			return usage();
		case 'ready':
			return muster.hub.all.length;
	}
}

/** Runs with their people, each begun and going on. */
async function makeRuns(runs: number, people: number): Promise<Member[][]> {
	const made: Member[][] = [];
	for (let run = 0; run < runs; run += 1) made.push(await makeRun(muster, run, people));
	return made;
}

async function makeRun({ hub, scenarios }: Muster, run: number, people: number): Promise<Member[]> {
	const answer = await startRun(hub, scenarios, DEFAULT_SEVERITY_POLICY, {
		scenario: SCENARIO,
		seed: `bench ${run}`,
		name: 'p1'
	});
	if (!answer.ok) throw new Error(answer.message);
	const { incidentId, participantId, token } = answer.started;
	const members: Member[] = [{ incidentId, participantId, token }];
	const found = await hub.find(incidentId);
	if (!found.ok) throw new Error(found.message);
	for (let p = 2; p <= people; p += 1) {
		const joined = await join(found.live, hub, { name: `p${p}`, as: 'responder' });
		if (!joined.ok) throw new Error(joined.message);
		members.push({ incidentId, ...joined.joined });
	}
	const begun = await found.live.command({ participantId, host: true }, `begin-${run}`, { type: 'beginRun' });
	if (!begun.ok) throw new Error(begun.message);
	return members;
}

/** CPU since the start of the process, and memory after everything that can go has gone. */
function usage(): Usage {
	const { user, system } = process.cpuUsage();
	global.gc?.();
	const { heapUsed, external, rss } = process.memoryUsage();
	return { cpuMs: (user + system) / 1000, heapBytes: heapUsed + external, rssBytes: rss };
}
