// Where SvelteKit starts the server side: once per process, before the first request.

import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { readConfig } from '$lib/server/config.ts';
import { createMuster, musterReady, startMuster } from '$lib/server/muster.ts';
import { isForeignForm } from '$lib/server/foreign-form.ts';
import { offeredHttpServer, onEnding } from '$lib/server/process.ts';
import { attach } from '$lib/server/realtime/io.ts';

export const init: ServerInit = async () => {
	// Absent while SvelteKit analyses the build: nothing may be opened then.
	const http = offeredHttpServer();
	if (!http) return;
	const muster = await startMuster(() => createMuster(readConfig(process.env), { announceSecret }));
	// A promise that nobody waited for is a fault to mend, and no reason to throw everybody out.
	process.on('unhandledRejection', (error) => {
		muster.metrics.faults.inc({ where: 'promise' });
		muster.log.error({ err: error }, 'a promise was rejected and nobody listened');
	});
	// What is added last ends first: time stops and everything is written while the sockets still stand.
	attach(http);
	onEnding({ name: 'incidents and database', run: () => muster.close() });
	const note = () => {
		const address = http.address();
		if (typeof address === 'object' && address) muster.lock?.setUrl(`http://${hostOf(address)}:${address.port}`);
	};
	if (http.listening) note();
	else http.once('listening', note);
};

const HEADERS: Record<string, string> = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'x-frame-options': 'DENY',
	'cross-origin-opener-policy': 'same-origin',
	'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()'
};

export const handle: Handle = async ({ event, resolve }) => {
	if (isForeignForm(event.request, event.url))
		return new Response('Cross-site form posts are forbidden.', { status: 403 });
	const response = await resolve(event);
	for (const [name, value] of Object.entries(HEADERS)) {
		if (!response.headers.has(name)) response.headers.set(name, value);
	}
	return response;
};

/** What was not foreseen is written down; whoever asked learns that, and nothing of the inside. */
export const handleError: HandleServerError = async ({ error, event, status }) => {
	if (status === 404) return { message: 'There is no page at this address.', code: 'unknown_id' };
	const muster = await musterReady().catch(() => null);
	muster?.metrics.faults.inc({ where: 'page' });
	muster?.log.error({ err: error, path: event.url.pathname }, 'a page failed');
	return { message: 'Muster failed at this and wrote down why.', code: 'unavailable' };
};

function announceSecret(secret: string): void {
	console.error(
		`The administrator’s secret, shown this once: ${secret}\nIt is needed for real incidents and settings. Set ADMIN_SECRET to choose your own.`
	);
}

function hostOf({ address, family }: { address: string; family: string }): string {
	if (address === '0.0.0.0' || address === '::') return '127.0.0.1';
	return family === 'IPv6' ? `[${address}]` : address;
}
