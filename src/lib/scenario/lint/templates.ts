import { parseDuration, parseMetricTarget } from '../units.ts';
import type { YamlPath } from '../yaml-source.ts';
import type { Findings } from './context.ts';

/** What the engine fills in; the first word of a placeholder. */
const WORDS = ['metric', 'time', 'now', 'state', 'pod', 'customer', 'person', 'host', 'address'];
const LOG_WORDS = ['customer', 'request', 'host', 'endpoint', 'version', 'ms', 'n'];

/** `{{metric …}}`, `{{time …}}` and their like in what tools print and people write, and `{words}` of log lines. */
export function checkTemplates(findings: Findings): void {
	const { scenario } = findings.content;
	const check = (text: string, path: YamlPath) => {
		for (const [, inside = ''] of text.matchAll(/\{\{(.*?)\}\}/gs)) checkPlaceholder(findings, inside.trim(), path);
	};
	scenario.diagnostics.forEach((diagnostic, index) => {
		diagnostic.shows.forEach(({ text }, at) => check(text, ['diagnostics', index, 'shows', at, 'text']));
	});
	scenario.mitigations.forEach((mitigation, index) => {
		check(mitigation.prints, ['mitigations', index, 'prints']);
		check(mitigation.otherwise ?? '', ['mitigations', index, 'otherwise']);
	});
	scenario.injects.forEach((inject, index) => check(inject.text, ['injects', index, 'text']));
	scenario.faults.forEach((fault, index) => {
		for (const [state, spec] of Object.entries(fault.states)) {
			spec.logs.forEach((line, at) => {
				for (const [whole, word = ''] of line.message.matchAll(/\{([a-z_]+)\}/g)) {
					if (LOG_WORDS.includes(word)) continue;
					const message = `${whole} is not filled in: there are ${LOG_WORDS.map((each) => `{${each}}`).join(', ')}`;
					const path = ['faults', index, 'states', state, 'logs', at, 'message'];
					findings.error(findings.sources.scenario, path, 'template', message);
				}
			});
		}
	});
}

function checkPlaceholder(findings: Findings, inside: string, path: YamlPath): void {
	const { scenario, services } = findings.content;
	const [word, argument = ''] = inside.split(/\s+(.*)/s);
	const wrong = (message: string) => findings.error(findings.sources.scenario, path, 'template', message);
	switch (word) {
		case 'metric': {
			const target = parseMetricTarget(argument);
			if (!target) wrong(`cannot read {{${inside}}}: expected a metric such as {{metric core-api.errors}}`);
			else if (!Object.hasOwn(services, target.service))
				wrong(`{{${inside}}}: no service "${target.service}" takes part`);
			break;
		}
		case 'time':
		case 'now':
			if (argument !== '' && parseDuration(argument.replace(/^\+/, '')) === null) {
				wrong(`cannot read {{${inside}}}: expected a duration such as {{time -4m}}`);
			}
			break;
		case 'pod': {
			const service = argument.split(/\s+/)[0] ?? '';
			if (!Object.hasOwn(services, service)) wrong(`{{${inside}}}: no service "${service}" takes part`);
			break;
		}
		case 'customer':
		case 'person':
		case 'host':
		case 'address':
			if (!/^\d+$/.test(argument)) wrong(`cannot read {{${inside}}}: expected a number such as {{${word} 1}}`);
			break;
		case 'state':
			if (!scenario.faults.some(({ id }) => id === argument)) wrong(`{{${inside}}}: there is no fault "${argument}"`);
			break;
		default:
			wrong(`cannot read {{${inside}}}: there are ${WORDS.map((each) => `{{${each} …}}`).join(', ')}`);
	}
}
