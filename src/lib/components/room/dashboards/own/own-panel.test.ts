import { describe, expect, it } from 'vitest';
import { limitsOf, MOST_PANELS, newPanel, readPanels } from './own-panel.ts';

describe('panels that were kept', () => {
	it('come back as they were', () => {
		const panels = [{ ...newPanel('a', 'up'), view: 'stat' as const, unit: 'bytes' as const, bad: 5 }, newPanel('b')];
		expect(readPanels(JSON.stringify(panels))).toEqual(panels);
	});
	it.each(['', 'null', '{}', '[1, null, "x", {}]', '[{"id": 5}]'])('%s holds none', (text) =>
		expect(readPanels(text)).toEqual([])
	);
	it('are mended where they make no sense', () => {
		const odd = [{ id: 'a', query: 7, view: 'pie', unit: 'furlongs', warn: 'x', log: 'yes', badSide: 'left' }];
		expect(readPanels(JSON.stringify(odd))).toEqual([newPanel('a')]);
	});
	it('are not more than fit, and each once', () => {
		const many = Array.from({ length: 30 }, (_, i) => newPanel(`p${i % 20}`));
		expect(readPanels(JSON.stringify(many))).toHaveLength(MOST_PANELS);
	});
});

it('limits are those that were given', () => {
	expect(limitsOf({ warn: 1, bad: null, badSide: 'below' })).toEqual([{ value: 1, tone: 'warn', bad: 'below' }]);
	expect(limitsOf({ warn: null, bad: null, badSide: 'above' })).toEqual([]);
});
