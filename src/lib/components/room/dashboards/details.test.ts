import { expect, it } from 'vitest';
import { SeriesTable } from '../../../client/series-table.ts';
import type { Telemetry } from '../../../client/telemetry.svelte.ts';
import { detailOf, detailStep } from './details.ts';

const HOUR = { windowMs: 3_600_000, stepMs: 15_000 };
const now = 100 * 3_600_000;

it.each([
	['a quarter of what is open', now - 900_000, now, 4_000],
	['all that is open', now - 3_600_000, now, null],
	['a few seconds', now - 8_000, now, 1_000],
	['long before what is open', now - 3 * 3_600_000, now - 2 * 3_600_000, 15_000]
])('%s', (_title, fromAt, toAt, step) => expect(detailStep({ fromAt, toAt }, HOUR, now)).toBe(step));

it('panels with one query ask once, and another stretch asks anew', async () => {
	const asked: string[] = [];
	const telemetry = {
		tableOf: (query: string, fromAt: number) => {
			asked.push(`${query} ${fromAt}`);
			return Promise.resolve(new SeriesTable([], Infinity, 1_000));
		}
	} as unknown as Telemetry;
	const ask = (query: string, fromAt: number) => detailOf(telemetry, query, { fromAt, toAt: 9 }, 1_000);
	const [first, again] = await Promise.all([ask('up', 1), ask('up', 1), ask('down', 1)]);
	expect(first).toBe(again);
	await ask('up', 2);
	expect(asked).toEqual(['up 1', 'down 1', 'up 2']);
});
