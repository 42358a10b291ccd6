import type { Problem } from '../problem.ts';
import { checkConditions } from './conditions.ts';
import { Findings, type Content, type LintSources } from './context.ts';
import { checkEvidence } from './evidence.ts';
import { checkFaults } from './faults.ts';
import { checkServices } from './metrics.ts';
import { checkPeople } from './people.ts';
import { checkPolicy } from './policy.ts';
import { checkReachability } from './reachability.ts';
import { checkRules } from './rules.ts';
import { checkRunbooks } from './runbooks.ts';
import { checkTemplates } from './templates.ts';
import { checkTopology } from './topology.ts';
import { checkUnits } from './units.ts';
import { checkVariants } from './variants.ts';

/** Looks for one kind of thing. */
export type LintCheck = (findings: Findings) => void;

const CHECKS: readonly LintCheck[] = [
	checkTopology,
	checkServices,
	checkFaults,
	checkConditions,
	checkRunbooks,
	checkRules,
	checkTemplates,
	checkPolicy,
	checkReachability,
	checkEvidence,
	checkUnits,
	checkPeople
];

/**
 * Everything beyond the shape of the files: errors keep a scenario from loading, warnings are advice. `more` are checks of
 * rooms that know more than this one.
 */
export function lintCompiled(content: Content, sources: LintSources, more: readonly LintCheck[] = []): Problem[] {
	const findings = new Findings(content, sources);
	for (const check of CHECKS) check(findings);
	checkVariants(findings, (changed) => CHECKS.forEach((check) => check(changed)));
	// Those may run what they look at, which only makes sense where all is well so far.
	if (findings.problems.every(({ severity }) => severity !== 'error')) for (const check of more) check(findings);
	return findings.problems;
}
