// A server without pages, for tests that are about incidents alone: the same sockets and the same host of incidents, and a few
// requests answered without SvelteKit. Started as a process of its own by `startHost`.

import { appendFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { readConfig } from '../../src/lib/server/config.ts';
import { createMuster, startMuster } from '../../src/lib/server/muster.ts';
import { attach } from '../../src/lib/server/realtime/io.ts';
import { onEnding, runEndings } from '../../src/lib/server/process.ts';
import { join, startRun } from '../../src/lib/server/runs/admission.ts';
import type { LiveIncident } from '../../src/lib/server/runs/live-incident.ts';
import { PracticeCourse } from '../../src/lib/server/runs/practice-course.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../src/lib/incident/severity.ts';
import type { JoinRequest, StartRunRequest } from '../../src/lib/protocol/messages.ts';

const http = createServer((request, response) => {
	void serve(request)
		.catch((error: unknown) => ({ error: String(error) }))
		.then((value) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value)));
});

// What a test holds against what a restart makes of it: one line per step that was stored, written before anybody is told.
const journal = process.env.JOURNAL;
const note = (kind: 'stored' | 'loaded') => (live: LiveIncident) => {
	if (journal) appendFileSync(journal, `${JSON.stringify({ kind, id: live.incidentId, ...stateOf(live) })}\n`);
};
const watchers = [{ events: note('stored'), loaded: note('loaded') }];
const unattendedMs = Number(process.env.UNATTENDED_MS ?? 3_600_000);
const muster = await startMuster(() =>
	createMuster(readConfig(process.env), {
		announceSecret: () => undefined,
		unattendedMs,
		watchers,
		limits: { rate: 100, malformed: 100 }
	})
).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
attach(http);
onEnding({ name: 'muster', run: () => muster.close() });
http.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
	const address = http.address();
	console.log(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
});
process.on('SIGTERM', () => {
	http.close();
	void runEndings((name, error) => console.error(name, error)).then(() => process.exit(0));
});

async function serve(request: IncomingMessage): Promise<unknown> {
	const url = new URL(request.url ?? '/', 'http://host');
	const [, action, id = ''] = url.pathname.split('/');
	if (action === 'start') {
		const wanted = JSON.parse(await text(request)) as StartRunRequest;
		return startRun(muster.hub, muster.scenarios, DEFAULT_SEVERITY_POLICY, wanted);
	}
	if (action === 'metrics') return { text: await muster.metrics.registry.metrics() };
	const found = await muster.hub.find(id);
	if (!found.ok) return found;
	if (action === 'join') return join(found.live, muster.hub, JSON.parse(await text(request)) as JoinRequest);
	if (action === 'log') {
		const commands = await muster.storage.readCommands(id);
		return {
			events: found.live.events,
			commands: commands.map(({ by, clientCommandId }) => [by.participantId, clientCommandId])
		};
	}
	return { ok: true, ...stateOf(found.live) };
}

/** What a test compares before and after: position, lifecycle and the hash of the state. */
function stateOf({ course, position, phase }: LiveIncident) {
	return {
		...position,
		phase: phase.type,
		simMs: course.simMs,
		lifecycle: course.incident.lifecycle,
		pause: course.incident.pause,
		hash: course instanceof PracticeCourse ? course.engine.hash(course.state) : null
	};
}

async function text(request: IncomingMessage): Promise<string> {
	let body = '';
	for await (const chunk of request) body += String(chunk);
	return body;
}
