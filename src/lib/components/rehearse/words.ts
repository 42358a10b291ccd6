import type { RehearsalCounts, RehearsedRuleRow } from '$lib/protocol/rehearsal.ts';

/** `9:05`, `-2:30`, `1:02:03` of simulated time. */
export function clock(ms: number): string {
	const seconds = Math.round(Math.abs(ms) / 1000);
	const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
	const two = (n: number) => String(n).padStart(2, '0');
	return `${ms < 0 ? '−' : ''}${h > 0 ? `${h}:${two(m)}` : m}:${two(s)}`;
}

/** When a rule fired against customers' first harm, with a mark that is no colour. */
export function timing({ timing, leadMs, falseAlarms }: RehearsedRuleRow): { mark: string; text: string } {
	const apart = leadMs === null ? '' : clock(Math.abs(leadMs));
	switch (timing) {
		case 'early':
			return { mark: '✓', text: `${apart} before` };
		case 'before':
			return { mark: '▲', text: `${apart} before` };
		case 'after':
			return { mark: '◆', text: `${apart} after` };
		case 'fired':
			return { mark: '●', text: 'nobody harmed' };
		case 'silent':
			return { mark: '○', text: falseAlarms.length > 0 ? 'not because of it' : 'silent' };
	}
}

export function alarms(count: number): string {
	return count === 0 ? 'none' : `${count} false ${count === 1 ? 'alarm' : 'alarms'}`;
}

/** What all scenarios together come to, as rows of a table. */
export const COUNTS: { key: keyof RehearsalCounts; label: string }[] = [
	{ key: 'early', label: '✓ Ten minutes ahead or more' },
	{ key: 'before', label: '▲ Ahead, by less' },
	{ key: 'after', label: '◆ When customers felt it already' },
	{ key: 'fired', label: '● Where nobody was harmed' },
	{ key: 'missed', label: '○ Missed' },
	{ key: 'falseAlarms', label: 'False alarms' }
];

/** The first rules of most teams, to see what a rehearsal shows. */
export const EXAMPLE = `groups:
  - name: example
    rules:
      - alert: HighErrorRate
        expr: |
          sum by (service) (rate(http_requests_total{status=~"5.."}[5m]))
            / sum by (service) (rate(http_requests_total[5m])) > 0.05
        for: 2m
        labels:
          severity: critical
      - alert: MemoryNearLimit
        expr: |
          max by (service) (
            container_memory_working_set_bytes
              / on (pod, container) group_left() kube_pod_container_resource_limits{resource="memory"}
          ) > 0.8
        for: 5m
        labels:
          severity: warning
      - alert: PoolExhausted
        expr: database_connection_pool_available == 0
        for: 1m
        labels:
          severity: critical
`;
