// The HTTP API for tools on a port of its own, without SvelteKit around it: real clients can be pointed at it.

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerTool } from '../../src/lib/server/prometheus/api.ts';
import { toolToken } from '../../src/lib/server/prometheus/access.ts';
import type { Muster } from '../../src/lib/server/muster.ts';

export interface ToolServer {
	/** `http://127.0.0.1:…` */
	origin: string;
	/** Where a run's API begins, without a trailing slash. */
	base(incidentId: string): string;
	/** Asks with the run's token; `path` is what follows the base. */
	ask(incidentId: string, path: string, init?: RequestInit): Promise<Response>;
	close(): Promise<void>;
}

const PREFIX = /^\/api\/runs\/([^/]+)\/prometheus(?:\/(.*))?$/;

export async function openToolServer(muster: Muster): Promise<ToolServer> {
	const server = createServer((incoming, outgoing) => {
		void answer(muster, incoming).then(async (response) => {
			outgoing.writeHead(response.status, Object.fromEntries(response.headers));
			outgoing.end(Buffer.from(await response.arrayBuffer()));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const base = (incidentId: string) => `${origin}/api/runs/${incidentId}/prometheus`;
	return {
		origin,
		base,
		ask: async (incidentId, path, init = {}) => {
			const headers = new Headers(init.headers);
			headers.set('authorization', `Bearer ${await toolToken(muster.storage, incidentId)}`);
			return fetch(`${base(incidentId)}/${path}`, { ...init, headers });
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			})
	};
}

async function answer(muster: Muster, incoming: IncomingMessage): Promise<Response> {
	const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
	const found = PREFIX.exec(url.pathname);
	if (!found) return new Response('not found', { status: 404 });
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	const method = incoming.method ?? 'GET';
	const request = new Request(url, {
		method,
		headers: incoming.headers as Record<string, string>,
		...(method !== 'GET' && { body: Buffer.concat(chunks) })
	});
	return answerTool(muster, { incidentId: found[1] ?? '', path: decodeURIComponent(found[2] ?? ''), request, url });
}
