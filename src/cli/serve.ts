// `muster serve`: builds when needed, listens, prints one URL.

import { endOnSignals, listen } from '../lib/server/http.ts';
import { buildWhenNeeded, handlerFile, root } from './build.ts';

/** Runs until a signal ends it. A start that fails says why in one sentence and sets the exit code. */
export async function serve(env: NodeJS.ProcessEnv = process.env): Promise<void> {
	const port = readPort(env.PORT);
	if (port === undefined) return refuse(`PORT must be a whole number from 0 to 65535, not "${env.PORT}".`);
	const host = env.HOST || '127.0.0.1';

	// The built code finds the scenarios and the migrations from here, wherever the command was called.
	env.MUSTER_ROOT ??= root;
	try {
		await buildWhenNeeded((line) => console.error(line));
		const { server, url } = await listen(handlerFile, port, host);
		endOnSignals(server);
		console.log(env.ORIGIN || url);
	} catch (error) {
		refuse(startFailure(error, host, port));
	}
}

/** 3000 where nothing is said, undefined where what is said is no port. 0 lets the system choose. */
export function readPort(value: string | undefined): number | undefined {
	if (!value) return 3000;
	const port = Number(value);
	return /^\d+$/.test(value) && port <= 65535 ? port : undefined;
}

function startFailure(error: unknown, host: string, port: number): string {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken. Choose another: PORT=${port + 1} npm start`;
	if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST "${host}" is no address of this machine.`;
	if (code === 'EACCES') return `Port ${port} on ${host} may not be opened by this user.`;
	return error instanceof Error ? error.message : String(error);
}

function refuse(reason: string): never {
	console.error(`muster: ${reason}`);
	process.exit(1);
}
