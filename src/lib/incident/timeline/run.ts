import type { RunEvent } from '../events/run-events.ts';
import { brief, type Words, type Wordings } from './wording.ts';

const INTERVENED = {
	inject_fired: 'Inject fired by hand',
	inject_skipped: 'Inject skipped',
	inject_delayed: 'Inject delayed'
} as const;
const ENDED = {
	success: 'The run ended: service restored and verified',
	host: 'The run was ended by the host',
	limit: 'The run reached its time limit',
	stood_down: 'The run ended: stood down',
	abandoned: 'The run was closed'
} as const;

export const runWords: Wordings<RunEvent> = {
	'run.began': () => ({ lane: 'room', icon: 'clock', title: 'The run began' }),
	'inject.delivered': ({ from, channel, text }) => ({
		lane: 'customers',
		icon: 'message',
		title: `${from} (${channel}): ${brief(text)}`
	}),
	'hint.requested': () => ({ lane: 'room', icon: 'hint', title: 'Asked for a hint' }),
	'hint.given': ({ text }) => ({ lane: 'room', icon: 'hint', title: `Hint: ${brief(text)}` }),
	'facilitator.intervened': ({ what }) => ({ lane: 'truth', icon: 'clock', title: INTERVENED[what] }),
	'observation.recorded': ({ text }) => ({ lane: 'truth', icon: 'note', title: brief(text, 240) }),
	'clock.paused': ({ reason }) => ({ lane: 'room', icon: 'clock', title: 'Paused', detail: reason }),
	'clock.resumed': () => ({ lane: 'room', icon: 'clock', title: 'Resumed' }),
	'clock.speed_changed': ({ speed }) => ({ lane: 'room', icon: 'clock', title: `Speed ${speed}×` }),
	'exercise.frozen': () => ({
		lane: 'room',
		icon: 'clock',
		title: 'Exercise frozen: something real happened',
		key: true
	}),
	'run.ended': ({ reason }) => ({ lane: 'room', icon: 'clock', title: ENDED[reason], key: true }),
	'hotwash.answered': () => null,
	'truth.opened': () => document('The truth was opened'),
	'milestone.corrected': ({ reason }) => ({
		lane: 'room',
		icon: 'clock',
		title: 'A time was corrected',
		detail: reason
	}),
	'postmortem.drafted': () => null,
	'postmortem.review_requested': () => document('Post-mortem given for review'),
	'postmortem.review_returned': ({ reason }) => document('Post-mortem returned from review', reason),
	'postmortem.published': ({ revision = 1 }) =>
		document(`Post-mortem published${revision > 1 ? `, revision ${revision}` : ''}`),
	'postmortem.revision_opened': ({ revision }) => document(`Post-mortem: revision ${revision} begun`),
	'action_item.added': ({ title }) => ({ lane: 'room', icon: 'task', title: `Action: ${brief(title)}` }),
	'action_item.changed': () => null
};

function document(title: string, detail = ''): Words {
	return { lane: 'room', icon: 'document', title, detail };
}
