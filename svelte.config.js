import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		// Checked in hooks.server.ts, which lets through people's tools: they post forms, and no browser stands behind them.
		csrf: { trustedOrigins: ['*'] },
		adapter: adapter({ out: 'build', precompress: true }),
		csp: {
			// Everything Muster shows it ships itself. Styles may stand inline: charts and menus place themselves by style.
			mode: 'nonce',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'connect-src': ['self'],
				'font-src': ['self', 'data:'],
				'object-src': ['none'],
				'base-uri': ['self'],
				'form-action': ['self'],
				'frame-ancestors': ['none']
			}
		},
		typescript: {
			// Everything that is ours is checked by one configuration, not just src/.
			config: (config) => ({
				...config,
				include: [...config.include, '../*.config.ts', '../*.config.js', '../src/**/*.mjs']
			})
		}
	}
};
