// What a browser loads of the built product before it can be used: JavaScript in Brotli, by page.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { buildNeeded } from '../../src/cli/build.ts';
import type { Bench, Figure } from './support/figure.ts';

/** A file of the build, as Vite lists it: by its source, or under a name of its own where it is shared. */
interface Chunk {
	file: string;
	imports?: string[];
	dynamicImports?: string[];
}
type Manifest = Record<string, Chunk>;

const root = fileURLToPath(new URL('../..', import.meta.url));
const client = join(root, '.svelte-kit/output/client');
const room = 'src/lib/components/room';

/** What stands on a page once it is there: its route, and the components that are loaded when they are first shown. */
const LOBBY = ['src/routes/i/[id]/+page.svelte', 'src/lib/components/lobby/Lobby.svelte'];
const ROOM = [
	'src/routes/i/[id]/+page.svelte',
	`${room}/RoomView.svelte`,
	`${room}/dashboards/Dashboards.svelte`,
	`${room}/command/Command.svelte`,
	'src/lib/components/charts/uplot.ts'
];

const bench: Bench = {
	name: 'weight',
	about: 'JavaScript of the built pages as first loaded, Brotli',
	run(skip) {
		const listed = join(client, '.vite/manifest.json');
		if (!existsSync(listed)) throw new Error('There is no build: run `npm run build` first.');
		if (buildNeeded())
			skip('the build is older than the sources: run `npm run build` for figures of what is there now');
		const manifest = JSON.parse(readFileSync(listed, 'utf8')) as Manifest;
		const figure = (what: string, sources: readonly string[], most: number | null, lazily = false): Figure => ({
			what,
			measured: kilobytes(
				closure(manifest, [...shell(manifest), ...sources.map((source) => keyOf(manifest, source))], lazily)
			),
			unit: 'kB',
			reference: null,
			target: most === null ? null : { of: 'measured', most }
		});
		return Promise.resolve([
			figure('home', ['src/routes/+page.svelte'], null),
			figure('lobby', LOBBY, 45),
			figure('room', ROOM, 90),
			figure('room with every tool and dialog opened', [...ROOM, ...LOBBY], 250, true),
			figure('debrief', ['src/routes/i/[id]/debrief/+page.svelte'], null),
			figure('post-mortem', ['src/routes/i/[id]/postmortem/+page.svelte'], null)
		]);
	}
};
export default bench;

/** What every page loads: SvelteKit's start and the outermost layout. */
function shell(manifest: Manifest): string[] {
	return Object.keys(manifest).filter((key) => /client\/entry\.js$|client-optimized\/(app|nodes\/0)\.js$/.test(key));
}

/** The key of a component or, where it is a page, of the node that SvelteKit made of it. */
function keyOf(manifest: Manifest, source: string): string {
	const route = /^src\/routes(.*)\/\+page\.svelte$/.exec(source)?.[1];
	const key = route === undefined ? source : `.svelte-kit/generated/client-optimized/nodes/${nodeOf(route || '/')}.js`;
	if (!manifest[key]) throw new Error(`The build does not know ${source}.`);
	return key;
}

/** SvelteKit numbers its pages; which is which stands in what it generated: `"/i/[id]": [3]`, with `~` where there is a load. */
function nodeOf(route: string): number {
	const generated = readFileSync(join(root, '.svelte-kit/generated/client-optimized/app.js'), 'utf8');
	const entry = generated.split('\n').find((line) => line.trim().startsWith(`"${route}": [`));
	const number = /\[(~?-?\d+)/.exec(entry?.slice(entry.indexOf('": [') + 3) ?? '')?.[1];
	if (number === undefined) throw new Error(`The build has no page ${route}.`);
	// A tilde is JavaScript's complement: ~2 is written for node 2.
	return Number(number.replace('~', ''));
}

/** All files that these lead to; `lazily` also those that are loaded on demand. The shell's own lazy imports are the other pages. */
function closure(manifest: Manifest, keys: readonly string[], lazily: boolean): Set<string> {
	const files = new Set<string>();
	const seen = new Set<string>();
	const always = new Set(shell(manifest));
	const follow = (key: string): void => {
		const chunk = manifest[key];
		if (!chunk || seen.has(key)) return;
		seen.add(key);
		if (chunk.file.endsWith('.js')) files.add(chunk.file);
		for (const next of chunk.imports ?? []) follow(next);
		if (lazily && !always.has(key)) for (const next of chunk.dynamicImports ?? []) follow(next);
	};
	for (const key of keys) follow(key);
	return files;
}

function kilobytes(files: ReadonlySet<string>): number {
	let bytes = 0;
	for (const file of files) bytes += brotliCompressSync(readFileSync(join(client, file))).length;
	return bytes / 1000;
}
