import type { DimensionId } from './dimension.ts';

/** What to do about a dimension that went badly: the element of capability it belongs to, and a first action to agree on. */
export const RECOMMENDATIONS: Record<DimensionId, { element: string; action: string }> = {
	signal: {
		element: 'Equipment',
		action: 'Add or sharpen an alert on what customers feel, so that it comes before they write in.'
	},
	detection: {
		element: 'Organisation',
		action: 'Agree who looks at a page first, and page a second person when nobody answers.'
	},
	acknowledge: {
		element: 'Organisation',
		action: 'Check that pages reach a device that sounds, and page the secondary within the response time.'
	},
	declare: {
		element: 'Planning',
		action: 'Write down the threshold at which anybody declares, and rehearse declaring on it.'
	},
	severity: {
		element: 'Planning',
		action: 'Put the severity classification with examples beside the declare button and in the runbooks.'
	},
	roles: {
		element: 'Organisation',
		action:
			'Fill commander, technical lead, communications and scribe within five minutes; keep a rota of who may lead.'
	},
	escalation: {
		element: 'Organisation',
		action: 'Set a timer for escalation at the declaration, and name who is called beyond the primary.'
	},
	mitigate: {
		element: 'Training',
		action: 'Rehearse the mitigation that helped, until it can be carried out within half of the target.'
	},
	resolve: {
		element: 'Planning',
		action: 'Review what took the longest between declaring and resolving, and remove one step of it.'
	},
	cadence: { element: 'Training', action: 'Give one person the updates alone, with the next time promised in each.' },
	content: {
		element: 'Planning',
		action: 'Use a template for updates: state, impact, what is being done, when the next one comes.'
	},
	hypotheses: { element: 'Training', action: 'Write down hypotheses with a confidence, and what would rule them out.' },
	actions: {
		element: 'Planning',
		action: 'Say before each action what it should change and how to undo it; mark harmful steps in the runbook.'
	},
	runbook: {
		element: 'Planning',
		action: 'Link the runbook from the alert, and correct the steps that were skipped or missing.'
	},
	handoff: {
		element: 'Training',
		action: 'Hand a seat over with a list of open items, each taken over by the successor aloud.'
	},
	verification: {
		element: 'Planning',
		action: 'Write down which indicator must hold, and how long, before anything is called resolved.'
	},
	impact: {
		element: 'Equipment',
		action: 'Shorten the way from a known cause to its mitigation: a switch, a rollback in one step, a canary.'
	},
	scribe: { element: 'Training', action: 'Name a scribe at once, and write key events down within two minutes.' },
	learning: {
		element: 'Organisation',
		action: 'Give every action an owner, a date and a criterion, and look at them each week.'
	}
};
