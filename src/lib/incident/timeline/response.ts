import type { Actor } from '../actor.ts';
import type { ResponseEvent } from '../events/response-events.ts';
import { brief, type Wordings } from './wording.ts';

const AUTOMATION: Actor = { kind: 'system', name: 'automation' };

export const responseWords: Wordings<ResponseEvent> = {
	'diagnostic.started': ({ command }) => ({
		lane: 'technical_lead',
		icon: 'evidence',
		title: `Ran: ${brief(command)}`
	}),
	'evidence.revealed': ({ command, output }) => ({
		lane: 'technical_lead',
		icon: 'evidence',
		title: `Result of: ${brief(command)}`,
		detail: brief(output, 400)
	}),
	'evidence.pinned': ({ title, text }) => ({
		lane: 'technical_lead',
		icon: 'evidence',
		title: `Pinned: ${brief(title)}`,
		detail: brief(text, 400)
	}),
	'change.deployed': ({ service, kind, title }) => ({
		lane: 'alerts',
		icon: 'change',
		title: service === '' || title.startsWith(service) ? title : `${service}: ${title}`,
		detail: kind,
		key: true
	}),
	'runbook.opened': ({ name }) => ({ lane: 'technical_lead', icon: 'runbook', title: `Runbook "${name}" opened` }),
	// What a tool did is told of the tool and the document that called for it, not of who pressed the button.
	'runbook.step_completed': ({ runbookId, title, automated, result }, { runbook }) => ({
		lane: 'technical_lead',
		icon: 'runbook',
		title: `Runbook "${runbook(runbookId)}": ${title} ${automated ? 'ran' : 'done'}`,
		detail: brief(result, 400),
		...(automated ? { by: AUTOMATION } : {})
	}),
	'runbook.step_skipped': ({ runbookId, title, reason }, { runbook }) => ({
		lane: 'technical_lead',
		icon: 'runbook',
		title: `Runbook "${runbook(runbookId)}": ${title} skipped`,
		detail: reason
	}),
	'runbook.step_unclear': ({ runbookId, title, note }, { runbook }) => ({
		lane: 'technical_lead',
		icon: 'runbook',
		title: `Runbook "${runbook(runbookId)}": ${title} was unclear`,
		detail: note
	}),
	'runbook.finished': ({ runbookId, causeFound, note }, { runbook }) => ({
		lane: 'technical_lead',
		icon: 'runbook',
		title: `Runbook "${runbook(runbookId)}" finished${causeFound ? ': cause found' : ''}`,
		detail: note
	}),
	'mitigation.started': ({ name, command, runbookId }, { runbook }) => ({
		lane: 'technical_lead',
		icon: 'action',
		title: runbookId === null ? `${name} started` : `${name} started, as runbook "${runbook(runbookId)}" says`,
		detail: command,
		key: true
	}),
	'mitigation.finished': ({ name, ran, message }) => ({
		lane: 'technical_lead',
		icon: 'action',
		title: ran ? `${name} carried out` : `${name} could not be carried out`,
		detail: brief(message, 400),
		key: true
	}),
	'telemetry.viewed': () => null
};
