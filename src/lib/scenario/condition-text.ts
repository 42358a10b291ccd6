import type { Comparator, Condition, MetricTarget } from './condition.ts';

/** A parsed condition as an author would write it. Values of metrics stand in their base units. */
export function conditionText(condition: Condition): string {
	switch (condition.type) {
		case 'metric':
			return `metric(${targetText(condition.target)}) ${condition.op} ${condition.value}${condition.forMs > 0 ? ` for ${timeText(condition.forMs)}` : ''}`;
		case 'state':
		case 'visited':
			return `${condition.type}(${condition.fault === null ? '' : `${condition.fault}.`}${condition.state})`;
		case 'action':
		case 'evidence':
		case 'answered':
			return `${condition.type}(${condition.id})`;
		case 'elapsed':
			return `elapsed ${condition.op} ${timeText(condition.ms)}`;
		case 'clock':
			return `clock ${condition.op} ${clockText(condition.minutes)}`;
		case 'severity':
			return compared('severity', condition.op, condition.severity);
		case 'role':
			return `role(${condition.role})`;
		case 'comms':
			return compared(`comms(${condition.audience})`, condition.op, condition.count);
		case 'declared':
		case 'handoff_complete':
			return condition.type;
		case 'status':
			return compared('status', '==', condition.status);
		case 'alert':
		case 'acknowledged':
			return `${condition.type}(${condition.name})`;
		case 'and':
			return condition.all.map(grouped).join(' and ');
		case 'or':
			return condition.any.map(grouped).join(' or ');
		case 'not':
			return `not ${grouped(condition.not)}`;
	}
}

/** `90s`, `3m`, `1h30m`; the shortest that says it wholly. */
export function timeText(ms: number): string {
	const sign = ms < 0 ? '-' : '';
	const whole = Math.abs(ms);
	if (whole % 1000 !== 0) return `${sign}${whole}ms`;
	const seconds = whole / 1000;
	if (seconds === 0) return '0s';
	const parts = [
		[Math.floor(seconds / 3600), 'h'],
		[Math.floor((seconds % 3600) / 60), 'm'],
		[seconds % 60, 's']
	].filter(([count]) => count !== 0);
	return `${sign}${parts.map(([count, unit]) => `${count}${unit}`).join('')}`;
}

function compared(what: string, op: Comparator, value: string | number): string {
	return `${what} ${op} ${value}`;
}

function grouped(condition: Condition): string {
	const text = conditionText(condition);
	return condition.type === 'and' || condition.type === 'or' ? `(${text})` : text;
}

function targetText({ service, where, metric }: MetricTarget): string {
	const labels = Object.entries(where).map(([label, value]) => `${label}=${value}`);
	return `${service}${labels.length > 0 ? `[${labels.join(',')}]` : ''}.${metric}`;
}

function clockText(minutes: number): string {
	return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
