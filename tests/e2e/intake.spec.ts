import { incidentsCsv } from '../support/incidents-csv.ts';
import { ADMIN_SECRET, expect, test } from './test.ts';

test.describe('real incidents in', () => {
	test('a file is looked at, checked, imported, and read like any other', async ({ page }) => {
		await page.goto('/import');
		await page.getByLabel("Administrator's secret").fill(ADMIN_SECRET);
		await page.getByRole('button', { name: 'Continue' }).click();

		const lines = incidentsCsv(40).trimEnd().split('\n');
		lines[0] = (lines[0] ?? '').replace('id,title', 'Issue key,Summary');
		const bad = ['OPS-1,twice,P1,2024-01-01 06:06', 'OPS-900,odd,purple,2024-01-01 06:06'];
		const file = (rows: string[]) => ({
			name: 'incidents.csv',
			mimeType: 'text/csv',
			buffer: Buffer.from([...rows, ...bad].join('\n'))
		});
		await page.getByLabel('File of incidents or events').setInputFiles(file(lines));
		await expect(page.getByRole('heading', { name: 'The first rows, as they are read' })).toBeVisible();
		await expect(page.getByLabel('Title', { exact: false }).first()).toHaveValue('Summary');
		await page.getByLabel('Where it comes from').fill('jira');
		await page.getByLabel('Time zone').selectOption('UTC');
		await page.getByRole('button', { name: 'Check all rows' }).click();
		const check = page.getByRole('region', { name: 'What importing would do' });
		await expect(check.getByText('stands on line 2 already')).toBeVisible();
		await expect(check.getByText('“purple” is no severity that is known')).toBeVisible();
		await page.getByRole('button', { name: 'Import 40 incidents' }).click();
		const report = page.getByRole('region', { name: 'Imported' });
		await expect(report.getByText('unknown_severity')).toBeVisible();
		const download = page.waitForEvent('download');
		await report.getByRole('button', { name: 'Download as CSV' }).click();
		expect((await download).suggestedFilename()).toBe('incidents-refused.csv');

		await page.getByRole('button', { name: 'Import another file' }).click();
		await page.getByLabel('File of incidents or events').setInputFiles(file(lines));
		await page.getByRole('button', { name: 'Check all rows' }).click();
		await expect(page.getByText('Everything that can be taken is here already.')).toBeVisible();

		await page.goto('/?q=case+12');
		await page.getByRole('link', { name: /case 12/ }).click();
		await expect(page.getByText('REAL INCIDENT').first()).toBeVisible();
		const told = page.getByRole('region', { name: 'Timeline' });
		await expect(told.getByText('Imported from jira: OPS-12')).toBeVisible();
		await expect(page.getByRole('region', { name: 'Scorecard' })).toBeVisible();
	});

	test('an alert opens a room that proposes its severity', async ({ page, request }) => {
		await page.goto('/settings');
		await page.getByLabel("Administrator's secret").fill(ADMIN_SECRET);
		await page.getByRole('button', { name: 'Continue' }).click();
		await page.getByLabel('Name of a new source').fill('Prometheus');
		await page.getByRole('button', { name: 'Make a token' }).click();
		const token = /mst_[\w-]+/.exec((await page.getByText(/^mst_/).textContent()) ?? '')?.[0] ?? '';
		await page.getByRole('button', { name: 'I have kept it' }).click();
		await expect(page.getByText(/^mst_/)).toHaveCount(0);

		const send = (annotations: object) =>
			request.post('/api/ingest/alertmanager', {
				headers: { authorization: `Bearer ${token}` },
				data: {
					version: '4',
					groupKey: 'checkout',
					alerts: [
						{
							status: 'firing',
							labels: { alertname: 'HighErrorRate', service: 'checkout', severity: 'critical' },
							annotations,
							startsAt: '2026-01-01T00:00:00Z',
							endsAt: '0001-01-01T00:00:00Z',
							fingerprint: 'f1'
						}
					]
				}
			});
		const drill = await send({ summary: 'EXERCISE: checkout fails' });
		expect(drill.status()).toBe(422);
		const answer = await send({ summary: 'Half of all checkouts fail' });
		expect(answer.status()).toBe(200);
		const { alerts } = (await answer.json()) as { alerts: { incidentId: string; outcome: string }[] };
		expect(alerts[0]?.outcome).toBe('fired');

		await page.goto(`/i/${alerts[0]?.incidentId}`);
		await page.getByLabel('Your name, as the others will read it').fill('Ada');
		await page.getByRole('button', { name: 'Join' }).click();
		await expect(page.getByRole('article', { name: 'HighErrorRate checkout' })).toContainText(
			'Half of all checkouts fail'
		);
		await page.getByRole('button', { name: 'Declare…' }).click();
		const dialog = page.getByRole('dialog');
		await expect(dialog.getByText('Prometheus proposes P1')).toBeVisible();
		await expect(dialog.getByLabel(/What is wrong/)).toHaveValue('Half of all checkouts fail');
		await dialog.getByRole('button', { name: 'Declare P1' }).click();
		await expect(dialog).toHaveCount(0);
		await expect(page.getByText('Not declared')).toHaveCount(0);
	});
});
