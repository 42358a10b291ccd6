/** The life of the alerts of one rule: pending, firing, kept firing, resolved. */
import { PromqlFailure } from '../result.ts';
import type { Labels } from '../series.ts';
import { expandTemplate } from '../template/expand.ts';
import type { TemplateHost } from '../template/functions.ts';
import type { RunnableRule } from './compile.ts';
import { fromJsonNumber, toJsonNumber, type AlertState, type Transition, type TransitionKind } from './state.ts';

export interface AlertSample {
	readonly labels: Labels;
	readonly value: number;
}

export interface AlertStep {
	readonly alerts: Readonly<Record<string, AlertState>>;
	readonly transitions: readonly Transition[];
}

const none: Readonly<Record<string, AlertState>> = {};

/**
 * Moves a rule's alerts on to `timeMs`, given what its expression gives now.
 * @throws a failure where two samples become the same alert or there are more than `limit`.
 */
export function stepAlerts(
	rule: RunnableRule,
	before: Readonly<Record<string, AlertState>> | undefined,
	samples: readonly AlertSample[],
	timeMs: number,
	limit: number,
	externalLabels: Labels,
	host: TemplateHost,
	/** Whether annotations are worded anew although nothing has changed but the value. */
	reword: boolean
): AlertStep {
	if (samples.length === 0 && before === undefined) return { alerts: none, transitions: [] };
	const { root } = rule.query;
	if (limit > 0 && samples.length > limit)
		throw new PromqlFailure('limit', `exceeded limit of ${limit} with ${samples.length} alerts`, root.start, root.end);
	const alerts: Record<string, AlertState> = {};
	const transitions: Transition[] = [];
	const report = (kind: TransitionKind, alert: AlertState) =>
		transitions.push({
			kind,
			rule: rule.key,
			alert: rule.name,
			labels: alert.labels,
			value: fromJsonNumber(alert.value),
			annotations: alert.annotations,
			activeAtMs: alert.activeAtMs,
			atMs: timeMs
		});
	for (const sample of samples) {
		const { key, labels } = rule.identities.ofSample(sample.labels, sample.value, externalLabels, host);
		if (alerts[key])
			throw new PromqlFailure(
				'execution',
				'vector contains metrics with the same labelset after applying alert labels',
				root.start,
				root.end
			);
		const known = before?.[key];
		const activeAtMs = known?.activeAtMs ?? timeMs;
		const fires = known?.state === 'firing' || timeMs - activeAtMs >= rule.forMs;
		const state = fires ? 'firing' : 'pending';
		const alert: AlertState = {
			state,
			activeAtMs,
			firedAtMs: known?.firedAtMs ?? (fires ? timeMs : null),
			lastSeenMs: timeMs,
			keptSinceMs: null,
			value: toJsonNumber(sample.value),
			labels,
			annotations: !reword && known?.state === state ? known.annotations : wordsOf(rule, sample, externalLabels, host)
		};
		alerts[key] = alert;
		if (fires && known?.state !== 'firing') report('firing', alert);
		else if (!fires && !known) report('pending', alert);
	}
	for (const [key, alert] of Object.entries(before ?? none)) {
		if (alerts[key]) continue;
		const keptSinceMs = alert.keptSinceMs ?? timeMs;
		if (alert.state === 'firing' && timeMs - keptSinceMs < rule.keepFiringForMs)
			alerts[key] = { ...alert, keptSinceMs };
		else report(alert.state === 'firing' ? 'resolved' : 'inactive', alert);
	}
	return { alerts, transitions };
}

/** The annotations of an alert as they read for a sample. */
function wordsOf(
	rule: RunnableRule,
	{ labels, value }: AlertSample,
	externalLabels: Labels,
	host: TemplateHost
): Labels {
	const annotations: Record<string, string> = {};
	for (const [name, template] of rule.annotationTemplates) {
		annotations[name] = expandTemplate(template, `__alert_${rule.name}`, { labels, value, externalLabels }, host);
	}
	return annotations;
}
