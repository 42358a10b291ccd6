/** Colours for a canvas, which knows no custom properties: read from the page, and read again when the theme changes. */
import { createSubscriber } from 'svelte/reactivity';
import { SERIES_COLOURS } from './series-colours.ts';

const NAMES = ['line', 'ink-2', 'ink-3', 'sev-1', 'sev-2', 'surface-1', 'accent-soft'] as const;
export type ColourName = (typeof NAMES)[number];

/** Told when the theme changes, whichever way: the system's, or the one chosen on this device. */
const subscribe = createSubscriber((update) => {
	const media = matchMedia('(prefers-color-scheme: dark)');
	media.addEventListener('change', update);
	const chosen = new MutationObserver(update);
	chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
	return () => {
		media.removeEventListener('change', update);
		chosen.disconnect();
	};
});

export interface Colours {
	named: Record<ColourName, string>;
	series: string[];
}

/** The colours as they are now; inside an effect or a derived value it is read anew on each change of theme. */
export function readColours(): Colours {
	subscribe();
	const probe = document.createElement('span');
	probe.hidden = true;
	document.body.append(probe);
	const style = getComputedStyle(probe);
	const read = (name: string) => {
		probe.style.color = `var(--${name})`;
		return style.color;
	};
	const named = Object.fromEntries(NAMES.map((name) => [name, read(name)])) as Record<ColourName, string>;
	const series = Array.from({ length: SERIES_COLOURS }, (_, i) => read(`series-${i + 1}`));
	probe.remove();
	return { named, series };
}
