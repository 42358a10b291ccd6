/** A panel that somebody made: what it asks and how it shows the answer. Kept in this browser as JSON. Pure. */
import { UNIT_NAMES } from '../../../charts/unit-names.ts';
import type { Unit } from '../../../charts/units.ts';
import type { ChartLimit } from '../../../charts/limits.ts';

export type View = 'graph' | 'stat' | 'table';

export interface OwnPanel {
	id: string;
	/** Empty: the query is its title. */
	title: string;
	query: string;
	view: View;
	unit: Unit | 'guess';
	log: boolean;
	/** Names of lines, `{{service}}`; empty: what tells them apart. */
	legend: string;
	warn: number | null;
	bad: number | null;
	badSide: 'above' | 'below';
	wide: boolean;
}

export const MOST_PANELS = 12;
const LONGEST = { title: 120, query: 2_000, legend: 120 };

export function newPanel(id: string, query = ''): OwnPanel {
	return {
		id,
		title: '',
		query: query.slice(0, LONGEST.query),
		view: 'graph',
		unit: 'guess',
		log: false,
		legend: '',
		warn: null,
		bad: null,
		badSide: 'above',
		wide: false
	};
}

/** Panels as they were kept; what an older version or another hand wrote is left out where it makes no sense. */
export function readPanels(text: string): OwnPanel[] {
	let found: unknown;
	try {
		found = JSON.parse(text);
	} catch {
		return [];
	}
	if (!Array.isArray(found)) return [];
	const panels = found.flatMap((one: unknown) => readPanel(one) ?? []);
	const ids = new Set<string>();
	return panels.filter(({ id }) => !ids.has(id) && ids.add(id)).slice(0, MOST_PANELS);
}

function readPanel(value: unknown): OwnPanel | null {
	if (typeof value !== 'object' || value === null) return null;
	const kept = value as Record<string, unknown>;
	const text = (key: 'title' | 'query' | 'legend') => {
		const given = kept[key];
		return typeof given === 'string' ? given.slice(0, LONGEST[key]) : '';
	};
	if (typeof kept.id !== 'string' || kept.id === '') return null;
	const number = (given: unknown) => (typeof given === 'number' && Number.isFinite(given) ? given : null);
	return {
		id: kept.id.slice(0, 40),
		title: text('title'),
		query: text('query'),
		view: kept.view === 'stat' || kept.view === 'table' ? kept.view : 'graph',
		unit: typeof kept.unit === 'string' && kept.unit in UNIT_NAMES ? (kept.unit as Unit) : 'guess',
		log: kept.log === true,
		legend: text('legend'),
		warn: number(kept.warn),
		bad: number(kept.bad),
		badSide: kept.badSide === 'below' ? 'below' : 'above',
		wide: kept.wide === true
	};
}

export function limitsOf({ warn, bad, badSide }: Pick<OwnPanel, 'warn' | 'bad' | 'badSide'>): ChartLimit[] {
	const limits: ChartLimit[] = [];
	if (warn !== null) limits.push({ value: warn, tone: 'warn', bad: badSide });
	if (bad !== null) limits.push({ value: bad, tone: 'bad', bad: badSide });
	return limits;
}
