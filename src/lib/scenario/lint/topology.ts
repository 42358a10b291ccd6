import { suggestion } from '../nearest.ts';
import type { Topology } from '../scenario.schema.ts';
import type { YamlPath } from '../yaml-source.ts';
import type { Findings } from './context.ts';

type Report = (path: YamlPath, code: string, message: string) => void;

/** What a topology file promises: shares that add up, pools that are described, dependencies without a circle. */
export function checkTopology(findings: Findings): void {
	const { topology, dependencies } = findings.content;
	const { scenario: scenarioSource, topology: source } = findings.sources;
	lintTopology(topology, (path, code, message) => findings.error(source, path, code, message));
	const circle = circleIn(dependencies);
	if (circle && !circleIn(topology.dependencies)) {
		const message = `services depend on each other in a circle: ${circle.join(' > ')}`;
		findings.error(scenarioSource, ['topology', 'dependencies'], 'dependency_circle', message, 'key');
	}
	for (const [name, service] of Object.entries(findings.content.services)) {
		if (!Object.hasOwn(findings.content.scenario.topology.override, name)) continue;
		checkService(name, service, (path, code, message) =>
			findings.error(scenarioSource, ['topology', 'override', ...path.slice(1)], code, message)
		);
	}
}

/** Checks of a topology by itself. */
export function lintTopology(topology: Topology, report: Report): void {
	const names = Object.keys(topology.services);
	for (const [name, service] of Object.entries(topology.services)) checkService(name, service, report);
	topology.dependencies.forEach((dependency, index) => {
		for (const end of ['from', 'to'] as const) {
			if (Object.hasOwn(topology.services, dependency[end])) continue;
			const message = `there is no service "${dependency[end]}": ${suggestion(dependency[end], names)}`;
			report(['dependencies', index, end], 'unknown_service', message);
		}
	});
	const circle = circleIn(topology.dependencies);
	if (circle) {
		report(['dependencies'], 'dependency_circle', `services depend on each other in a circle: ${circle.join(' > ')}`);
	}
}

function checkService(name: string, service: Topology['services'][string], report: Report): void {
	const path = ['services', name];
	const sum = service.endpoints.reduce((total, endpoint) => total + endpoint.share, 0);
	if (service.endpoints.length > 0 && Math.abs(sum - 1) > 0.001) {
		const message = `the endpoints' shares of ${name} add up to ${Number(sum.toFixed(4))}: make it 1`;
		report([...path, 'endpoints'], 'endpoint_shares', message);
	}
	if (service.exports.includes('pool') && service.pool === undefined) {
		report([...path, 'exports'], 'pool', `${name} exports a pool but describes none: add \`pool\` with name and size`);
	}
	const databases = ['postgres', 'mysql'] as const;
	if (databases.some((each) => service.exports.includes(each)) && service.max_connections === undefined) {
		report([...path, 'exports'], 'max_connections', `${name} is a database: say how many connections it admits`);
	}
}

function circleIn(dependencies: readonly { from: string; to: string }[]): string[] | null {
	const callees = new Map<string, string[]>();
	for (const { from, to } of dependencies) callees.set(from, [...(callees.get(from) ?? []), to]);
	const done = new Set<string>();
	const walk = (name: string, trail: readonly string[]): string[] | null => {
		if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
		if (done.has(name)) return null;
		done.add(name);
		for (const next of callees.get(name) ?? []) {
			const found = walk(next, [...trail, name]);
			if (found) return found;
		}
		return null;
	};
	for (const name of callees.keys()) {
		const found = walk(name, []);
		if (found) return found;
	}
	return null;
}
