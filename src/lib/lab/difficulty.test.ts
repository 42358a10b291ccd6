import { expect, it } from 'vitest';
import { measureDifficulty, type Outcome } from './difficulty.ts';

const run = (outcome: Outcome['outcome'], impactMinutes: number, harm: string[] = []): Outcome => ({
	outcome,
	impactMinutes,
	harm
});
const won = run('resolved', 1);
const late = run('resolved', 11);
const lost = run('unresolved', 11);

it.each([
	['everybody manages at once', { novice: [won], hasty: [won], random: [won] }, 1, 1],
	['everybody manages, too late', { novice: [late], hasty: [late], random: [late] }, 0.5, 3],
	['nobody manages', { novice: [lost], hasty: [lost], random: [lost] }, 0, 5],
	['nobody manages, but people are spared half', { novice: [run('unresolved', 6)] }, 0.056, 5],
	['the runbook leads there, haste does not', { novice: [won], hasty: [lost], random: [lost] }, 0.45, 3],
	['luck alone does not make it easy', { novice: [lost], hasty: [lost], random: [won] }, 0.2, 4],
	['harm on the way counts', { novice: [run('resolved', 1, ['wipe'])], hasty: [won], random: [won] }, 0.865, 1],
	['half of the seeds', { novice: [won, lost], hasty: [won, lost], random: [won, lost] }, 0.5, 3]
] as const)('[LB15] %s', (_, trainees, ease, level) => {
	expect(measureDifficulty({ impactMinutes: 1 }, { impactMinutes: 11 }, trainees)).toMatchObject({ ease, level });
});

it('[LB15] goes by the outcome alone where nobody suffers', () => {
	const calm = { impactMinutes: 0 };
	expect(measureDifficulty(calm, calm, { novice: [run('resolved', 0)] }).by.novice).toEqual({ resolved: 1, ease: 1 });
	expect(measureDifficulty(calm, calm, { novice: [run('unresolved', 0)] }).ease).toBe(0);
});
