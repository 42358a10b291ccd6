// The rules of the house, in code: who may import whom, what the pure rooms must not know, what no browser is sent.

import ts from 'typescript';
import { expect, test } from 'vitest';
import { lineOf, readSources, walk, type Source } from './support/sources.ts';

const sources = readSources();

// ── Who may import whom ─────────────────────────────────────────────────────────────────────────────────────────────

/** Rooms without IO and without time: they could run anywhere. Each may import itself and what stands here. */
const pure: Record<string, string[]> = {
	incident: [],
	promql: [],
	scenario: ['incident', 'promql'],
	world: ['scenario'],
	telemetry: ['world', 'scenario', 'promql'],
	engine: ['telemetry', 'world', 'scenario', 'promql', 'incident'],
	scoring: ['incident'],
	postmortem: ['incident', 'scoring'],
	analytics: ['incident'],
	intake: ['incident'],
	lab: ['engine', 'telemetry', 'world', 'scenario', 'promql', 'incident', 'scoring', 'postmortem'],
	protocol: ['incident']
};

const inBrowser = [
	'client',
	'components',
	'incident',
	'protocol',
	'scoring',
	'postmortem',
	'analytics',
	'intake',
	'styles'
];

const mayImport: Record<string, string[]> = {
	...pure,
	styles: [],
	server: Object.keys(pure),
	cli: [...Object.keys(pure), 'server'],
	client: inBrowser,
	components: inBrowser,
	'routes in the browser': inBrowser,
	'routes on the server': ['server', 'incident', 'protocol']
};

/** The room of a file of ours, or undefined for what belongs to none (the app's own shell). */
function room(file: string): string | undefined {
	if (file.startsWith('src/cli/')) return 'cli';
	if (file === 'src/hooks.server.ts') return 'routes on the server';
	if (file.startsWith('src/routes/')) {
		return /(\.server\.ts|\+server\.ts)$/.test(file) ? 'routes on the server' : 'routes in the browser';
	}
	return /^src\/lib\/([^/]+)\//.exec(file)?.[1];
}

test('every folder of src/lib is a room of the house', () => {
	const unknown = sources.map(({ file }) => file).filter((file) => !mayImport[room(file) ?? 'none']);
	expect(unknown).toEqual([]);
});

test.each(Object.entries(mayImport))('%s imports only itself and %j', (name, allowed) => {
	const wrong = of(name).flatMap((source) =>
		source.imports
			.filter(({ file }) => {
				const to = file && room(file);
				return to && to !== name && !allowed.includes(to);
			})
			.map(({ specifier, line }) => `${source.file}:${line} imports ${specifier}`)
	);
	expect(wrong).toEqual([]);
});

// ── What the pure rooms must not know ───────────────────────────────────────────────────────────────────────────────

/**
 * The packages a pure room may use: those that are data in, data out. Yjs draws a random id for each document it makes;
 * what is read from it does not depend on that, and the one document that a pure room writes has a fixed id.
 */
const purePackages = ['zod', 'yaml', 'papaparse', 're2js', 'xstate', 'seedrandom', '@faker-js/faker', 'luxon', 'yjs'];

/** Names that bring in the time, chance or the outside, as `object.property` or as a bare name. */
const impure = new Set([
	'Date.now',
	'Math.random',
	'performance.now',
	'crypto.randomUUID',
	'crypto.getRandomValues',
	'setTimeout',
	'setInterval',
	'setImmediate',
	'queueMicrotask',
	'requestAnimationFrame',
	'createActor',
	'fetch',
	'process',
	'console',
	'localStorage',
	'window',
	'document'
]);

test.each(Object.keys(pure))('%s uses relative imports with their extension, and only pure packages', (name) => {
	const wrong = of(name).flatMap((source) =>
		source.imports
			.filter(({ specifier }) =>
				specifier.startsWith('.')
					? !/\.(ts|json)$/.test(specifier)
					: !purePackages.some((known) => specifier === known || specifier.startsWith(`${known}/`))
			)
			.map(({ specifier, line }) => `${source.file}:${line} imports ${specifier}`)
	);
	expect(wrong).toEqual([]);
});

test.each(Object.keys(pure))('%s takes time, chance and the outside as arguments', (name) => {
	expect(of(name).flatMap(impurities)).toEqual([]);
});

function impurities(source: Source): string[] {
	const found: string[] = [];
	walk(source.ast, (node) => {
		const name = outsideName(node);
		if (name) found.push(`${source.file}:${lineOf(source, node)} uses ${name}`);
	});
	return found;
}

function outsideName(node: ts.Node): string | undefined {
	if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()';
	if (ts.isPropertyAccessExpression(node)) return impure.has(node.getText()) ? node.getText() : undefined;
	if (!ts.isIdentifier(node) || !impure.has(node.text)) return undefined;
	// A field or a parameter may well be called `process`; a value that is read or called may not.
	const { parent } = node;
	const read =
		(ts.isCallExpression(parent) && parent.expression === node) ||
		(ts.isPropertyAccessExpression(parent) && parent.expression === node);
	return read && !declaredInFile(node) ? node.text : undefined;
}

function declaredInFile(name: ts.Identifier): boolean {
	let declared = false;
	walk(name.getSourceFile(), (node) => {
		const declares =
			ts.isParameter(node) ||
			ts.isVariableDeclaration(node) ||
			ts.isFunctionDeclaration(node) ||
			ts.isBindingElement(node);
		if (declares && node.name?.getText() === name.text) declared = true;
	});
	return declared;
}

// ── Validators, and what no browser is sent ─────────────────────────────────────────────────────────────────────────

test('zod stands in *.schema.ts alone', () => {
	const wrong = sources
		.filter(({ file }) => !file.endsWith('.schema.ts'))
		.flatMap((source) =>
			source.imports
				.filter(({ specifier, typeOnly }) => !typeOnly && /^zod(\/|$)/.test(specifier))
				.map(() => source.file)
		);
	expect(wrong).toEqual([]);
});

test('nothing a browser loads leads to a validator, to the engine or to the server', () => {
	const heavy = /\.schema\.ts$|^src\/lib\/(server|engine|world|telemetry|scenario|promql|lab)\//;
	const packages = /^(zod|xstate|@faker-js\/faker|seedrandom|re2js|yaml|socket\.io|postgres|drizzle-orm)(\/|$)/;
	const browser = ['client', 'components', 'routes in the browser'];
	const roots = sources.filter(({ file }) => browser.includes(room(file) ?? ''));
	const wrong: string[] = [];
	const seen = new Set<string>();
	const follow = (file: string, path: string[]) => {
		if (seen.has(file)) return;
		seen.add(file);
		for (const source of sources.filter((known) => known.file === file)) {
			for (const { specifier, file: to, typeOnly } of source.imports) {
				if (typeOnly) continue;
				const way = [...path, file, specifier].join(' → ');
				if (packages.test(specifier) || (to && heavy.test(to))) wrong.push(way);
				else if (to) follow(to, [...path, file]);
			}
		}
	};
	for (const { file } of roots) follow(file, []);
	expect(wrong).toEqual([]);
});

function of(name: string): Source[] {
	return sources.filter(({ file }) => room(file) === name);
}
