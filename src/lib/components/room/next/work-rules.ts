/** From the first idea to the last look: investigate, mitigate, verify. */
import { isFiring } from '../bar/response.ts';
import { act, falls, fire, names, type Look } from './look.ts';

export function investigate(look: Look) {
	const { state } = look;
	if (!state.declared || state.status !== 'investigating' || !falls(look, 'technical_lead')) return null;
	if (state.hypotheses.some((one) => one.verdict?.kind === 'confirmed')) {
		return {
			open: 'The cause is confirmed',
			action: act('Set status: identified', { type: 'ask', dialog: { type: 'status', to: 'identified' } })
		};
	}
	if (state.runbooks.length === 0) {
		return { open: 'Find out what is wrong', action: act('Open a runbook', { type: 'tool', tool: 'runbooks' }) };
	}
	if (!state.hypotheses.some((one) => one.verdict === null)) {
		return {
			open: 'What could explain what you see?',
			action: act('Propose a hypothesis', { type: 'ask', dialog: { type: 'entry', kind: 'hypothesis' } })
		};
	}
	return {
		open: 'Support or rule out the open hypotheses',
		action: act('Weigh the hypotheses', { type: 'talk', talk: 'hypotheses' })
	};
}

export function mitigate(look: Look) {
	const { state } = look;
	if (!state.declared || (state.status !== 'identified' && state.status !== 'mitigating')) return null;
	if (!falls(look, 'technical_lead')) return null;
	const running = state.mitigations.find((one) => !one.finished);
	if (running) return { open: `${running.name} is under way: watch the dashboards`, action: null };
	if (state.alerts.length > 0 && !state.alerts.some(isFiring)) {
		return {
			open: 'No alert is firing any more',
			action: act('Set status: monitoring', { type: 'ask', dialog: { type: 'status', to: 'monitoring' } })
		};
	}
	return {
		open: state.mitigations.length === 0 ? 'Choose what will help' : 'Alerts still fire: look again at what moved',
		action: act('Open mitigations', { type: 'tool', tool: 'mitigations' })
	};
}

export function verify(look: Look) {
	const { state } = look;
	if (state.status !== 'monitoring' || !falls(look, 'incident_commander')) return null;
	const firing = state.alerts.filter(isFiring);
	if (firing.length > 0) return { open: `Monitoring: ${names(firing)} still ${fire(firing)}`, action: null };
	return {
		open: 'Verify before you resolve: what did you watch?',
		action: act('Resolve…', { type: 'ask', dialog: { type: 'status', to: 'resolved' } })
	};
}

export function tooEarly({ state }: Look) {
	if (state.status !== 'resolved' || state.lifecycle === 'ended') return null;
	const firing = state.alerts.filter(isFiring);
	if (firing.length > 0) {
		return {
			open: `Resolved, but ${names(firing)} ${fire(firing)}`,
			action: act('Reopen…', { type: 'ask', dialog: { type: 'reopen' } })
		};
	}
	if (state.origin === 'real') {
		return {
			open: 'Resolved',
			action: act('Close the incident', { type: 'ask', dialog: { type: 'status', to: 'closed' } })
		};
	}
	return { open: 'Resolved: the exercise ends when the system has held', action: null };
}
