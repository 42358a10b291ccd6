import { sveltekit } from '@sveltejs/kit/vite';
import type { Server } from 'node:http';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { offerHttpServer } from './src/lib/server/process.ts';

/** In development the sockets share Vite's port, and follow a hot reload of the module that owns them. */
function sockets(): Plugin {
	return {
		name: 'muster-sockets',
		configureServer(vite) {
			// Vite reads this file for the tests as well, and those have no server to attach to.
			if (process.env.VITEST || !vite.httpServer) return;
			const http = vite.httpServer as Server;
			offerHttpServer(http);
			let attached: unknown;
			const attach = async () => {
				const io = await vite.ssrLoadModule('/src/lib/server/realtime/io.ts');
				if (attached !== io) io.attach(http);
				attached = io;
			};
			http.once('listening', () => attach().catch((error: Error) => vite.config.logger.error(error.stack ?? '')));
			vite.middlewares.use((_request, _response, next) => void attach().then(() => next(), next));
		}
	};
}

export default defineConfig({
	plugins: [sveltekit(), sockets()],
	server: { host: process.env.HOST || '127.0.0.1', port: Number(process.env.PORT || 3000) },
	test: {
		environment: 'node',
		include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
		exclude: ['tests/e2e/**', 'node_modules/**'],
		testTimeout: 120_000,
		hookTimeout: 180_000
	}
});
