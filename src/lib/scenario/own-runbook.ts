/**
 * Runbooks that a team brings: Markdown as they have it, with front matter that maps it to alerts and scenarios. A run that begins
 * with them carries them in its scenario, so that it is replayed with what was on the table then.
 */
import { OWN_RUNBOOK } from '../incident/runbook.ts';
import { canonicalJson } from './canonical-json.ts';
import { splitFrontMatter } from './front-matter.ts';
import type { CompiledScenario } from './library.ts';
import type { Problem } from './problem.ts';
import { ownRunbookSchema } from './own-runbook.schema.ts';
import { sha256 } from './sha256.ts';
import { readWith, type Reading } from './sources.ts';
import type { Runbook } from './scenario.schema.ts';

export interface OwnRunbook {
	/** Unique among a team's own. */
	id: string;
	name: string;
	alerts: string[];
	scenarios: string[];
	updated: string;
	steps: Runbook['steps'];
	/** Markdown without what became the steps. */
	body: string;
}

/** Larger files are refused unread. */
export const MOST_RUNBOOK_CHARACTERS = 256 * 1024;
const MOST_STEPS = 100;

/** `file` is its name as people know it. What it says is checked against nothing yet. */
export function readOwnRunbook(file: string, text: string): Reading<OwnRunbook> {
	const problem = (code: string, message: string, line = 1): Reading<OwnRunbook> => ({
		ok: false,
		problems: [{ file, line, column: 1, code, message, severity: 'error' }]
	});
	if (text.length > MOST_RUNBOOK_CHARACTERS)
		return problem('too_large', 'the file is larger than 256 KiB: split the runbook');
	if (text.includes('\0')) return problem('not_text', 'this is no text: save it as Markdown in UTF-8');
	const front = splitFrontMatter(text);
	if (!front && /^\uFEFF?---[ \t]*\r?\n/.test(text)) {
		return problem('front_matter', 'the front matter is never closed: end it with a line of ---');
	}
	const lead = front
		? text
				.replace(/\r\n/g, '\n')
				.replace(/^\uFEFF/, '')
				.indexOf(front.body === '' ? '\0' : front.body)
		: 0;
	const reading = readWith(ownRunbookSchema, file, front?.yaml.trim() ? front.yaml : '{}', front?.firstLine ?? 1);
	if (!reading.ok) return reading;
	const { value, source } = reading.parsed;
	const body = front?.body ?? text.replace(/\r\n/g, '\n');
	const listed = value.steps ? null : stepsIn(body);
	const given =
		value.steps?.map((step, index) => ({ ...step, id: step.id ?? `step-${index + 1}` })) ?? listed?.steps ?? [];
	const bodyLine = lead > 0 ? text.replace(/\r\n/g, '\n').slice(0, lead).split('\n').length : 1;
	if (given.length === 0) {
		return problem('no_steps', 'there are no steps: write a numbered list, or `steps:` in the front matter', bodyLine);
	}
	if (given.length > MOST_STEPS)
		return problem('too_many_steps', `more than ${MOST_STEPS} steps: nobody follows them under stress`, bodyLine);
	const double = given.findIndex(({ id }, index) => given.findIndex((one) => one.id === id) !== index);
	if (double !== -1) {
		const place = source.locate(['steps', double]);
		return problem('duplicate', `step "${given[double]?.id ?? ''}" occurs twice: rename one`, place.line);
	}
	const heading = /^#\s+(.+)$/m.exec(body)?.[1]?.trim();
	const named = value.name ?? value.title;
	const fileName = (file.split('/').at(-1) ?? file).replace(/\.(md|markdown)$/i, '');
	return {
		ok: true,
		parsed: {
			source,
			value: {
				id: value.id ?? slugOf(fileName),
				name: (named ?? heading ?? fileName).slice(0, 200),
				alerts: value.alerts,
				scenarios: value.scenarios,
				updated: value.updated ?? '',
				steps: given.map(({ id, title, kind, command, runs, text }) => ({
					id,
					title,
					kind,
					text,
					...(command !== undefined && { command }),
					...(runs !== undefined && { runs })
				})),
				body: withoutTitle(listed?.rest ?? body, named === undefined ? heading : undefined)
			}
		}
	};
}

/** Names that nothing answers to: advice, since a team's folder serves more than one Muster. */
export function checkOwnRunbook(
	{
		value,
		source
	}: { value: OwnRunbook; source: { file: string; locate: (path: string[]) => { line: number; column: number } } },
	known: { scenarios: readonly string[]; alerts: ReadonlySet<string> }
): Problem[] {
	const advice = (path: string, code: string, message: string): Problem => ({
		file: source.file,
		...source.locate([path]),
		code,
		message,
		severity: 'warning'
	});
	const problems: Problem[] = [];
	if (value.alerts.length === 0 && value.scenarios.length === 0) {
		const message =
			'it is mapped to nothing and offered nowhere: write `alerts:` or `scenarios:` into its front matter';
		problems.push(advice('alerts', 'not_mapped', message));
	}
	for (const id of value.scenarios) {
		if (id === '*' || known.scenarios.includes(id)) continue;
		problems.push(advice('scenarios', 'unknown_scenario', `there is no scenario "${id}"`));
	}
	for (const name of value.alerts) {
		if (known.alerts.has(name)) continue;
		problems.push(advice('alerts', 'unknown_alert', `no scenario has an alert "${name}"`));
	}
	return problems;
}

/** Names of the alerts that rules of a scenario define. */
export function alertsOf({ rules }: Pick<CompiledScenario, 'rules'>): string[] {
	return rules.groups.flatMap((group) =>
		group.rules.flatMap(({ alert }) => (typeof alert === 'string' ? [alert] : []))
	);
}

export function isOffered(own: OwnRunbook, compiled: CompiledScenario): boolean {
	const alerts = alertsOf(compiled);
	return (
		own.scenarios.includes('*') ||
		own.scenarios.includes(compiled.scenario.id) ||
		// Alerts of this name elsewhere are not meant where scenarios are named.
		(own.scenarios.length === 0 && own.alerts.some((name) => alerts.includes(name)))
	);
}

/** The scenario with those of a team's runbooks that are mapped to it. The same where none is. */
export function withOwnRunbooks(compiled: CompiledScenario, all: readonly OwnRunbook[]): CompiledScenario {
	const offered = all.filter((own) => isOffered(own, compiled));
	if (offered.length === 0) return compiled;
	const { diagnostics, mitigations } = compiled.scenario;
	const runnable = new Set([...diagnostics, ...mitigations].map(({ id }) => id));
	const { contentHash: _, ...content } = compiled;
	const own = offered.map(({ id, name, alerts, updated, steps }) => ({
		id: `${OWN_RUNBOOK}${id}`,
		name,
		alerts,
		updated,
		steps: steps.map(({ runs, ...step }) =>
			runs !== undefined && step.kind === 'automated' && runnable.has(runs)
				? { ...step, runs }
				: { ...step, kind: step.kind === 'automated' ? ('manual' as const) : step.kind }
		)
	}));
	const grown = {
		...content,
		runbooks: [...content.runbooks, ...own],
		runbookBodies: {
			...content.runbookBodies,
			...Object.fromEntries(offered.map(({ id, body }) => [`${OWN_RUNBOOK}${id}`, body]))
		}
	};
	return { ...grown, contentHash: sha256(canonicalJson(grown)) };
}

/** The heading that became the name is not told twice. */
function withoutTitle(body: string, heading: string | undefined): string {
	if (heading === undefined) return body;
	return body.replace(/^#\s+.+\n*/m, '').trim();
}

/** The items of numbered and of task lists at the margin, each with what is indented under it. */
function stepsIn(body: string): { steps: (Runbook['steps'][number] & { text: string })[]; rest: string } {
	const steps: { id: string; title: string; kind: 'manual'; text: string }[] = [];
	const rest: string[] = [];
	let under: string[] | null = null;
	let fenced = false;
	const close = () => {
		const last = steps.at(-1);
		if (under && last) last.text = under.join('\n').trim();
		under = null;
	};
	for (const line of body.split('\n')) {
		const item = fenced ? null : /^(?:\d{1,3}[.)]|[-*+]\s+\[[ xX]\])\s+(.+)$/.exec(line);
		if (item) {
			close();
			under = [];
			steps.push({
				id: `step-${steps.length + 1}`,
				title: (item[1] ?? '').replace(/\*\*(.+?)\*\*/g, '$1').slice(0, 400),
				kind: 'manual',
				text: ''
			});
		} else if (under && (/^(?: {2,}|\t)/.test(line) || line.trim() === ''))
			under.push(line.replace(/^(?: {2,4}|\t)/, ''));
		else {
			close();
			if (/^(```|~~~)/.test(line)) fenced = !fenced;
			rest.push(line);
		}
	}
	close();
	return {
		steps,
		rest: rest
			.join('\n')
			.replace(/\n{3,}/g, '\n\n')
			.trim()
	};
}

function slugOf(name: string): string {
	const slug = name
		.toLowerCase()
		.replace(/[^a-z0-9_-]+/g, '-')
		.replace(/^[-_]+|[-_]+$/g, '')
		.slice(0, 60);
	return slug === '' ? 'runbook' : slug;
}
