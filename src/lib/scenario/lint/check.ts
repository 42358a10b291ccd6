import type { Problem } from '../problem.ts';
import { checkConditions } from './conditions.ts';
import { Findings, type Content, type LintSources } from './context.ts';
import { checkFaults } from './faults.ts';
import { checkServices } from './metrics.ts';
import { checkPeople } from './people.ts';
import { checkPolicy } from './policy.ts';
import { checkReachability } from './reachability.ts';
import { checkRules } from './rules.ts';
import { checkRunbooks } from './runbooks.ts';
import { checkTemplates } from './templates.ts';
import { checkTopology } from './topology.ts';

const CHECKS: readonly ((findings: Findings) => void)[] = [
	checkTopology,
	checkServices,
	checkFaults,
	checkConditions,
	checkRunbooks,
	checkRules,
	checkTemplates,
	checkPolicy,
	checkReachability,
	checkPeople
];

/** Everything beyond the shape of the files: errors keep a scenario from loading, warnings are advice. */
export function lintCompiled(content: Content, sources: LintSources): Problem[] {
	const findings = new Findings(content, sources);
	for (const check of CHECKS) check(findings);
	return findings.problems;
}
