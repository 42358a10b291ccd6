import type { MetricTarget } from '../condition.ts';
import { suggestion } from '../nearest.ts';
import type { YamlPath } from '../yaml-source.ts';
import type { Findings } from './context.ts';
import { allConditions, allEffects, allStates, leaves } from './names.ts';

/** Every service, version and endpoint that is named takes part. */
export function checkServices(findings: Findings): void {
	const { scenario, services } = findings.content;
	const { scenario: source } = findings.sources;
	const names = Object.keys(services);
	const service = (name: string | undefined, path: YamlPath) => {
		if (name === undefined || Object.hasOwn(services, name)) return;
		findings.error(source, path, 'unknown_service', `no service "${name}" takes part: ${suggestion(name, names)}`);
	};
	const target = (metric: MetricTarget, path: YamlPath) => {
		service(metric.service, path);
		checkPart(findings, metric, path);
	};
	for (const { effect, path } of allEffects(scenario)) {
		target(effect.metric, [...path, 'metric']);
		if (effect.cascade) target(effect.cascade.from, [...path, 'cascade', 'from']);
	}
	for (const { condition, path } of allConditions(scenario))
		for (const leaf of leaves(condition)) if (leaf.type === 'metric') target(leaf.target, path);
	for (const { spec, path } of allStates(scenario)) {
		spec.logs.forEach((line, index) => service(line.service, [...path, 'logs', index, 'service']));
		spec.instruments.forEach((each, index) => service(each.service, [...path, 'instruments', index, 'service']));
	}
	scenario.changes.forEach((change, index) => service(change.service, ['changes', index, 'service']));
	scenario.impact.forEach((impact, index) => target(impact.metric, ['impact', index, 'metric']));
	scenario.slis.forEach((sli, index) => target(sli.metric, ['slis', index, 'metric']));
	scenario.mitigations.forEach((mitigation, index) => {
		const path = ['mitigations', index];
		service(mitigation.deploys?.service, [...path, 'deploys', 'service']);
		service(mitigation.restarts, [...path, 'restarts']);
		service(mitigation.scales?.service, [...path, 'scales', 'service']);
	});
}

/** `[version=…]` is a version that some pod runs at some time, `[endpoint=…]` a path of the service. */
function checkPart(findings: Findings, { service, where }: MetricTarget, path: YamlPath): void {
	const spec = findings.content.services[service];
	if (!spec) return;
	const { changes, mitigations } = findings.content.scenario;
	if (where.version !== undefined) {
		const versions = [
			spec.version,
			...changes.filter((change) => change.service === service).flatMap((change) => [change.version, change.previous]),
			...mitigations.filter(({ deploys }) => deploys?.service === service).map(({ deploys }) => deploys?.version)
		].filter((version) => version !== undefined);
		if (!versions.includes(where.version)) {
			const message = `no pod of ${service} ever runs version "${where.version}": ${suggestion(where.version, [...new Set(versions)])}`;
			findings.error(findings.sources.scenario, path, 'unknown_version', message);
		}
	}
	const paths = spec.endpoints.map((endpoint) => endpoint.path);
	if (where.endpoint !== undefined && !paths.includes(where.endpoint)) {
		const message = `${service} has no endpoint "${where.endpoint}": ${suggestion(where.endpoint, paths)}`;
		findings.error(findings.sources.scenario, path, 'unknown_endpoint', message);
	}
}
