import { refuse } from '../refusal.ts';
import { accept, draft, type Deciders } from './context.ts';
import { requireText } from './limits.ts';
import { page, pageEveryone, proposeRoles } from './proposals.ts';

export const decideDeclaration: Deciders<'declareIncident' | 'changeSeverity' | 'escalate'> = {
	declareIncident: (state, { severity, title, summary }, context) => {
		if (state.declared) {
			return refuse('wrong_state', 'The incident is declared already: change its severity or status instead.');
		}
		const refusal = requireText(title, 'in a few words what is wrong');
		if (refusal) return refusal;
		const everyone = context.policy[severity].escalationMs === 0;
		return accept(
			draft(context, { type: 'incident.declared', payload: { severity, title: title.trim(), summary } }),
			...proposeRoles(state, severity, context),
			...(everyone ? pageEveryone(state, `${severity} declared: ${title.trim()}`, context) : [])
		);
	},

	changeSeverity: (state, { severity, reason }, context) => {
		const from = state.severity;
		if (!state.declared || from === null) {
			return refuse('wrong_state', 'Nothing is declared yet: declare the incident with this severity.');
		}
		if (from === severity) return refuse('wrong_state', `It is ${severity} already: choose another severity.`);
		const refusal = requireText(reason, 'why the severity changes');
		if (refusal) return refusal;
		const everyone = context.policy[severity].escalationMs === 0;
		return accept(
			draft(context, { type: 'severity.changed', payload: { from, to: severity, reason } }),
			...proposeRoles(state, severity, context),
			...(everyone ? pageEveryone(state, `Now ${severity}: ${reason}`, context) : [])
		);
	},

	escalate: (state, { to, whom, reason }, context) => {
		const refusal =
			requireText(reason, 'why more people are needed') ??
			(to === 'specialist' ? requireText(whom, 'which specialist is needed') : null);
		if (refusal) return refusal;
		const escalated = draft(context, { type: 'escalated', payload: { to, whom, reason } });
		// A specialist is called outside Muster: nothing here can say that the call arrived.
		return to === 'specialist' ? accept(escalated) : accept(escalated, page(state, to, reason, context));
	}
};
