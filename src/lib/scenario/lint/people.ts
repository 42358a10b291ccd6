import { COMMAND_ROLES, ROLE_NAMES, type CommandRole } from '../../incident/role.ts';
import type { Scenario } from '../scenario.schema.ts';
import type { Findings } from './context.ts';

/** Seats that a team of each size surely fills. */
const SEATS: Record<Scenario['team'], readonly CommandRole[]> = {
	solo: ['incident_commander'],
	pair: ['incident_commander', 'technical_lead'],
	squad: COMMAND_ROLES,
	'multi-team': COMMAND_ROLES
};

/** What people need to play and to learn: role cards, somebody on call, choices that differ, a debrief with a root. */
export function checkPeople(findings: Findings): void {
	const { scenario } = findings.content;
	const { scenario: source } = findings.sources;
	for (const role of SEATS[scenario.team]) {
		if (scenario.role_cards[role]) continue;
		const message = `a ${scenario.team} has a ${ROLE_NAMES[role].toLowerCase()}: write the card role_cards.${role}`;
		findings.warning(source, ['role_cards'], 'missing_role_card', message, 'key');
	}
	if (!scenario.on_call.some(({ seat }) => seat === 'primary')) {
		findings.warning(source, ['on_call'], 'on_call', 'nobody is on call as primary: who gets the first page?', 'key');
	}
	if (!scenario.mitigations.some(({ verdict }) => verdict === 'effective')) {
		findings.warning(source, ['mitigations'], 'no_way_to_win', 'no mitigation is effective: add one', 'key');
	}
	if (!scenario.mitigations.some(({ verdict }) => verdict === 'harmful' || verdict === 'ineffective')) {
		const message = 'every mitigation helps, so there is nothing to judge: add a tempting one that does not';
		findings.warning(source, ['mitigations'], 'no_temptation', message, 'key');
	}
	if (!scenario.truth.whys.some((why) => why.root_cause)) {
		const message = 'mark the why that is the root cause with `root_cause: true`';
		findings.warning(source, ['truth', 'whys'], 'no_root_cause', message, 'key');
	}
	const limit = scenario.minutes * 60_000;
	scenario.expectations.forEach(({ by, objective }, index) => {
		if (objective !== undefined && objective > scenario.objectives.length) {
			const message = `there are ${scenario.objectives.length} objectives, counted from 1`;
			findings.error(source, ['expectations', index, 'objective'], 'unknown_objective', message);
		}
		if (by === undefined || by <= limit) return;
		const message = `the run ends after ${scenario.minutes} minutes, before this time`;
		findings.warning(source, ['expectations', index, 'by'], 'too_late', message);
	});
	scenario.objectives.forEach((text, index) => {
		if (scenario.expectations.some(({ objective }) => objective === index + 1)) return;
		const message = `nothing measures "${text}": write an expectation with \`objective: ${index + 1}\``;
		findings.warning(source, ['objectives', index], 'unmeasured', message);
	});
	scenario.diagnostics.forEach((diagnostic, index) => {
		const last = diagnostic.shows.at(-1);
		if (last?.when === undefined) return;
		const message = 'the last entry has a condition, so that it may print nothing: end with one without `when`';
		findings.warning(source, ['diagnostics', index, 'shows'], 'may_print_nothing', message, 'key');
	});
}
