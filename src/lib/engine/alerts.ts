import { nextId } from '../incident/next-id.ts';
import { responders } from '../incident/seats.ts';
import type { AlertContext } from '../incident/events/alert-events.ts';
import type { AlertStateView } from '../incident/state.ts';
import type { ParticipantId } from '../incident/ids.ts';
import type { Severity } from '../incident/severity.ts';
import { evaluateInstant, parse } from '../promql/index.ts';
import { keyed } from '../world/index.ts';
import { onCallOf } from './on-call.ts';
import { duePages, pagesNobody, pagingOf } from './paging.ts';
import { MONITORING, MUSTER, PAGER, type Run } from './run.ts';
import type { QueueTask } from './types.ts';

const CHANGES_WITHIN_MS = 60 * 60_000;
const MOST_LISTED = 5;
/** A page takes between 5 and 20 seconds to arrive. */
const PAGE_FASTEST_MS = 5_000;
const PAGE_SPREAD_MS = 16;

interface Fired {
	name: string;
	labels: Readonly<Record<string, string>>;
	annotations: Readonly<Record<string, string>>;
	value: number;
	activeAtMs: number;
	expr: string | null;
}

/** Looks at the rules: what fires, fires; what has ended, resolves. */
export function followRules(run: Run): void {
	const { rules } = run.machinery;
	const evaluation = rules.evaluate(run.state.world, run.state.rules, run.now);
	run.state.rules = evaluation.state;
	for (const transition of evaluation.transitions) {
		const { alert: name, labels, annotations, value, activeAtMs } = transition;
		if (transition.kind === 'firing') {
			fireAlert(run, { name, labels, annotations, value, activeAtMs, expr: rules.expression(transition.rule) });
		} else if (transition.kind === 'resolved') resolveAlert(run, name, labels);
	}
	const paging = pagingOf(run.machinery.compiled);
	if (paging) for (const due of duePages(run, paging)) schedulePages(run, due, run.now);
}

/** Tells of every alert that was firing before anybody was there to see it. */
export function fireStanding(run: Run): void {
	for (const [key, alerts] of Object.entries(run.state.rules.alerts)) {
		for (const alert of Object.values(alerts)) {
			if (alert.state !== 'firing') continue;
			const { labels, annotations, activeAtMs } = alert;
			const name = labels.alertname ?? key;
			fireAlert(run, {
				name,
				labels,
				annotations,
				value: Number(alert.value),
				activeAtMs,
				expr: run.machinery.rules.expression(key)
			});
		}
	}
}

/** A page arrives, unless there is nothing to page about any more. */
export function deliverPage(run: Run, task: Extract<QueueTask, { type: 'page' }>): void {
	const { incident } = run.state;
	const alert = incident.alerts.find((each) => each.alertId === task.alertId);
	if (alert === undefined || alert.resolvedAt !== null) return;
	const at = run.machinery.compiled.startsAt + run.now;
	if (alert.silencedUntil !== null && alert.silencedUntil > at) return;
	// The next in line is woken only if nobody has taken it up.
	if (task.to !== 'primary' && (alert.acknowledged !== null || incident.declared !== null)) return;
	page(run, task.alertId, task.to, task.reason);
}

/** A declared severity's time without mitigation is over: whoever is next is called, if nobody has called them. */
export function escalateUnmitigated(run: Run, severity: Severity): void {
	const { incident } = run.state;
	if (incident.severity !== severity || incident.declared === null) return;
	if (!['investigating', 'identified', 'mitigating'].includes(incident.status)) return;
	if (incident.alerts.some((alert) => alert.pagedTo.some((to) => to !== 'primary'))) return;
	if ((incident.escalations ?? []).length > 0) return;
	const minutes = Math.round(run.state.settings.policy[severity].escalationMs / 60_000);
	const reason = `${severity} without mitigation for ${minutes} minutes`;
	run.tell({ type: 'escalated', payload: { to: 'secondary', whom: 'secondary on call', reason } }, { actor: MUSTER });
	const alert = incident.alerts.findLast((each) => each.resolvedAt === null);
	page(run, alert?.alertId ?? null, 'secondary', reason);
}

function fireAlert(run: Run, fired: Fired): void {
	const alertId = nextId(run.state.incident, 'alert');
	const labels = withoutName(fired.labels);
	const level = labels.severity ?? 'warning';
	const quiet = pagesNobody(run.machinery.compiled, fired.name, labels);
	run.tell(
		{
			type: 'alert.fired',
			payload: {
				alertId,
				name: fired.name,
				labels,
				level,
				value: Number.isFinite(fired.value) ? fired.value : null,
				activeAt: run.machinery.compiled.startsAt + fired.activeAtMs,
				context: contextOf(run, fired, labels),
				...(quiet && { quiet })
			}
		},
		{ actor: MONITORING }
	);
	// Where alerts are gathered, the group pages when it is due.
	if (quiet || pagingOf(run.machinery.compiled)) return;
	const reason = fired.annotations.summary ?? fired.name;
	schedulePages(run, { alertId, reason, critical: level === 'critical' }, Math.floor(fired.activeAtMs / 1000));
}

/** Pages the primary and, for as long as nobody answers, the next in line. `drawnBy` tells this page's delay from others'. */
function schedulePages(run: Run, page: { alertId: string; reason: string; critical: boolean }, drawnBy: number): void {
	const { alertId, reason, critical } = page;
	const alert = run.state.incident.alerts.find((each) => each.alertId === alertId);
	if (alert === undefined) return;
	const draw = keyed(run.state.seed, 'page', alert.name, signature(alert.labels), drawnBy);
	const arrivesMs = run.now + PAGE_FASTEST_MS + Math.floor(draw * PAGE_SPREAD_MS) * 1000;
	run.schedule(arrivesMs, { type: 'page', alertId, to: 'primary', reason });
	if (run.state.incident.declared !== null) return;
	const { responseMs } = run.state.settings.policy[critical ? 'P1' : 'P2'];
	const unanswered = `${alert.name}: not acknowledged`;
	run.schedule(arrivesMs + responseMs, { type: 'page', alertId, to: 'secondary', reason: unanswered });
	run.schedule(arrivesMs + 2 * responseMs, { type: 'page', alertId, to: 'everyone', reason: unanswered });
}

function resolveAlert(run: Run, name: string, labels: Readonly<Record<string, string>>): void {
	const wanted = signature(withoutName(labels));
	const alert = run.state.incident.alerts.findLast(
		(each: AlertStateView) => each.name === name && each.resolvedAt === null && signature(each.labels) === wanted
	);
	if (alert === undefined) return;
	run.tell({ type: 'alert.resolved', payload: { alertId: alert.alertId } }, { actor: MONITORING });
}

function page(run: Run, alertId: string | null, to: 'primary' | 'secondary' | 'everyone', reason: string): void {
	const onCall = onCallOf(run.state.incident);
	const one = to === 'primary' ? onCall.primary : onCall.secondary;
	const participants: ParticipantId[] = to === 'everyone' ? responders(run.state.incident) : one === null ? [] : [one];
	run.tell({ type: 'page.delivered', payload: { alertId, to, participants, reason } }, { actor: PAGER });
}

/** What the page and the alert's card tell beside the rule's own words. */
function contextOf(run: Run, fired: Fired, labels: Record<string, string>): AlertContext {
	const { annotations } = fired;
	const text = (name: string) => annotations[name]?.trim() || null;
	const listed = (name: string, between: RegExp) =>
		(text(name) ?? '')
			.split(between)
			.map((item) => item.trim())
			.filter(Boolean);
	// The title of a change may hold commas.
	const changes = listed('recent_changes', /[\n;]+/);
	const endpoints = listed('affected_endpoints', /[\n,;]+/);
	return {
		summary: text('summary') ?? fired.name,
		description: text('description') ?? '',
		runbookUrl: text('runbook_url'),
		dashboardUrl: text('dashboard_url'),
		recentChanges: changes.length > 0 ? changes : recentChanges(run, labels.service),
		affectedEndpoints: endpoints.length > 0 ? endpoints : failingEndpoints(run, labels.service),
		escalation: text('escalation'),
		automatedResponse: text('automated_response'),
		expr: fired.expr
	};
}

/** Changes of the last hour, those of the alert's own service first, the newest first. */
function recentChanges(run: Run, service: string | undefined): string[] {
	const { startsAt } = run.machinery.compiled;
	const now = startsAt + run.now;
	return run.state.incident.changes
		.filter((change) => now - change.at <= CHANGES_WITHIN_MS)
		.toSorted((a, b) => Number(b.service === service) - Number(a.service === service) || b.at - a.at)
		.slice(0, MOST_LISTED)
		.map((change) => `${change.title} (${change.service}, ${Math.round((now - change.at) / 60_000)} min ago)`);
}

/** Endpoints with the most server errors, as the metrics show them. */
function failingEndpoints(run: Run, service: string | undefined): string[] {
	// Only what serves endpoints can name them.
	if (service === undefined || !run.machinery.compiled.services[service]?.endpoints.length) return [];
	const selector = `http_requests_total{service=${JSON.stringify(service)},status=~"5.."}`;
	const query = parse(`topk(${MOST_LISTED}, sum by (endpoint) (rate(${selector}[5m])) > 0.01)`);
	if (!query.ok) return [];
	const scraped = run.machinery.observation.queryable(run.state.world, run.now);
	const answer = evaluateInstant(query.value, scraped, run.now);
	if (!answer.ok || answer.value.value.type !== 'vector') return [];
	return answer.value.value.samples
		.toSorted((a, b) => b.value - a.value)
		.map((sample) => sample.labels.endpoint ?? '')
		.filter((endpoint) => endpoint !== '');
}

function withoutName(labels: Readonly<Record<string, string>>): Record<string, string> {
	const { alertname: _, ...rest } = labels;
	return rest;
}

function signature(labels: Readonly<Record<string, string>>): string {
	return Object.keys(labels)
		.sort()
		.map((name) => `${name}=${labels[name]}`)
		.join('\n');
}
