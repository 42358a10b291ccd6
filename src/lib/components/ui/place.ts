// Where something that floats stands: beside its button, inside the window.

interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

export interface Placement {
	left: number;
	top: number;
	/** The most it may be tall before it has to scroll. */
	maxHeight: number;
}

/** The distance to the button and to the window's edges, in pixels. */
const GAP = 6;

/**
 * Under the button where there is room, else above it where there is more; its start at the button's start or, with
 * `align: 'end'`, its end at the button's end; never outside of the window. All lengths are CSS pixels.
 */
export function place(
	button: Box,
	panel: { width: number; height: number },
	view: { width: number; height: number },
	align: 'start' | 'end' = 'start'
): Placement {
	const below = view.height - button.bottom - 2 * GAP;
	const above = button.top - 2 * GAP;
	const under = panel.height <= below || below >= above;
	const maxHeight = Math.max(0, under ? below : above);
	const height = Math.min(panel.height, maxHeight);
	const left = align === 'start' ? button.left : button.right - panel.width;
	return {
		left: Math.max(GAP, Math.min(left, view.width - panel.width - GAP)),
		top: under ? button.bottom + GAP : button.top - GAP - height,
		maxHeight
	};
}
