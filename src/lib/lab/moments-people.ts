import type { IncidentEvent } from '../incident/event.ts';
import { addedMinutes } from '../scoring/dimensions/actions.ts';
import { elapsed, instantOf, type Facts } from '../scoring/facts.ts';
import { duration } from '../scoring/words.ts';
import { moment, type Moment } from './moments-kinds.ts';

/** A silence is worth a word from here on. */
const SILENT_MS = 2 * 60_000;

/** When somebody first took it for an incident. */
export function recognition(facts: Facts): Moment[] {
	const value = facts.milestone('recognised');
	const event = value && facts.events.find(({ seq }) => seq === value.seq);
	if (!event) return [];
	const since = facts.span('impactStarted', 'recognised');
	return [
		moment('recognition', event, {
			title: event.type === 'incident.declared' ? 'The incident is declared' : 'The first alert is acknowledged',
			question: 'What did you know here, and what made you act?',
			because:
				since === null
					? ''
					: `Customers had been affected for ${since < 0 ? 'no time yet: impact came later' : duration(since)}.`
		})
	];
}

/** Looking is no saying: opening a dashboard breaks no silence. */
const SAYS_NOTHING: ReadonlySet<IncidentEvent['type']> = new Set<IncidentEvent['type']>([
	'telemetry.viewed',
	'participant.joined',
	'participant.left',
	'clock.paused',
	'clock.resumed',
	'clock.speed_changed',
	'observation.recorded'
]);

/** The longest time in which nobody wrote down or did anything, between the first signal and the recovery. */
export function silence(facts: Facts): Moment[] {
	const from = facts.milestone('signalled') ?? facts.milestone('created');
	const to = facts.milestone('mitigated') ?? facts.milestone('resolved') ?? facts.end;
	if (!from) return [];
	const heard = facts.events.filter(
		({ actor, type, occurredAt }) =>
			actor.kind === 'participant' && !SAYS_NOTHING.has(type) && occurredAt >= from.at && occurredAt <= to.at
	);
	const first = facts.events.find(({ seq }) => seq === from.seq);
	let longest: { event: IncidentEvent; ms: number } | null = null;
	for (const [index, event] of [...(first ? [first] : []), ...heard].entries()) {
		const next = heard[first ? index : index + 1];
		const ms = elapsed(instantOf(event), next ? instantOf(next) : to);
		if (ms >= SILENT_MS && (longest === null || ms > longest.ms)) longest = { event, ms };
	}
	if (!longest) return [];
	const until = longest.event.occurredAt + longest.ms;
	const meanwhile = facts
		.of('fault.transitioned')
		.filter(({ occurredAt }) => occurredAt > (longest?.event.occurredAt ?? 0) && occurredAt <= until);
	// One stops in the midst of it: its beginning is the end of something else.
	const middle = Math.round(longest.ms / 2000) * 1000;
	const { seq, occurredAt, simMs } = longest.event;
	const midst = { seq, occurredAt: occurredAt + middle, simMs: simMs === null ? null : simMs + middle };
	return [
		moment('silence', midst, {
			title: `${duration(longest.ms)} in which nothing was written down`,
			question: 'What were you doing, and who knew of it?',
			because:
				meanwhile.length === 0
					? ''
					: `Meanwhile the system went from ${meanwhile[0]?.payload.from.replaceAll('_', ' ')} to ${meanwhile.at(-1)?.payload.to.replaceAll('_', ' ')}.`,
			weight: longest.ms
		})
	];
}

/** Mitigations by what they came to, the declaration, the confirmed cause, the first word to customers. */
export function deeds(facts: Facts, withTwins: Facts): Moment[] {
	const found: Moment[] = [];
	for (const event of facts.of('mitigation.started')) {
		const { attemptId, name } = event.payload;
		const verdict = facts.of('mitigation.judged').find(({ payload }) => payload.attemptId === attemptId);
		const added = addedMinutes(attemptId, withTwins);
		const words = { title: `“${name}” is applied`, question: 'What did you expect it to do, and what told you so?' };
		const evidence = [event.seq, ...(verdict ? [verdict.seq] : [])];
		const minutes = added === null ? '' : ` ${added < 0 ? '−' : '+'}${Math.abs(added).toFixed(1)} impact minutes.`;
		if (verdict?.payload.verdict === 'harmful')
			found.push(
				moment('harmful', event, {
					...words,
					evidence,
					because: `It did harm:${minutes || ' it made things worse.'}`,
					weight: added ?? 0
				})
			);
		else
			found.push(
				moment('action', event, {
					...words,
					evidence,
					because: verdict ? `It was ${verdict.payload.verdict}.` : '',
					weight: verdict?.payload.verdict === 'effective' ? 1 : 0
				})
			);
	}
	const [declared, confirmed, update] = [
		facts.of('incident.declared')[0],
		facts.of('hypothesis.confirmed').at(-1),
		facts.of('status_update.published')[0]
	];
	if (declared)
		found.push(
			moment('declaration', declared, {
				title: `Declared ${declared.payload.severity}`,
				question: 'What spoke for this severity, and what against?',
				because: facts.truth ? `It was a ${facts.truth.severity}.` : ''
			})
		);
	if (confirmed)
		found.push(
			moment('confirmed', confirmed, {
				title: 'A cause is confirmed',
				question: 'What made you sure?',
				because: facts.truth?.rootCause ?? ''
			})
		);
	if (update)
		found.push(
			moment('update', update, { title: 'The first word to customers', question: 'What could they do with it?' })
		);
	return found;
}
