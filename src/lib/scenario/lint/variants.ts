import { startTime } from '../start-time.ts';
import { suggestion } from '../nearest.ts';
import { applyVariant } from '../variants.ts';
import { GENERIC_IDS } from '../generic-variants.ts';
import { Findings } from './context.ts';
import { repeated } from './names.ts';

/**
 * Variants name what exists, and each, applied, is as sound as the scenario itself: `checkAll` looks for all that is looked
 * for in a scenario.
 */
export function checkVariants(findings: Findings, checkAll: (changed: Findings) => void): void {
	const { content, sources } = findings;
	const { variants = [] } = content.scenario;
	const source = sources.scenario;
	for (const { id, index } of repeated(variants.map(({ id }) => id)))
		findings.error(source, ['variants', index, 'id'], 'duplicate', `"${id}" is used twice under variants: rename one`);
	const known = new Set(findings.problems.map(({ code, message }) => `${code} ${message}`));
	variants.forEach((variant, index) => {
		const path = ['variants', index];
		const before = findings.problems.length;
		const unknown = (at: (string | number)[], code: string, message: string) =>
			findings.error(source, [...path, ...at], code, message, 'key');
		if ((GENERIC_IDS as readonly string[]).includes(variant.id)) {
			unknown(['id'], 'duplicate', `every scenario has a variant "${variant.id}" already: rename yours`);
		}
		const { clock, extra_alert, runbooks = {} } = variant;
		if (clock && startTime({ start: clock.start, zone: clock.zone ?? content.scenario.clock.zone }) === null) {
			const message = `"${clock.start}" is no moment in that zone: use a date that exists and an IANA zone such as Europe/Paris`;
			unknown(['clock', 'start'], 'clock', message);
		}
		const services = Object.keys({ ...content.topology.services, ...content.services });
		if (extra_alert && !services.includes(extra_alert.service)) {
			const message = `no service "${extra_alert.service}" is there: ${suggestion(extra_alert.service, services)}`;
			unknown(['extra_alert', 'service'], 'unknown_service', message);
		}
		for (const [id, change] of Object.entries(runbooks)) {
			const runbook = content.runbooks.find((one) => one.id === id);
			if (!runbook) {
				const message = `"${id}" is not on offer: ${suggestion(id, content.scenario.runbooks)}`;
				unknown(['runbooks', id], 'unknown_runbook', message);
				continue;
			}
			if (change === 'missing') continue;
			const other = change.file === undefined ? runbook : content.variantRunbooks?.[change.file]?.runbook;
			const steps = other?.steps.map((step) => step.id) ?? [];
			const lacking = [
				...Object.keys(change.steps).map((step) => ({ step, at: ['steps', step] })),
				...change.without.map((step, at) => ({ step, at: ['without', at] }))
			].filter(({ step }) => !steps.includes(step));
			for (const { step, at } of lacking)
				unknown(['runbooks', id, ...at], 'unknown_id', `it has no step "${step}": ${suggestion(step, steps)}`);
		}
		if (findings.problems.length > before) return;
		const changed = new Findings(applyVariant(content, variant), sources);
		checkAll(changed);
		for (const { code, message, severity } of changed.problems) {
			// What the scenario has itself is told there; a file may be there for the sake of the scenario or another variant.
			if (known.has(`${code} ${message}`) || code === 'unused_runbook') continue;
			const told = `as the variant "${variant.id}": ${message}`;
			if (severity === 'error') findings.error(source, path, code, told);
			else findings.warning(source, path, code, told);
		}
	});
}
