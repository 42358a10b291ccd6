import { refuse } from '$lib/incident/refusal.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { isAdminRequest } from '$lib/server/auth/visitor.ts';
import { readReportRequest, reportText, storedReport } from '$lib/server/insights/report.ts';

const TYPES = { md: 'text/markdown; charset=utf-8', json: 'application/json; charset=utf-8' };

/** The improvement report: `?period=90d&origin=practice|real|all&format=md|json`. Real incidents are for the administrator. */
export const GET = endpoint('read', async ({ request, cookies, url }, muster) => {
	const words = url.searchParams;
	const read = readReportRequest({
		period: words.get('period'),
		origin: words.get('origin'),
		format: words.get('format')
	});
	if (!read.ok) return read;
	const admin = await isAdminRequest(muster, request, cookies);
	if (read.request.origin !== 'practice' && !admin) {
		return refuse(
			'forbidden',
			'Figures of real incidents need the administrator’s secret: give it on the settings page, or ask for origin=practice.'
		);
	}
	const report = await storedReport(muster.storage, read.request, muster.hub.context.now(), admin);
	const { format } = read.request;
	return new Response(reportText(report, format), {
		headers: {
			'content-type': TYPES[format],
			'content-disposition': `attachment; filename="improvement-report.${format}"`,
			'cache-control': 'no-store'
		}
	});
});
