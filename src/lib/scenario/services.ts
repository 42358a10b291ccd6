import type { Dependency } from './library.ts';
import { suggestion } from './nearest.ts';
import type { Problem } from './problem.ts';
import type { Scenario, Service, Topology } from './scenario.schema.ts';
import { schemaProblems } from './schema-problems.ts';
import { serviceSchema } from './topology.schema.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

/**
 * The services and dependencies that take part: those of the archetype, with the scenario's changes laid over as they
 * are written (so that an override of one field keeps the others), and the scenario's own.
 */
export function resolveServices(
	scenario: { value: Scenario; source: YamlSource },
	topology: { value: Topology; source: YamlSource }
): { services: Record<string, Service>; dependencies: Dependency[]; problems: Problem[] } {
	const problems: Problem[] = [];
	const report = (path: YamlPath, code: string, message: string, at: 'key' | 'value' = 'value') =>
		problems.push({
			file: scenario.source.file,
			...scenario.source.locate(path, at),
			code,
			message,
			severity: 'error'
		});
	const { services: listed, override, dependencies: written } = scenario.value.topology;
	const archetype = topology.value.services;
	const names = [...Object.keys(archetype), ...Object.keys(override)];
	const services: Record<string, Service> = {};

	for (const [index, name] of listed.entries()) {
		const path = ['topology', 'services', index];
		if (Object.hasOwn(services, name)) report(path, 'duplicate', `"${name}" is listed twice: keep one`);
		const changes = Object.hasOwn(override, name) ? override[name] : undefined;
		const given = Object.hasOwn(archetype, name) ? archetype[name] : undefined;
		if (given === undefined && changes === undefined) {
			const hint = suggestion(name, names);
			report(
				path,
				'unknown_service',
				`the topology ${topology.value.id} has no service "${name}": ${hint}${hint.endsWith('?') ? ' Or' : '; or'} describe it under topology.override`
			);
		} else if (changes === undefined && given !== undefined) {
			services[name] = given;
		} else {
			const raw = rawService(topology.source.value, name);
			const checked = serviceSchema.safeParse({ ...raw, ...changes });
			if (checked.success) services[name] = checked.data;
			else problems.push(...schemaProblems(scenario.source, checked.error.issues, ['topology', 'override', name]));
		}
	}
	for (const name of Object.keys(override)) {
		if (listed.includes(name)) continue;
		report(
			['topology', 'override', name],
			'unknown_service',
			`"${name}" does not take part: list it under topology.services`,
			'key'
		);
	}
	return { services, dependencies: resolveDependencies(written, listed, topology.value, report), problems };
}

function resolveDependencies(
	written: readonly string[] | undefined,
	listed: readonly string[],
	topology: Topology,
	report: (path: YamlPath, code: string, message: string) => void
): Dependency[] {
	if (written === undefined) {
		return topology.dependencies
			.filter(({ from, to }) => listed.includes(from) && listed.includes(to))
			.map(({ from, to, errors, latency, delay }) => ({ from, to, errors, latency, delayMs: delay }));
	}
	return written.flatMap((text, index) => {
		const path = ['topology', 'dependencies', index];
		const match = /^\s*([a-z0-9][a-z0-9_-]*)\s*>\s*([a-z0-9][a-z0-9_-]*)\s*$/.exec(text);
		const [, from, to] = match ?? [];
		if (from === undefined || to === undefined) {
			report(path, 'dependency', `cannot read "${text}": expected caller>callee`);
			return [];
		}
		const stranger = [from, to].find((name) => !listed.includes(name));
		if (stranger !== undefined) {
			report(path, 'unknown_service', `"${stranger}" does not take part: ${suggestion(stranger, listed)}`);
			return [];
		}
		const usual = topology.dependencies.find((dependency) => dependency.from === from && dependency.to === to);
		const { errors, latency, delay } = usual ?? { errors: 0.9, latency: 1, delay: 5_000 };
		return [{ from, to, errors, latency, delayMs: delay }];
	});
}

/** The service as the topology file writes it, before defaults: what an override is laid over. */
function rawService(topology: unknown, name: string): Record<string, unknown> {
	const services = asRecord(asRecord(topology).services);
	return Object.hasOwn(services, name) ? asRecord(services[name]) : {};
}

function asRecord(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
