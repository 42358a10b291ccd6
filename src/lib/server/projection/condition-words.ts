// A condition as a facilitator reads it: the format's own words, put together again.

import { exhaustive } from '../../incident/exhaustive.ts';
import type { Condition, MetricTarget } from '../../scenario/condition.ts';

export function conditionWords(condition: Condition): string {
	switch (condition.type) {
		case 'metric': {
			const held = condition.forMs > 0 ? ` for ${duration(condition.forMs)}` : '';
			return `${target(condition.target)} ${condition.op} ${condition.value}${held}`;
		}
		case 'state':
		case 'visited':
			return `${condition.type}(${condition.fault === null ? '' : `${condition.fault}.`}${condition.state})`;
		case 'action':
		case 'evidence':
			return `${condition.type}(${condition.id})`;
		case 'elapsed':
			return `elapsed ${condition.op} ${duration(condition.ms)}`;
		case 'clock':
			return `clock ${condition.op} ${two(Math.floor(condition.minutes / 60))}:${two(condition.minutes % 60)}`;
		case 'severity':
			return `severity ${condition.op} ${condition.severity}`;
		case 'role':
			return `role(${condition.role})`;
		case 'comms':
			return `comms(${condition.audience}) ${condition.op} ${condition.count}`;
		case 'declared':
		case 'handoff_complete':
			return condition.type.replace('_', ' ');
		case 'status':
			return `status ${condition.status}`;
		case 'acknowledged':
			return `acknowledged(${condition.name})`;
		case 'answered':
			return `answered(${condition.id})`;
		case 'alert':
			return `alert(${condition.name})`;
		case 'and':
			return condition.all.map(conditionWords).join(' and ');
		case 'or':
			return `(${condition.any.map(conditionWords).join(' or ')})`;
		case 'not':
			return `not ${conditionWords(condition.not)}`;
		default:
			return exhaustive(condition);
	}
}

/** `90s`, `12m`, `1h30m`. */
export function duration(ms: number): string {
	const seconds = Math.round(ms / 1000);
	const parts = [
		[Math.floor(seconds / 3600), 'h'],
		[Math.floor(seconds / 60) % 60, 'm'],
		[seconds % 60, 's']
	] as const;
	return parts.map(([count, unit]) => (count > 0 ? `${count}${unit}` : '')).join('') || '0s';
}

function target({ service, where, metric }: MetricTarget): string {
	const labels = Object.entries(where).map(([name, value]) => `${name}=${value}`);
	return `${service}${labels.length > 0 ? `[${labels.join(',')}]` : ''}.${metric}`;
}

function two(value: number): string {
	return String(value).padStart(2, '0');
}
