/** The files of a draft. Every guess carries a mark; what is marked nowhere follows from the post-mortem. */
import type { Service } from '../../scenario/scenario.schema.ts';
import type { Place, Story, Symptom } from './plan.ts';
import type { PostmortemText } from './postmortem-text.ts';
import { DECIDE, inert, quoted, slugOf } from './yaml-writer.ts';

export interface Draft {
	slug: string;
	postmortem: PostmortemText;
	place: Place;
	story: Story;
	symptom: Symptom;
}

/** Simulated minutes before the alarm: the world is calm when a run begins. */
const CALM_MINUTES = 3;
const FAULT = 'what_broke';
/** Lines of a kind in the facilitator's notes. */
const MOST_NOTES = 60;

/** Minutes of the run at which something of the post-mortem happens. */
const simulated = (draft: Draft, minutes: number): number => minutes - draft.story.alarm + CALM_MINUTES;
const culpritOf = ({ place }: Draft): Service | undefined => place.topology.services[place.culprit];

export function scenarioText(draft: Draft): string {
	const { slug, postmortem, place, story } = draft;
	const { topology, culprit, entry, services } = place;
	const title = postmortem.title || postmortem.rootCause || postmortem.key || 'An incident of ours';
	const limit = minutesOf(draft);
	const first = postmortem.timeline.find(({ minutes }) => minutes >= story.alarm);
	return [
		'# yaml-language-server: $schema=../scenario.schema.json',
		`# Drafted from the post-mortem ${oneLine(postmortem.key) || 'of an incident'}. Lines marked DECIDE were guessed: settle each and take the mark away.`,
		'format: 1',
		`id: ${slug}`,
		`title: ${quoted(title, 160)} ${DECIDE} say what people notice, not what it was`,
		`synopsis: ${quoted(`${postmortem.impact || 'Something is wrong'}. Find out what, stop it, and tell those who are waiting.`)} ${DECIDE} nothing here may give the cause away`,
		`class: ${classOf(postmortem)} ${DECIDE} the kind of failure, by its cause`,
		`tags: [draft]`,
		`difficulty: 2 ${DECIDE} 1 to 5; run \`muster prove ${slug}\` and look at how the players do`,
		`severity: { level: P2 } ${DECIDE} what a well-run team settles on, by impact`,
		`minutes: ${limit}`,
		`team: pair ${DECIDE} solo, pair, squad or multi-team`,
		`clock: { start: "${startOf(first?.clock ?? '10:00')}", zone: Etc/UTC } ${DECIDE} the day, and the zone in which the post-mortem tells its times`,
		'skills:',
		`  - find out which service is at fault ${DECIDE} what it practises, in three to five lines`,
		'  - stop the harm before explaining it',
		'objectives:',
		`  - Mitigate before the cause is understood in full ${DECIDE} one to five, each of which somebody can judge`,
		'topology:',
		`  base: ${topology.id}${place.named ? '' : ` ${DECIDE} the post-mortem names no service of ours; whose system is most like yours?`}`,
		`  services: [${services.join(', ')}] ${DECIDE} who takes part; ${culprit} is at fault${place.named ? '' : ', which is a guess'}`,
		'',
		...changesText(draft),
		...faultText(draft),
		'impact:',
		`  - { metric: ${entry}.errors, floor: 1% }`,
		`users: ${usersOf(postmortem)} ${DECIDE} how many people use it at that hour`,
		'slis:',
		`  - { id: success, name: Requests that succeed, metric: ${entry}.errors, op: "<", objective: 1% }`,
		'',
		...diagnosticsText(draft),
		...mitigationsText(draft),
		...injectsText(draft, limit),
		'runbooks: [as-it-was-done]',
		'restored:',
		`  - metric(${entry}.errors) < 1% for 3m`,
		'expectations:',
		'  - { title: An incident was declared, when: declared, by: 8m }',
		`  - { title: It was mitigated, when: status == mitigating or status == monitoring or status == resolved, objective: 1 } ${DECIDE} what shows that an objective was reached`,
		'',
		...truthText(draft),
		...peopleText(draft),
		...idealText(draft)
	].join('\n');
}

function changesText(draft: Draft): string[] {
	const { story, place, postmortem } = draft;
	const causes = `${postmortem.rootCause} ${postmortem.whys.map(({ answer }) => answer).join(' ')}`;
	const told = story.changes.map((entry, index) => ({
		id: `change_${index + 1}`,
		at: Math.min(-1, Math.round(simulated(draft, entry.minutes))),
		title: entry.text.replace(/^change:\s*/i, ''),
		mark: 'the service, the kind and the versions'
	}));
	const guessed =
		told.length === 0 && /\b(update|deploy|release|upgrade|change|config|flag|migration)/i.test(causes)
			? [
					{
						id: 'change_1',
						at: -30,
						title: postmortem.rootCause || 'The change',
						mark: 'the post-mortem tells of a change and not of its time'
					}
				]
			: [];
	const all = [...told, ...guessed];
	if (all.length === 0) return [];
	return [
		'changes:',
		...all.map(
			({ id, at, title, mark }) =>
				`  - { id: ${id}, at: ${at}m, service: ${place.culprit}, kind: config, title: ${quoted(title, 200)} } ${DECIDE} ${mark}`
		),
		''
	];
}

function faultText(draft: Draft): string[] {
	const { place, symptom, postmortem, story } = draft;
	const { culprit, path } = place;
	const share = shareOf(postmortem);
	const harmful = story.attempts.some(({ verdict }) => verdict === 'harmful');
	const grows: Record<Symptom, string[]> = {
		memory: [`          - { metric: ${culprit}.mem, ramp: { to: 94%, over: 4m } }`],
		cpu: [`          - { metric: ${culprit}.cpu, ramp: { to: 96%, over: 3m } }`],
		latency: [`          - { metric: ${culprit}.latency, ramp: { to: 2500ms, over: 3m } }`],
		errors: []
	};
	const effects = (errors: string) => [
		'        effects:',
		...(culpritOf(draft)?.kind === 'vendor' ? [] : grows[symptom]),
		`          - { metric: ${culprit}.errors, ramp: { to: ${errors}, over: 2m }, failing: ${symptom === 'errors' ? 'fast' : 'slow'} } ${DECIDE} how much fails, and how soon`,
		...path
			.slice(1)
			.map(
				(caller, index) =>
					`          - { metric: ${caller}.errors, cascade: { from: ${path[index] ?? culprit}.errors, share: 0.9, delay: 5s } }`
			)
	];
	const log = (per: number) => [
		'        logs:',
		`          - { service: ${culprit}, level: error, message: ${quoted(`request {request} failed: ${symptomWords(symptom)}`)}, of_errors: ${per} } ${DECIDE} the line that really stood in the log`
	];
	return [
		'faults:',
		`  - id: ${FAULT}`,
		'    initial: calm',
		'    states:',
		'      calm:',
		'        phase: healthy',
		'        next:',
		'          - { after: 30s, to: degraded }',
		'      degraded:',
		'        phase: degraded',
		`        note: ${quoted(postmortem.rootCause || postmortem.whys[0]?.answer || 'What the post-mortem tells.')}`,
		...effects(`${share}%`),
		...log(0.6),
		...(harmful
			? [
					'      worse:',
					'        phase: aggravated',
					`        note: What was tried made it worse.`,
					...effects(`${Math.min(95, share * 2)}%`),
					...log(0.6)
				]
			: []),
		'      mended:',
		'        phase: mitigated',
		'        next:',
		'          - { after: 3m, to: resolved }',
		'      resolved:',
		'        phase: resolved',
		''
	];
}

function diagnosticsText({ place, postmortem, symptom }: Draft): string[] {
	const { culprit } = place;
	const answers = postmortem.whys.map(({ answer }) => answer).filter((answer) => answer !== '');
	const cause = answers[0] ?? (postmortem.rootCause || 'what it was');
	const shown = (text: string) => [
		'    shows:',
		`      - { when: state(${FAULT}.calm), text: "nothing unusual" }`,
		`      - { when: state(${FAULT}.mended) or state(${FAULT}.resolved), text: "nothing new since it was mended" }`,
		`      - { text: ${quoted(text)} } ${DECIDE} what the tool prints: the post-mortem's words stand here`
	];
	return [
		'diagnostics:',
		'  - id: logs',
		'    kind: logs',
		`    command: logs ${culprit} level=error since=15m`,
		`    title: Errors in the log of ${culprit}`,
		'    proves: cause',
		...shown(cause),
		'  - id: closer_look',
		'    kind: dashboard',
		`    command: dashboard ${culprit}`,
		`    title: ${culprit} at a closer look`,
		'    proves: cause',
		...shown(`${symptomWords(symptom)} in ${culprit}; its callers follow`),
		'  - id: what_changed',
		'    kind: deploy_history',
		`    command: changes ${culprit} since=2h`,
		`    title: What changed around ${culprit}`,
		'    proves: trigger',
		'    shows:',
		`      - { text: ${quoted(answers.at(-1) ?? 'no change is recorded')} } ${DECIDE} what its history of changes shows`,
		''
	];
}

interface Remedy {
	id: string;
	name: string;
	verdict: 'effective' | 'ineffective' | 'harmful';
	guessed: boolean;
	restarts: boolean;
}

/** What the post-mortem tells, and what a draft needs besides: one that helps and one that tempts. */
function remediesOf({ story, place }: Draft): Remedy[] {
	const told = story.attempts.map(({ name, verdict }, index) => ({
		id: slugOf(name, `attempt-${index + 1}`, 40).replace(/-/g, '_'),
		name,
		verdict,
		guessed: false,
		restarts: /\brestart/i.test(name)
	}));
	const all: Remedy[] = told.filter(({ id }, index) => told.findIndex((one) => one.id === id) === index);
	if (!all.some(({ verdict }) => verdict === 'effective')) {
		all.push({ id: 'mend', name: 'Undo what caused it', verdict: 'effective', guessed: true, restarts: false });
	}
	if (!all.some(({ verdict }) => verdict !== 'effective')) {
		const name = `Restart ${place.culprit}`;
		all.push({ id: 'restart', name, verdict: 'ineffective', guessed: true, restarts: true });
	}
	return all;
}

function mitigationsText(draft: Draft): string[] {
	const { culprit } = draft.place;
	const why: Record<Remedy['verdict'], string> = {
		effective: 'It is what ended it then.',
		ineffective: 'It was tried, and nothing came of it.',
		harmful: 'It was tried, and made it worse.'
	};
	const to: Record<Remedy['verdict'], string[]> = {
		effective: [`    to: { ${FAULT}: mended }`],
		ineffective: [],
		harmful: [`    to: { ${FAULT}: worse }`, '    from: [degraded]']
	};
	return [
		'mitigations:',
		...remediesOf(draft).flatMap(({ id, name, verdict, guessed, restarts }) => [
			`  - id: ${id}`,
			`    name: ${quoted(name, 120)}${guessed ? ` ${DECIDE} the post-mortem names none such: what helps, and what tempts?` : ''}`,
			`    command: ${quoted(id.replace(/_/g, ' '))} ${DECIDE} as one would type it`,
			`    kind: ${restarts ? 'restart' : 'change'}`,
			`    description: ${quoted(`${name}.`)} ${DECIDE} what it does, and nothing about whether it helps`,
			'    takes: 2m',
			`    verdict: ${verdict}`,
			`    why: ${quoted(why[verdict])} ${DECIDE} why, for the debrief`,
			...to[verdict],
			...(restarts ? [`    restarts: ${culprit}`] : []),
			'    prints: done'
		]),
		''
	];
}

function injectsText(draft: Draft, limit: number): string[] {
	const told = draft.story.injects
		.map((entry) => ({ entry, at: Math.round(simulated(draft, entry.minutes)) }))
		.filter(({ at }) => at > 0 && at < limit);
	if (told.length === 0) return [];
	return [
		'injects:',
		...told.map(
			({ entry, at }, index) =>
				`  - { id: told_${index + 1}, at: ${at}m, channel: ${channelOf(entry.text)}, from: Support, text: ${quoted(entry.text)} } ${DECIDE} who says it to whom, in their own words, and what a good team does with it`
		),
		''
	];
}

function truthText(draft: Draft): string[] {
	const { postmortem, story, place } = draft;
	const whys = postmortem.whys.filter(({ answer }) => answer !== '').slice(0, 12);
	const root = Math.max(
		whys.findIndex((why) => why.root),
		whys.some((why) => why.root) ? 0 : whys.length - 1
	);
	const missing = Array.from({ length: Math.max(0, 3 - whys.length) }, (_, index) => index);
	const mitigated = story.attempts.findLast(({ verdict }) => verdict === 'effective')?.minutes ?? null;
	const since = (minutes: number | null): number | null =>
		minutes === null ? null : Math.max(1, minutes - story.alarm);
	const expected = [
		['detection', since(story.acknowledged)],
		['mitigation', since(mitigated)],
		['resolution', since(story.over)]
	].flatMap(([name, minutes]) => (minutes === null ? [] : [`${name}: ${Number(minutes) + CALM_MINUTES}m`]));
	return [
		'truth:',
		`  root_cause: ${quoted(postmortem.rootCause || whys[root]?.answer || 'not known')}${postmortem.rootCause === '' || /^not confirmed/i.test(postmortem.rootCause) ? ` ${DECIDE} the post-mortem confirms none` : ''}`,
		`  trigger: ${quoted(whys[0]?.answer ?? 'not known')} ${DECIDE} what set it off at that moment`,
		`  customers_see: ${quoted(postmortem.impact || 'not told')}`,
		'  whys:',
		...whys.map(
			({ question, answer, category }, index) =>
				`    - { question: ${quoted(question)}, answer: ${quoted(answer)}, category: ${category}${index === root ? ', root_cause: true' : ''} }`
		),
		...missing.map(
			(index) =>
				`    - { question: "Why?", answer: ${quoted('not answered in the post-mortem')}, category: process${whys.length === 0 && index === missing.length - 1 ? ', root_cause: true' : ''} } ${DECIDE} a why that leaves the code`
		),
		'  alerts:',
		`    - { name: ${alertNameOf(draft)}, service: ${place.entry}, from: 1m, by: 8m }`,
		'  runbook: as-it-was-done',
		...(postmortem.wentWrong.length > 0
			? [
					'  debrief:',
					...postmortem.wentWrong.slice(0, 6).map((line) => `    - ${quoted(`“${line}”: what would have changed it?`)}`)
				]
			: []),
		'  expected:',
		...expected.map((line) => `    ${line}`),
		'    roles: [incident_commander]',
		...(postmortem.actions.length > 0
			? [
					'  actions:',
					...postmortem.actions
						.slice(0, 20)
						.map(
							({ title, owner }) =>
								`    - { title: ${quoted(title, 300)}, owner: ${quoted(owner || 'nobody yet', 100)}, kind: ${/\b(monitor|alert|detect|profil|watch)/i.test(title) ? 'detect' : 'prevent'} }`
						)
				]
			: []),
		''
	];
}

function peopleText({ postmortem, story, place }: Draft): string[] {
	const bullet = (title: string, lines: readonly string[]) =>
		lines.length === 0
			? []
			: [
					`  ${title}`,
					...lines.slice(0, MOST_NOTES).map((line) => `  - ${clipped(line)}`),
					...(lines.length > MOST_NOTES ? [`  - and ${lines.length - MOST_NOTES} more in the post-mortem`] : [])
				];
	const brief = (role: string, words: string) => `  ${role}: { brief: ${quoted(words)} }`;
	return [
		'hints:',
		`  - "Who is hurt, and since when? Begin at ${place.entry}." ${DECIDE} from vague to plain, three or four`,
		`  - "Look at what ${place.entry} calls. ${place.culprit} is worth a closer look."`,
		'role_cards:',
		brief('incident_commander', 'You decide and keep the overview. Ask what changed, and who is doing what.'),
		brief('technical_lead', 'You find the quickest safe way to stop the harm.'),
		brief(
			'communications_lead',
			'You tell customers and colleagues what they see, what is done, and when they hear again.'
		),
		brief('scribe', 'You keep the timeline: what was seen, decided and done, and when.'),
		'on_call:',
		'  - { seat: primary, name: You, title: On-call engineer }',
		`  - { seat: secondary, name: Second on call, title: Engineer } ${DECIDE} who can be called`,
		'facilitator_notes: |',
		`  Drafted from ${oneLine(postmortem.key) || 'a post-mortem'}.`,
		...bullet(
			'What people did then:',
			story.people.map(({ clock, text }) => `${clock} ${text}`)
		),
		...bullet('What went well:', postmortem.wentWell),
		...bullet('What went wrong:', postmortem.wentWrong),
		''
	];
}

function idealText(draft: Draft): string[] {
	const { entry, culprit } = draft.place;
	const alert = alertNameOf(draft);
	const mend = remediesOf(draft).find(({ verdict }) => verdict === 'effective')?.id ?? 'mend';
	const found = `evidence(logs) and evidence(closer_look)`;
	return [
		`ideal: ${DECIDE} what an expert does; this much wins`,
		`  - when: alert(${alert})`,
		`    do: { type: acknowledgeAlert, alertId: ${alert} }`,
		`  - when: alert(${alert})`,
		'    do: { type: takeRole, role: incident_commander }',
		`  - when: alert(${alert})`,
		'    do: { type: takeRole, role: technical_lead }',
		`  - when: alert(${alert})`,
		'    do: { type: takeRole, role: communications_lead }',
		`  - when: alert(${alert})`,
		`    do: { type: declareIncident, severity: P2, title: "${entry} fails for customers", summary: "A share of requests fails." }`,
		'  - when: declared',
		'    do: { type: runDiagnostic, diagnosticId: logs }',
		'  - when: declared',
		'    do: { type: runDiagnostic, diagnosticId: closer_look }',
		`  - when: ${found}`,
		`    do: { type: proposeHypothesis, text: "It is ${culprit}", confidence: 0.8 }`,
		`  - when: ${found}`,
		'    do:',
		'      type: publishStatusUpdate',
		'      channel: status_page',
		'      state: identified',
		`      impact: ${quoted(draft.postmortem.impact || 'A share of requests fails.', 300)}`,
		'      action: We have found the service that causes it and are mending it.',
		'      nextUpdateInMinutes: 15',
		`  - when: ${found}`,
		`    do: { type: applyMitigation, mitigationId: ${mend} }`,
		`  - when: action(${mend})`,
		'    do: { type: changeStatus, status: monitoring, note: Watching the errors. }',
		`  - when: action(${mend}) and metric(${entry}.errors) < 1% for 4m`,
		'    do:',
		'      type: changeStatus',
		'      status: resolved',
		'      note: It was mended.',
		`      verification: Errors of ${entry} below 1 % for four minutes, latency as usual, no new tickets.`,
		''
	]
		.join('\n')
		.split('\n');
}

export function rulesText(draft: Draft): string {
	const { entry } = draft.place;
	const threshold = Math.max(0.015, shareOf(draft.postmortem) / 400);
	return [
		'groups:',
		'  - name: draft',
		'    interval: 15s',
		'    rules:',
		`      - alert: ${alertNameOf(draft)} ${DECIDE} the rule that really fired, or ought to have`,
		'        expr: |',
		`          sum by (service) (rate(http_requests_total{service="${entry}",status=~"5.."}[2m]))`,
		`            / sum by (service) (rate(http_requests_total{service="${entry}"}[2m])) > ${threshold}`,
		'        for: 30s',
		'        labels:',
		'          severity: critical',
		'        annotations:',
		'          summary: "{{ $labels.service }} fails"',
		'          description: "{{ $value | humanizePercentage }} of requests fail in {{ $labels.service }}."',
		'          runbook_url: "https://runbooks.example/as-it-was-done"',
		''
	].join('\n');
}

/** What was done then, as steps to follow: a runbook that its authors will want to mend. */
export function runbookText(draft: Draft): string {
	const { story, place } = draft;
	const done = story.people
		.filter(({ text }) => !/\b(alert|fired|acknowledged|resolved|normal|declared)\b/i.test(text))
		.slice(0, 12);
	const steps = done.map(({ text }, index) => [
		`  - id: step_${index + 1}`,
		`    title: ${quoted(text, 200)}`,
		'    kind: manual'
	]);
	return [
		'---',
		'id: as-it-was-done',
		'name: As it was done then',
		`alerts: [${alertNameOf(draft)}]`,
		`steps: ${DECIDE} which of these would help the next time, and what was missing`,
		'  - id: look',
		`    title: ${quoted(`Read the errors of ${place.culprit}`)}`,
		'    kind: automated',
		`    command: logs ${place.culprit} level=error since=15m`,
		'    runs: logs',
		...steps.flat(),
		'---',
		'# As it was done then',
		'',
		'Taken from the timeline of the post-mortem. Rewrite it as what somebody should do who sees this for the first time.',
		''
	].join('\n');
}

function minutesOf({ postmortem, story }: Draft): number {
	const told = postmortem.durationMinutes ?? (story.over ?? postmortem.timeline.at(-1)?.minutes ?? 20) - story.alarm;
	return Math.min(480, Math.max(20, Math.ceil(told) + CALM_MINUTES));
}

/** Share of requests that fail, in percent. */
function shareOf({ impact, rootCause }: PostmortemText): number {
	const said = /(\d+(?:\.\d+)?)\s*(?:%|percent)/i.exec(`${impact} ${rootCause}`)?.[1];
	return Math.min(90, Math.max(5, Math.round(Number(said ?? 15))));
}

function usersOf({ impact }: PostmortemText): number {
	const said = /([\d,. ]*\d)\s*(k\b|thousand)?\s*(?:users|customers|people|accounts)/i.exec(impact);
	const digits = (said?.[1] ?? '').replace(/[^\d]/g, '');
	const users = Number(digits.slice(0, 9) || 10_000) * (said?.[2] ? 1_000 : 1);
	return Math.max(1, users);
}

const CLASSES: [RegExp, string][] = [
	[/\b(dependency|library|third.party)\b/i, 'dependency'],
	[/\b(certificate|tls|expired)\b/i, 'cert'],
	[/\b(dns|nameserver)\b/i, 'dns'],
	[/\b(database|query|replica|migration|postgres|sql)\b/i, 'db'],
	[/\b(vendor|provider)\b/i, 'vendor'],
	[/\b(breach|attack|credential|leaked secret)\b/i, 'security'],
	[/\b(config|flag|setting)/i, 'config'],
	[/\b(queue|consumer|broker)\b/i, 'queue'],
	[/\b(cache|redis)\b/i, 'cache'],
	[/\b(disk|capacity|traffic|quota|limit)\b/i, 'capacity'],
	[/\b(network|packet|route)\b/i, 'network']
];

function classOf({ rootCause, whys }: PostmortemText): string {
	const text = `${rootCause} ${whys.map(({ answer }) => answer).join(' ')}`;
	return CLASSES.find(([pattern]) => pattern.test(text))?.[1] ?? 'change';
}

function channelOf(text: string): string {
	const channels: [RegExp, string][] = [
		[/\b(ceo|cto|vp|executive|director)\b/i, 'exec'],
		[/\b(tweet|twitter|social)\b/i, 'social'],
		[/\b(press|journalist)\b/i, 'press'],
		[/\b(vendor|provider)\b/i, 'vendor'],
		[/\b(regulator|authority)\b/i, 'regulator'],
		[/\b(partner)\b/i, 'partner'],
		[/\b(phone|call(ed)?)\b/i, 'phone'],
		[/\b(e-?mail)\b/i, 'email']
	];
	return channels.find(([pattern]) => pattern.test(text))?.[1] ?? 'ticket';
}

function symptomWords(symptom: Symptom): string {
	const words: Record<Symptom, string> = {
		memory: 'out of memory',
		cpu: 'no time left on the CPU',
		latency: 'no answer in time',
		errors: 'internal error'
	};
	return words[symptom];
}

function alertNameOf({ story }: Draft): string {
	return story.alertName ?? 'ServiceFails';
}

function startOf(clock: string): string {
	const [hours = 0, minutes = 0] = clock.split(':').map(Number);
	const at = (hours * 60 + minutes - CALM_MINUTES + 24 * 60) % (24 * 60);
	return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}

/** A line of a block of text: nothing in it is taken for a template. */
function clipped(text: string): string {
	const line = oneLine(text);
	return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

function oneLine(text: string): string {
	return inert(text.replace(/\s+/g, ' ').trim());
}
