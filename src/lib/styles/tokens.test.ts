import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// Reads the tokens as the browser would: OKLCH to linear sRGB, clipped, then WCAG 2.2 relative luminance.

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];

function channels(token: string, theme: Theme): [number, number, number] {
	const value = new RegExp(`--${token}:\\s*([^;]+);`).exec(css)?.[1];
	if (!value) throw new Error(`No token --${token}`);
	const colours = [...value.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)];
	const [, l, c, h] = (theme === 'dark' ? colours.at(-1) : colours[0]) ?? [];
	if (l === undefined) throw new Error(`--${token} is no opaque OKLCH colour: ${value}`);
	return [Number(l), Number(c), Number(h)];
}

/** Relative luminance, 0 to 1. Matrices: Björn Ottosson, "A perceptual color space for image processing". */
function luminance(token: string, theme: Theme): number {
	const [lightness, chroma, hue] = channels(token, theme);
	const a = chroma * Math.cos((hue * Math.PI) / 180);
	const b = chroma * Math.sin((hue * Math.PI) / 180);
	const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
	const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
	const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
	const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
	const clip = (channel: number) => Math.min(1, Math.max(0, channel));
	return 0.2126 * clip(red) + 0.7152 * clip(green) + 0.0722 * clip(blue);
}

function contrast(front: string, back: string, theme: Theme): number {
	const [low = 0, high = 0] = [luminance(front, theme), luminance(back, theme)].sort((x, y) => x - y);
	return (high + 0.05) / (low + 0.05);
}

const grounds = ['surface-0', 'surface-1', 'surface-2', 'surface-3'];
const softs = ['sev-1-soft', 'sev-2-soft', 'sev-3-soft', 'sev-4-soft', 'ok-soft', 'accent-soft'];
const coloured = ['accent', 'accent-strong', 'sev-1', 'sev-2', 'sev-3', 'sev-4', 'ok'];

const text: [string, string][] = [
	...['ink', 'ink-2'].flatMap((ink) => [...grounds, ...softs].map((ground): [string, string] => [ink, ground])),
	...grounds.map((ground): [string, string] => ['ink-3', ground]),
	...coloured.flatMap((ink) => grounds.map((ground): [string, string] => [ink, ground])),
	['sev-1', 'sev-1-soft'],
	['sev-2', 'sev-2-soft'],
	['sev-3', 'sev-3-soft'],
	['sev-4', 'sev-4-soft'],
	['ok', 'ok-soft'],
	['accent', 'accent-soft'],
	['accent-strong', 'accent-soft'],
	['accent-ink', 'accent'],
	['accent-ink', 'accent-strong'],
	['exercise-ink', 'exercise'],
	['exercise-ink', 'exercise-2'],
	['real-ink', 'real']
];

/** Edges and lines that carry meaning need 3:1 (WCAG 1.4.11). */
const graphics: [string, string][] = [
	...[1, 2, 3, 4, 5, 6].map((n): [string, string] => [`series-${n}`, 'surface-1']),
	...['surface-0', 'surface-1', 'surface-2'].map((ground): [string, string] => ['line-field', ground]),
	['real', 'surface-1']
];

for (const theme of themes) {
	test.each(text)(`${theme}: %s on %s can be read`, (ink, ground) => {
		expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(4.5);
	});

	test.each(graphics.filter(([mark]) => mark !== 'real' || theme === 'light'))(
		`${theme}: %s on %s can be seen`,
		(mark, ground) => {
			expect(contrast(mark, ground, theme)).toBeGreaterThanOrEqual(3);
		}
	);
}

test('the formula gives the known contrast of mid grey on white', () => {
	// oklch(0.5999 0 0) is #808080; its contrast on white is 3.95 (WCAG 2.2, relative luminance).
	const grey = 0.5999 ** 3;
	expect((1 + 0.05) / (grey + 0.05)).toBeCloseTo(3.95, 1);
	expect(luminance('real-ink', 'light')).toBeCloseTo(1, 3);
});
