import { isAsked, isFromOutside } from '../incident/outside.ts';
import { impactIn } from '../scoring/index.ts';
import type { ClockWords } from './clock-words.ts';
import { longDuration } from './clock-words.ts';
import type { Line } from './document.ts';
import type { Source } from './source.ts';

/** What the incident did to customers, as far as the log has it: how long, how many, what broke, who wrote, what it cost. */
export function impactLines(source: Source, clock: ClockWords): Line[] {
	return [...span(source, clock), ...objectives(source), ...voices(source, clock), ...cost(source)];
}

function span({ events }: Source, clock: ClockWords): Line[] {
	const began = events.find(({ type }) => type === 'impact.started');
	if (!began) return [];
	const ended = events.findLast(({ type }) => type === 'impact.ended');
	const from = `${clock.time(began.occurredAt)}`;
	const text = ended
		? `Customers were affected for ${longDuration(ended.occurredAt - began.occurredAt)}, from ${from} to ${clock.time(ended.occurredAt)} ${clock.zone(ended.occurredAt)}.`
		: `Customers were affected from ${from} ${clock.zone(began.occurredAt)} on; the log has no end of it.`;
	return [{ id: 'impact-span', text }];
}

/** Each objective that was missed, once, with how often and for how long. */
function objectives({ events, from, to }: Source): Line[] {
	const missed = new Map<string, { objective: string; ms: number; since: number | null }>();
	for (const event of events) {
		if (event.type === 'sli.breached') {
			const { sli, objective } = event.payload;
			const known = missed.get(sli) ?? { objective, ms: 0, since: null };
			missed.set(sli, { ...known, since: known.since ?? event.occurredAt });
		} else if (event.type === 'sli.restored') {
			const known = missed.get(event.payload.sli);
			if (known?.since != null) {
				missed.set(event.payload.sli, { ...known, ms: known.ms + event.occurredAt - known.since, since: null });
			}
		}
	}
	const end = to?.at ?? from?.at ?? 0;
	return [...missed].map(([sli, { objective, ms, since }]) => ({
		id: `impact-sli-${sli}`,
		text: `Objective missed: ${objective} for ${longDuration(ms + (since === null ? 0 : Math.max(0, end - since)))}.`
	}));
}

function voices({ state }: Source, clock: ClockWords): Line[] {
	const told = state.injects.filter((inject) => !isAsked(state.questions, inject));
	const heard = [...state.questions, ...told]
		.filter(({ channel }) => isFromOutside(channel))
		.sort((one, other) => one.at - other.at);
	const first = heard[0];
	if (!first) return [];
	const count = heard.length === 1 ? 'One message' : `${heard.length} messages`;
	return [
		{ id: 'impact-voices', text: `${count} from customers and others outside; the first at ${clock.time(first.at)}.` }
	];
}

/** By the scenario's rates, and said to be so. */
function cost({ events, open }: Source): Line[] {
	const money = open ? (impactIn(events)?.money ?? null) : null;
	const sum = Math.round(money?.total ?? 0);
	if (!money || sum === 0) return [];
	return [
		{
			id: 'impact-cost',
			text: `Estimated cost ${money.currency} ${sum.toLocaleString('en-GB')}, by the rates that the scenario assumes.`
		}
	];
}
