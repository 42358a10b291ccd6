/**
 * Renames services in what authors wrote. A name with a dash or a digit (`core-api`) is nothing but a service and changes
 * everywhere. One that is also a word (`web`, `search`, `cart`) changes where a machine speaks: metrics, conditions, labels,
 * queries, logs, commands, code; in prose it stays a word.
 */
type Tree = Record<string, unknown>;

/** Fields in which a machine speaks. */
const MACHINE = new Set(['command', 'aliases', 'expr', 'prints', 'message', 'stack', 'kubectl']);

export class Renaming {
	readonly #names: ReadonlyMap<string, string>;
	readonly #all: RegExp;
	readonly #distinct: RegExp | null;

	/** By the name that is replaced. */
	constructor(names: ReadonlyMap<string, string>) {
		this.#names = names;
		this.#all = tokens([...names.keys()]) ?? /(?!)/g;
		this.#distinct = tokens([...names.keys()].filter((name) => /[-\d]/.test(name)));
	}

	scenario(value: unknown): Tree {
		const scenario = this.#tree(value, []) as Tree;
		const topology = isTree(value) && isTree(value.topology) ? value.topology : null;
		if (!topology) return scenario;
		const { services, dependencies, override } = topology;
		return {
			...scenario,
			topology: {
				...topology,
				...(Array.isArray(services) && { services: services.map((name) => this.#name(name)) }),
				...(Array.isArray(dependencies) && {
					dependencies: dependencies.map((edge) => (typeof edge === 'string' ? this.#replace(edge, this.#all) : edge))
				}),
				...(isTree(override) && {
					override: this.#keys(
						Object.fromEntries(
							Object.entries(override).map(([name, changes]) => [name, this.#tree(changes, ['override'])])
						)
					)
				})
			}
		};
	}

	topology(value: unknown): Tree {
		const topology = (isTree(value) ? value : {}) as Tree;
		const services = isTree(topology.services) ? this.#keys(topology.services) : {};
		const dependencies = Array.isArray(topology.dependencies) ? topology.dependencies : [];
		return {
			...topology,
			services: Object.fromEntries(
				Object.entries(services).map(([name, service]) => [name, this.#tree(service, ['services'])])
			),
			dependencies: dependencies.map((edge: unknown) =>
				isTree(edge) ? { ...edge, from: this.#name(edge.from), to: this.#name(edge.to) } : edge
			)
		};
	}

	/** In rules every quoted text is a label or a query, and so is every label that is a name. */
	rules(value: unknown): unknown {
		if (Array.isArray(value)) return value.map((item) => this.rules(item));
		if (isTree(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.rules(item)]));
		if (typeof value !== 'string') return value;
		if (this.#names.has(value)) return this.#name(value);
		return this.#mixed(value, /(["'])(?:(?!\1)[^\\]|\\.)*\1/g);
	}

	runbook(value: unknown): unknown {
		return this.#tree(value, []);
	}

	/** Words for people: distinct names, and all names in code and in templates. */
	prose(text: string): string {
		return this.#mixed(text, /`[^`\n]+`|\{\{[^}]*\}\}|^(?: {4}|\t).*$/gm);
	}

	/** All names where the pattern matches, distinct ones in between; each place is looked at once, so that names may be swapped. */
	#mixed(text: string, code: RegExp): string {
		let done = '';
		let from = 0;
		const plain = (part: string) => (this.#distinct ? this.#replace(part, this.#distinct) : part);
		for (const match of text.matchAll(code)) {
			done += plain(text.slice(from, match.index)) + this.#replace(match[0], this.#all);
			from = match.index + match[0].length;
		}
		return done + plain(text.slice(from));
	}

	#tree(value: unknown, path: readonly string[]): unknown {
		if (Array.isArray(value)) return value.map((item) => this.#tree(item, path));
		if (isTree(value)) {
			return Object.fromEntries(
				Object.entries(value).map(([key, item]) => [this.#distinctName(key), this.#tree(item, [...path, key])])
			);
		}
		return typeof value === 'string' ? this.#text(value, path) : value;
	}

	#text(text: string, path: readonly string[]): string {
		const field = path.at(-1) ?? '';
		if (field === 'service' || field === 'restarts' || field === 'services') return this.#name(text) as string;
		if (MACHINE.has(field) || path.includes('shows')) return this.#replace(text, this.#all);
		if (field === 'title' && path.includes('changes')) return this.#replace(text, this.#all);
		const isMetric = field === 'metric' || (field === 'from' && path.includes('cascade'));
		if (isMetric) return text.replace(/^[a-z0-9][a-z0-9_-]*(?=[.[])/, (name) => this.#name(name) as string);
		// In a condition: metric(search.errors) > 1%
		if (text.includes('metric(')) return this.#mixed(text, /metric\([^)]*\)/g);
		return this.prose(text);
	}

	#keys(tree: Tree): Tree {
		return Object.fromEntries(Object.entries(tree).map(([key, value]) => [this.#name(key) as string, value]));
	}

	#name(value: unknown): unknown {
		return typeof value === 'string' ? (this.#names.get(value) ?? value) : value;
	}

	#distinctName(key: string): string {
		return /[-\d]/.test(key) ? (this.#names.get(key) ?? key) : key;
	}

	#replace(text: string, pattern: RegExp): string {
		return text.replace(pattern, (name) => this.#names.get(name) ?? name);
	}
}

/** Names as tokens of their own, the longer first. */
function tokens(names: readonly string[]): RegExp | null {
	if (names.length === 0) return null;
	const alternatives = [...names].sort((a, b) => b.length - a.length).map((name) => name.replace(/[^a-z0-9_-]/g, ''));
	// A dash goes on to another name, unless what follows is the hash of a pod.
	return new RegExp(`(?<![A-Za-z0-9_-])(?:${alternatives.join('|')})(?![A-Za-z0-9_]|-(?![a-z]*\\d))`, 'g');
}

function isTree(value: unknown): value is Tree {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
