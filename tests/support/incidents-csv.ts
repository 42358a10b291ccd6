// A list of real incidents as another tool exports it, the same for the same number.

const COLUMNS =
	'id,title,severity,created_at,impact_started_at,detected_at,detected_by,acknowledged_at,mitigated_at,resolved_at,services,cause,escalated,postmortem_state';
const SERVICES = ['checkout', 'search', 'payments', 'login', 'catalogue'];
const CAUSES = ['bad deploy', 'capacity', 'expired certificate', 'dependency', 'configuration'];
const BY = ['alert', 'alert', 'staff', 'customer'];

/** Every twentieth is not resolved yet. Times are local to no zone. */
export function incidentsCsv(rows: number): string {
	const lines = [COLUMNS];
	const start = Date.UTC(2024, 0, 1, 6);
	for (let n = 0; n < rows; n++) {
		const impact = start + n * 61 * 60_000;
		const minute = (after: number) => new Date(impact + after * 60_000).toISOString().slice(0, 16).replace('T', ' ');
		const severity = `P${(n % 4) + 1}`;
		const open = n % 20 === 19;
		const service = SERVICES[n % SERVICES.length] ?? '';
		lines.push(
			[
				`OPS-${n + 1}`,
				`"${service} fails, case ${n + 1}"`,
				severity,
				minute(6),
				minute(0),
				minute(3 + (n % 5)),
				BY[n % BY.length],
				minute(9),
				open ? '' : minute(20 + (n % 40)),
				open ? '?' : minute(60 + (n % 90)),
				service,
				CAUSES[n % CAUSES.length],
				n % 3 === 0 ? 'yes' : 'no',
				open ? '' : n % 2 === 0 ? 'published' : 'draft'
			].join(',')
		);
	}
	return `${lines.join('\n')}\n`;
}
