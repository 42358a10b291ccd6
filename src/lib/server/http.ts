// Production: one HTTP server around the built application, its sockets on the same port.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { offerHttpServer, runEndings } from './process.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** The header that carries the protocol to adapter-node. Always set here, so a client's own value never counts. */
const PROTOCOL_HEADER = 'x-muster-protocol';

/** How long the endings may take before the process leaves anyway, in milliseconds. */
const ENDING_LIMIT_MS = 10_000;

export interface Listening {
	server: Server;
	/** Where a browser on this machine finds it. */
	url: string;
}

/**
 * Loads the built application (`build/handler.js`), which starts the database and attaches the sockets, and listens.
 * Rejects when the application refuses to start or the port is taken.
 */
export async function listen(handlerFile: string, port: number, host: string): Promise<Listening> {
	// Without ORIGIN adapter-node takes https for granted and refuses every form post that comes over plain HTTP.
	if (!process.env.ORIGIN) process.env.PROTOCOL_HEADER = PROTOCOL_HEADER;

	// Files of 32 MiB to import must get through; every request of the API has a bound of its own below this.
	process.env.BODY_SIZE_LIMIT ||= '33M';

	const application: { handler?: Handler } = {};
	const server = createServer((request, response) => {
		request.headers[PROTOCOL_HEADER] = 'http';
		// A file that vanishes while it is served, as when Muster is built anew underneath, costs this answer and nothing else.
		response.on('pipe', (source) => source.once('error', () => response.destroy()));
		if (application.handler)
			application.handler(request, response, () => void response.writeHead(404).end('Not found'));
		else response.writeHead(503, { 'retry-after': '1' }).end('Muster is starting');
	});
	offerHttpServer(server);
	Object.assign(application, await import(pathToFileURL(handlerFile).href));

	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve();
		});
	});
	return { server, url: browserUrl(server.address() as AddressInfo) };
}

/** Ends the process cleanly at the first SIGTERM or SIGINT; a second one ends it at once. */
export function endOnSignals(server: Server): void {
	let ending = false;
	const end = async (signal: NodeJS.Signals) => {
		if (ending) process.exit(1);
		ending = true;
		setTimeout(() => {
			console.error(`muster: not everything ended within ${ENDING_LIMIT_MS / 1000} s after ${signal}; leaving`);
			process.exit(1);
		}, ENDING_LIMIT_MS).unref();
		server.close();
		server.closeIdleConnections();
		await runEndings((name, error) => console.error(`muster: could not end ${name} cleanly:`, error));
		server.closeAllConnections();
		process.exit(0);
	};
	process.on('SIGTERM', end);
	process.on('SIGINT', end);
}

/** The address to print: a name for the wildcard addresses, brackets for IPv6. */
export function browserUrl({ address, port }: Pick<AddressInfo, 'address' | 'port'>): string {
	const anywhere = address === '0.0.0.0' || address === '::';
	const host = anywhere ? 'localhost' : address.includes(':') ? `[${address}]` : address;
	return `http://${host}:${port}`;
}
