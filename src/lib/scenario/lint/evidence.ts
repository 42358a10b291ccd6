import { suggestion } from '../nearest.ts';
import { alertNames } from './conditions.ts';
import type { Findings } from './context.ts';
import { Possible } from './possible.ts';

/** A proof must not hang on one tool. */
const FEWEST_PROOFS = 2;

/** What people could find out but never will, and alerts that are promised but cannot come. */
export function checkEvidence(findings: Findings): void {
	const { scenario } = findings.content;
	const { scenario: source } = findings.sources;
	const possible = new Possible(scenario);
	const warn = (path: (string | number)[], code: string, message: string, at: 'key' | 'value' = 'value') =>
		findings.warning(source, path, code, message, at);
	let proofs = 0;
	scenario.diagnostics.forEach((diagnostic, index) => {
		const path = ['diagnostics', index];
		const within = diagnostic.needs === undefined || possible.canHold(diagnostic.needs);
		if (!within)
			warn([...path, 'needs'], 'evidence_never', 'this can never hold, so that nobody ever sees it: ask for less');
		else if (diagnostic.proves === 'cause' || diagnostic.proves === 'trigger') proofs += 1;
		const whole = diagnostic.shows.findIndex(({ when }) => when === undefined);
		diagnostic.shows.forEach(({ when }, at) => {
			if (whole >= 0 && at > whole) {
				const message = 'an entry above has no `when` and always comes first: move this one up';
				warn([...path, 'shows', at], 'never_shown', message);
			} else if (when !== undefined && !possible.canHold(when)) {
				const message = 'this can never hold: what it asks for cannot come to be, or the run has ended by then';
				warn([...path, 'shows', at, 'when'], 'never_shown', message);
			}
		});
	});
	if (proofs < FEWEST_PROOFS) {
		const have = proofs === 0 ? 'no diagnostic' : 'one diagnostic alone';
		const message = `${have} proves the cause or its trigger: mark two or more with \`proves: cause\` or \`proves: trigger\``;
		warn(['diagnostics'], 'too_little_evidence', message, 'key');
	}
	const alerts = alertNames(findings);
	scenario.truth.alerts.forEach(({ name, service, from, by }, index) => {
		const path = ['truth', 'alerts', index];
		if (!alerts.includes(name)) {
			const message = `no rule defines the alert "${name}": ${suggestion(name, alerts)}`;
			findings.error(source, [...path, 'name'], 'unknown_alert', message);
		}
		const services = Object.keys(findings.content.services);
		if (service !== undefined && !services.includes(service)) {
			const message = `no service "${service}" takes part: ${suggestion(service, services)}`;
			findings.error(source, [...path, 'service'], 'unknown_service', message);
		}
		if (from > by)
			warn([...path, 'from'], 'alert_never', 'it is to fire after this, and before an earlier time: swap them');
		else if (from >= scenario.minutes * 60_000) {
			warn([...path, 'from'], 'alert_never', `the run ends after ${scenario.minutes} minutes, before this time`);
		}
	});
}
