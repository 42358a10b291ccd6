import { between } from '../incident/milestones.ts';
import type { IncidentStatus } from '../incident/status.ts';
import { longDuration, type ClockWords } from './clock-words.ts';
import type { PostmortemDocument } from './document.ts';
import type { Source } from './source.ts';

/** The executive summary: how long, what customers noticed, and the cause as people found it. */
export function summary(source: Source, clock: ClockWords): PostmortemDocument['summary'] {
	return { duration: durationWords(source, clock), impact: impactWords(source), rootCause: causeWords(source) };
}

function durationWords({ from, to, milestones }: Source, clock: ClockWords): string {
	if (!from) return '';
	if (!to) return `Since ${clock.time(from.at)} ${clock.zone(from.at)}, not resolved`;
	const ms = between(from, to) ?? 0;
	return `${longDuration(ms)} (${clock.time(from.at)} - ${clock.time(to.at)} ${clock.zone(to.at)})${milestones.claimed.resolved ? '' : ', not resolved'}`;
}

/** While it stands so, an update tells of the impact; later ones tell of its end. */
const WHILE_AFFECTED: readonly IncidentStatus[] = ['investigating', 'identified', 'mitigating'];

/** People's own words on the impact, and the measured share where it may be told. */
function impactWords({ events, state, open }: Source): string {
	const told = state.updates.filter(({ impact }) => impact.trim() !== '');
	const said = told.findLast(({ state: at }) => WHILE_AFFECTED.includes(at)) ?? told[0];
	const words = (said?.impact ?? '').trim() || state.brief.impact.trim() || (state.declared?.summary ?? '').trim();
	return [words === '' ? '' : sentence(words), open ? measured(events) : ''].filter((part) => part !== '').join(' ');
}

function measured(events: Source['events']): string {
	// An import knows that customers suffered, and not how many.
	if (events.some((event) => event.type === 'impact.started' && event.payload.assumed)) return '';
	const shares = events.flatMap((event) =>
		event.type === 'impact.started' || event.type === 'impact.changed' ? [event.payload.share] : []
	);
	if (shares.length === 0) return '';
	const share = Math.max(...shares);
	const truth = events.find((event) => event.type === 'truth.recorded')?.payload.truth;
	const total = truth?.usersTotal ?? null;
	const users =
		total === null
			? ''
			: `, about ${Math.round(share * total).toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')}`;
	return `At its worst ${Math.round(share * 1000) / 10}% of users were affected${users}.`;
}

function causeWords({ cause, state }: Source): string {
	if (cause) return cause.text.trim();
	if (state.imported && state.imported.cause !== '') return sentence(state.imported.cause);
	const open = state.hypotheses.filter(({ verdict }) => verdict === null);
	const likeliest = open.reduce<(typeof open)[number] | null>(
		(most, one) => (most === null || one.confidence > most.confidence ? one : most),
		null
	);
	return likeliest
		? `Not confirmed. Most likely (${Math.round(likeliest.confidence * 100)}% sure): ${likeliest.text.trim()}`
		: 'Not found yet.';
}

export function sentence(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return /[.!?…]$/.test(line) ? line : `${line}.`;
}
