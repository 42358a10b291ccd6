import type { IconName } from './icons';

/** One line of a menu. */
export interface MenuItem {
	id: string;
	label: string;
	/** Said smaller, under or beside the label. */
	hint?: string;
	icon?: IconName;
	/** A choice that is made at present; shows a check mark. */
	checked?: boolean;
	disabled?: boolean;
	danger?: boolean;
	onselect: () => void;
}

/**
 * The index to move to for a key pressed in a list of `count` lines, or undefined when the key means nothing here.
 * Both ends join.
 */
export function moved(key: string, index: number, count: number, axis: 'vertical' | 'horizontal'): number | undefined {
	if (count === 0) return undefined;
	const [back, on] = axis === 'vertical' ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
	if (key === on) return (index + 1) % count;
	if (key === back) return (Math.max(index, 0) - 1 + count) % count;
	if (key === 'Home') return 0;
	if (key === 'End') return count - 1;
	return undefined;
}
