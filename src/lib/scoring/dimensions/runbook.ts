import { GENERIC_INVESTIGATION, isOwnRunbook } from '../../incident/runbook.ts';
import { measure, notApplicable, type Dimension } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { plural } from '../words.ts';

/** Whether the runbook that fits was opened, and its steps done or skipped with a reason: either is full marks. */
export function runbook(facts: Facts): Dimension {
	const { truth, state } = facts;
	if (!truth) return notApplicable('runbook', 'Which runbook fits is not recorded.');
	if (truth.runbookId === null && state.runbooks.length === 0) {
		return notApplicable('runbook', 'No runbook fits this incident.');
	}
	const wanted = truth.runbookId ?? GENERIC_INVESTIGATION.runbookId;
	const opened = facts.of('runbook.opened');
	// A team's own runbook is on offer only where the team mapped it to this: it fits as well as the scenario's.
	const right =
		state.runbooks.find(({ runbookId }) => runbookId === wanted) ??
		state.runbooks.find(({ runbookId }) => isOwnRunbook(runbookId));
	const steps = facts.of('runbook.step_completed', 'runbook.step_skipped');
	const evidence = [...opened, ...steps].map(({ seq }) => seq);
	const target = 'the right one opened; steps done, or skipped with a reason';
	if (!right) {
		const others = state.runbooks.map(({ name }) => `"${name}"`).join(', ');
		return measure('runbook', {
			measured: others === '' ? 'no runbook is recorded as opened' : `opened ${others}, not the one that fits`,
			value: 0,
			unit: 'share',
			target,
			rating: facts.milestone('mitigated') ? 'S' : others === '' ? 'U' : 'M',
			evidence
		});
	}
	const done = right.steps.filter(({ outcome }) => outcome === 'completed').length;
	const recorded = right.steps.length > 0 || right.finished !== null;
	const defects = truth.runbookDefects.filter(({ runbookId }) => runbookId === wanted);
	return measure('runbook', {
		measured: recorded
			? `"${right.name}" opened, ${plural(done, 'step')} done, ${right.steps.length - done} skipped with a reason`
			: `"${right.name}" opened, no step is recorded`,
		value: recorded ? 1 : 0.5,
		unit: 'share',
		target,
		rating: recorded ? 'P' : 'S',
		evidence,
		note: defects.map(({ defect, note }) => `The runbook has a defect (${defect}): ${note}`).join(' ')
	});
}
