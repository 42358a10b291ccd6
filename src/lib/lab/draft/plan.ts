/** What a draft makes of a post-mortem before it is written down: where it happened, what broke, and what each line stands for. */
import type { Topology } from '../../scenario/scenario.schema.ts';
import type { PostmortemText, TimelineEntry } from './postmortem-text.ts';

export interface Place {
	topology: Topology;
	/** The service that is at fault. */
	culprit: string;
	/** Where users feel it: what calls the culprit, directly or not, and nothing else calls. */
	entry: string;
	/** From the culprit up to the entry, both included. */
	path: string[];
	/** Services that take part. */
	services: string[];
	/** Whether the post-mortem named a service of ours, or one was taken for lack of a name. */
	named: boolean;
}

export type Symptom = 'memory' | 'cpu' | 'latency' | 'errors';

export interface Attempt {
	name: string;
	/** Minutes since the first entry. */
	minutes: number;
	verdict: 'effective' | 'ineffective' | 'harmful';
}

/** What the lines of the timeline stand for. A line is in one list; none is left out. */
export interface Story {
	/** Minutes since the first entry at which the first alert or report came. */
	alarm: number;
	changes: TimelineEntry[];
	attempts: Attempt[];
	injects: TimelineEntry[];
	/** What people did, for the facilitator. */
	people: TimelineEntry[];
	/** When it was over; null where no line says so. */
	over: number | null;
	acknowledged: number | null;
	/** Name of the alert, where the first line names one as rules do. */
	alertName: string | null;
}

export function placeOf(postmortem: PostmortemText, topologies: readonly Topology[]): Place | null {
	const text = wholeText(postmortem);
	const heavy = `${postmortem.title} ${postmortem.rootCause} ${postmortem.whys.map(({ answer }) => answer).join(' ')}`;
	const counted = topologies
		.map((topology) => {
			const names = Object.keys(topology.services)
				.filter((name) => pathUp(topology, name) !== null)
				.map((name) => ({ name, count: mentions(text, name) + 3 * mentions(heavy, name) }));
			return { topology, names, sum: names.reduce((sum, { count }) => sum + count, 0) };
		})
		.sort((a, b) => b.sum - a.sum || Number(b.topology.id === 'saas') - Number(a.topology.id === 'saas'));
	const [best] = counted;
	if (!best) return null;
	const { topology } = best;
	const [most] = [...best.names].sort((a, b) => b.count - a.count);
	const named = best.sum > 0;
	const culprit = named ? most?.name : likely(topology, text);
	const path = culprit === undefined ? null : pathUp(topology, culprit);
	if (culprit === undefined || path === null) return null;
	const callees = topology.dependencies.filter(({ from }) => from === culprit).map(({ to }) => to);
	const mentioned = best.names.filter(({ count }) => count > 0).map(({ name }) => name);
	const order = Object.keys(topology.services);
	const services = order.filter((name) => path.includes(name) || callees.includes(name) || mentioned.includes(name));
	return { topology, culprit, entry: path.at(-1) ?? culprit, path, services, named };
}

/** The way up the calls to a service that users reach and whose requests are counted; null where there is none. */
function pathUp(topology: Topology, from: string): string[] | null {
	const ways: string[][] = [[from]];
	const seen = new Set([from]);
	let best: string[] | null = null;
	for (let way = ways.shift(); way; way = ways.shift()) {
		const top = way.at(-1) ?? from;
		const callers = topology.dependencies.filter(({ to }) => to === top).map((one) => one.from);
		const counted = topology.services[top]?.exports.includes('http') ?? false;
		if (callers.length === 0 && counted && (best === null || traffic(topology, top) > traffic(topology, best.at(-1)))) {
			best = way;
		}
		for (const caller of callers) {
			if (seen.has(caller)) continue;
			seen.add(caller);
			ways.push([...way, caller]);
		}
	}
	return best;
}

function traffic(topology: Topology, name: string | undefined): number {
	return (name === undefined ? undefined : topology.services[name]?.traffic) ?? 0;
}

/** Where no service is named: the kind that the words are about, else the busiest of those that work. */
function likely(topology: Topology, text: string): string | undefined {
	const kinds: [RegExp, string][] = [
		[/\b(database|sql|postgres|query|queries|migration)\b/i, 'db'],
		[/\b(queue|broker|consumer|kafka)\b/i, 'queue']
	];
	const kind = kinds.find(([pattern]) => pattern.test(text))?.[1] ?? 'api';
	const names = Object.keys(topology.services).filter((name) => pathUp(topology, name) !== null);
	const fits = names.filter((name) => topology.services[name]?.kind === kind);
	const cached = fits.filter(() => /\bcach/i.test(text)).filter((name) => name.includes('cache'));
	const from = cached.length > 0 ? cached : fits.length > 0 ? fits : names;
	return [...from].sort((a, b) => traffic(topology, b) - traffic(topology, a))[0];
}

export function symptomOf(postmortem: PostmortemText): Symptom {
	const text = wholeText(postmortem);
	if (/\b(memory|heap|oom|leak)/i.test(text)) return 'memory';
	if (/\bcpu\b/i.test(text)) return 'cpu';
	if (/\b(latency|slow|timeouts?|timed out)\b/i.test(text)) return 'latency';
	return 'errors';
}

const CHANGE =
	/^change:|\b(released?|rolled out|rollout|upgraded?|migrated?|flag|deploy(ed|ment)?|config(uration)? change)\b/i;
const REMEDY =
	/\b(roll(ed|ing)? ?back|revert(ed)?|restart(ed)?|fail(ed)? ?over|scaled|flushed|disabled|drained|(hot)?fix (was )?(deployed|shipped|rolled out)|took .* back|turned off)\b/i;
const ATTEMPTED = /\b(attempted|tried)\b/i;
const OVER = /\b(resolved|all systems normal|back to normal|recovered|all clear)\b/i;
const OUTSIDE =
	/\b(customers?|support|tickets?|complain|tweet|press|partner|vendor|ceo|cto|vp|executive|regulator|asked?)\b/i;
const OURS = /^(status page|internal update|decided|identified|mitigating|monitoring|declared)\b/i;
const ALARM = /\b(alert|alarm|paged?|fired)\b/i;

export function storyOf(postmortem: PostmortemText): Story {
	const { timeline, wentWrong } = postmortem;
	const alarm = timeline.find(({ text }) => ALARM.test(text) || OUTSIDE.test(text))?.minutes ?? 0;
	const story: Story = {
		alarm,
		changes: [],
		attempts: [],
		injects: [],
		people: [],
		over: timeline.findLast(({ text }) => OVER.test(text) && !/\bstaging\b/i.test(text))?.minutes ?? null,
		acknowledged: timeline.find(({ text }) => /\backnowledged\b/i.test(text))?.minutes ?? null,
		alertName: timeline.map(({ text }) => /\b([A-Z][A-Za-z0-9]{3,60}) fired\b/.exec(text)?.[1]).find(Boolean) ?? null
	};
	for (const entry of timeline) {
		const { text } = entry;
		if (OURS.test(text) || /\bstaging\b/i.test(text) || OVER.test(text)) story.people.push(entry);
		else if (REMEDY.test(text) || ATTEMPTED.test(text)) addAttempt(story, entry, wentWrong);
		else if (ALARM.test(text) || /\backnowledged\b/i.test(text)) story.people.push(entry);
		else if (CHANGE.test(text) && entry.minutes <= story.alarm) story.changes.push(entry);
		else if (OUTSIDE.test(text) && entry.minutes >= story.alarm) story.injects.push(entry);
		else story.people.push(entry);
	}
	// What came last before it was over is what ended it, unless it says of itself that it did not.
	const last = story.attempts.findLast(({ verdict }) => verdict === 'effective');
	for (const attempt of story.attempts) {
		if (attempt !== last && attempt.verdict === 'effective') attempt.verdict = 'ineffective';
	}
	return story;
}

function addAttempt(story: Story, entry: TimelineEntry, wentWrong: readonly string[]): void {
	const { text, minutes } = entry;
	const tried = text.replace(/\s+(started|carried out|finished)$/i, '').replace(/\s*\((failed|no effect)[^)]*\)$/i, '');
	const bare = tried.replace(/^(attempted|tried)\s+(a |an |the )?/i, '');
	const name = bare.charAt(0).toUpperCase() + bare.slice(1);
	const failed = /\b(failed|no effect|did not help|without effect|made (it|things) worse)\b/i.test(text);
	const known = story.attempts.find((one) => one.name === name);
	const remedy =
		new RegExp(REMEDY.source, 'i')
			.exec(name)?.[0]
			.toLowerCase()
			.replace(/(ed|ing)$/, '') ?? '\0';
	const harmed = wentWrong.some((line) => /\bworse\b/i.test(line) && line.toLowerCase().includes(remedy));
	if (known) known.minutes = minutes;
	else
		story.attempts.push({
			name,
			minutes,
			verdict: harmed && failed ? 'harmful' : failed ? 'ineffective' : 'effective'
		});
}

function wholeText({ title, impact, rootCause, timeline, wentWrong, whys }: PostmortemText): string {
	const said = whys.map(({ question, answer }) => `${question} ${answer}`);
	return [title, impact, rootCause, ...timeline.map(({ text }) => text), ...wentWrong, ...said].join('\n');
}

/** How often a service is named, as a word of its own. */
function mentions(text: string, name: string): number {
	// Names that are everyday words say nothing by themselves.
	if (['web', 'search', 'cart', 'rules', 'account', 'origin', 'ingest', 'ci', 'auth', 'worker'].includes(name))
		return 0;
	let count = 0;
	for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
		const edge = /[a-z0-9-]/i;
		if (!edge.test(text.charAt(at - 1)) && !edge.test(text.charAt(at + name.length))) count += 1;
	}
	return count;
}
