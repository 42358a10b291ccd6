import type { Unit } from './units.ts';

/** Every unit with its name, in the order in which people look for it. */
export const UNIT_NAMES: Readonly<Record<Unit, string>> = {
	count: 'Count (12.4k)',
	rps: 'Per second (/s)',
	ratio: 'Share (0…1 as %)',
	percent: 'Per cent (0…100)',
	seconds: 'Seconds',
	milliseconds: 'Milliseconds',
	bytes: 'Bytes',
	bytesRate: 'Bytes per second',
	cores: 'CPU cores',
	date: 'Date (epoch seconds)',
	none: 'As it is'
};
