// Reads the project's own sources for the tests that state house rules: what each file imports, and what it calls.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Import {
	/** As it is written: `./state.ts`, `$lib/server/config`, `zod`. */
	specifier: string;
	/** The project's file it leads to, from the project's folder on; undefined for packages and what is generated. */
	file: string | undefined;
	/** Erased when compiled: `import type`. With verbatimModuleSyntax `import { type X }` is not. */
	typeOnly: boolean;
	line: number;
}

export interface Source {
	/** From the project's folder on, with slashes: `src/lib/engine/run.ts`. */
	file: string;
	imports: Import[];
	ast: ts.SourceFile;
	/** The line of the file on which the script begins, less one: 0 but for components. */
	offset: number;
}

/** Every TypeScript file and component under `src`, tests left out. Components give one source per script block. */
export function readSources(): Source[] {
	return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.(ts|svelte|mjs)$/.test(entry.name) && !/\.(test|d)\.ts$/.test(entry.name))
		.map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
		.sort()
		.flatMap(readSource);
}

function readSource(file: string): Source[] {
	const content = readFileSync(join(root, file), 'utf8');
	if (!file.endsWith('.svelte')) return [parse(file, content, 0)];
	return [...content.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => {
		const start = match.index + match[0].indexOf('>') + 1;
		return parse(file, match[1] ?? '', content.slice(0, start).split('\n').length - 1);
	});
}

function parse(file: string, script: string, offset: number): Source {
	const ast = ts.createSourceFile(file, script, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS);
	const source: Source = { file, imports: [], ast, offset };
	walk(ast, (node) => {
		const found = importOf(node);
		if (!found) return;
		source.imports.push({ ...found, file: lead(file, found.specifier), line: lineOf(source, node) });
	});
	return source;
}

function importOf(node: ts.Node): Pick<Import, 'specifier' | 'typeOnly'> | undefined {
	if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
		const typeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
		return { specifier: node.moduleSpecifier.text, typeOnly };
	}
	if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
		return { specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly };
	}
	if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
		return { specifier: node.argument.literal.text, typeOnly: true };
	}
	if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
		const [argument] = node.arguments;
		if (argument && ts.isStringLiteral(argument)) return { specifier: argument.text, typeOnly: false };
	}
	return undefined;
}

/** Where an import leads within the project: relative ones and `$lib`, with or without the extension. */
function lead(from: string, specifier: string): string | undefined {
	const [path] = specifier.split('?');
	if (!path) return undefined;
	const base = path.startsWith('.')
		? resolve(root, dirname(from), path)
		: /^\$lib(\/|$)/.test(path)
			? join(root, 'src/lib', path.slice('$lib'.length))
			: undefined;
	if (!base) return undefined;
	const candidates = [base, `${base}.ts`, `${base}.svelte`, `${base}.svelte.ts`, join(base, 'index.ts')];
	const found = candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
	return found && relative(root, found).replaceAll('\\', '/');
}

/** Calls `visit` for every node, outer ones first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
	visit(node);
	ts.forEachChild(node, (child) => walk(child, visit));
}

/** The line of a node in its file, from 1. */
export function lineOf(source: Source, node: ts.Node): number {
	return source.ast.getLineAndCharacterOfPosition(node.getStart(source.ast)).line + 1 + source.offset;
}
