import type { CoordinationEvent } from '../events/coordination-events.ts';
import { ROLE_NAMES } from '../role.ts';
import { STATUS_NAMES } from '../status.ts';
import { brief, percent, type Wordings } from './wording.ts';

const JOINED = { responder: 'Joined', observer: 'Joined to observe', facilitator: 'Joined to facilitate' } as const;

export const coordinationWords: Wordings<CoordinationEvent> = {
	'status.changed': ({ to, note, verification }) => ({
		lane: 'incident_commander',
		icon: 'status',
		title: STATUS_NAMES[to],
		detail: [note, verification ? `Verified: ${verification}` : ''].filter((part) => part !== '').join(' '),
		key: true
	}),
	'incident.reopened': ({ reason }) => ({
		lane: 'incident_commander',
		icon: 'status',
		title: 'Reopened',
		detail: reason,
		key: true
	}),
	'incident.stood_down': ({ reason }) => ({
		lane: 'incident_commander',
		icon: 'status',
		title: 'Stood down: no incident after all',
		detail: reason,
		key: true
	}),
	'participant.joined': ({ participantId, as }) => ({
		lane: 'room',
		icon: 'person',
		title: JOINED[as],
		about: participantId
	}),
	'participant.left': ({ participantId }) => ({ lane: 'room', icon: 'person', title: 'Left', about: participantId }),
	'role.assigned': ({ role, participantId, bot }) => ({
		lane: 'room',
		icon: 'seat',
		title: bot ? 'The bot keeps the timeline' : `${ROLE_NAMES[role]} is ${participantId === null ? 'open' : 'filled'}`,
		about: participantId
	}),
	'role.proposed': () => null,
	'role.handed_off': ({ role, to, briefing }) => ({
		lane: 'incident_commander',
		icon: 'seat',
		title: `${ROLE_NAMES[role]} handed over`,
		detail: briefing,
		about: to,
		key: true
	}),
	'handoff.item_acknowledged': () => ({ lane: 'room', icon: 'check', title: 'Item of the handover taken over' }),
	'message.posted': ({ text }) => ({ lane: 'room', icon: 'message', title: brief(text) }),
	'message.corrected': ({ text }) => ({ lane: 'room', icon: 'message', title: `Corrected: ${brief(text)}` }),
	'brief.updated': ({ brief: { impact, known, doing, next } }) => ({
		lane: 'incident_commander',
		icon: 'document',
		title: 'Brief updated',
		detail: [impact, known, doing, next].filter((part) => part !== '').join(' · ')
	}),
	'status_update.published': ({ channel, state, impact, action }) => ({
		lane: 'communications_lead',
		icon: 'update',
		title: `${channel === 'status_page' ? 'Status page' : 'Internal update'}: ${STATUS_NAMES[state].toLowerCase()}`,
		detail: `${impact.trim().replace(/[.]?$/, '.')} ${action}`,
		key: true
	}),
	'stakeholder.asked': ({ from, channel, text }) => ({
		lane: 'customers',
		icon: 'question',
		title: `${from} (${channel}): ${brief(text)}`
	}),
	'stakeholder.handed': ({ questionId, to }, { question }) => ({
		lane: 'communications_lead',
		icon: 'question',
		title: `Question of ${question(questionId)} handed to the ${ROLE_NAMES[to].toLowerCase()}`
	}),
	'stakeholder.answered': ({ questionId, text }, { question }) => ({
		lane: 'communications_lead',
		icon: 'question',
		title: `Answered ${question(questionId)}`,
		detail: text
	}),
	'task.assigned': ({ text, ownerId }) => ({
		lane: 'incident_commander',
		icon: 'task',
		title: `Task: ${brief(text)}`,
		about: ownerId
	}),
	'task.done': ({ taskId, result }, { task }) => ({
		lane: 'room',
		icon: 'task',
		title: `Done: ${brief(task(taskId))}`,
		detail: result
	}),
	'hypothesis.proposed': ({ text, confidence }) => ({
		lane: 'technical_lead',
		icon: 'hypothesis',
		title: `Hypothesis: ${brief(text)}`,
		detail: `${percent(confidence)} sure`
	}),
	'hypothesis.revised': ({ hypothesisId, confidence }, { hypothesis }) => ({
		lane: 'technical_lead',
		icon: 'hypothesis',
		title: `Now ${percent(confidence)} sure: ${brief(hypothesis(hypothesisId))}`
	}),
	'hypothesis.evidence_linked': ({ hypothesisId, supports }, { hypothesis }) => ({
		lane: 'technical_lead',
		icon: 'evidence',
		title: `Evidence ${supports ? 'for' : 'against'}: ${brief(hypothesis(hypothesisId))}`
	}),
	'hypothesis.ruled_out': ({ hypothesisId, reason }, { hypothesis }) => ({
		lane: 'technical_lead',
		icon: 'hypothesis',
		title: `Ruled out: ${brief(hypothesis(hypothesisId))}`,
		detail: reason
	}),
	'hypothesis.confirmed': ({ hypothesisId, reason }, { hypothesis }) => ({
		lane: 'technical_lead',
		icon: 'hypothesis',
		title: `Cause found: ${brief(hypothesis(hypothesisId))}`,
		detail: reason,
		key: true
	}),
	'note.added': ({ text }) => ({ lane: 'scribe', icon: 'note', title: brief(text, 240) }),
	'decision.recorded': ({ text }) => ({
		lane: 'incident_commander',
		icon: 'decision',
		title: `Decided: ${brief(text, 240)}`,
		key: true
	}),
	'incident.classified': () => null,
	'attachment.added': ({ name }) => ({ lane: 'room', icon: 'document', title: `Attached ${name}` })
};
