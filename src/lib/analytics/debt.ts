/** Practice debt: what fails in earnest and has not been practised since. */
import { resolveMinutes, type IncidentFacts } from './facts.ts';
import { inOrder } from './order.ts';

export interface DebtLine {
	service: string;
	failureClass: string;
	/** The last run of this failure class; on this service, else anywhere. Null where there was none. */
	lastDrill: {
		id: string;
		key: string;
		at: number;
		sameService: boolean;
		minutes: number | null;
		resolved: boolean;
	} | null;
	/** Real incidents of this class on this service since then; all of them where it was never practised. */
	realSince: string[];
	realTotal: number;
}

/** Where most happened since the last practice first. */
export function practiceDebt(rows: readonly IncidentFacts[]): DebtLine[] {
	const lines = new Map<
		string,
		{ service: string; failureClass: string; real: IncidentFacts[]; drill: IncidentFacts | null }
	>();
	const lastOfClass = new Map<string, IncidentFacts>();
	for (const row of inOrder(rows)) {
		if (row.causeClass === null || row.at === null || row.stoodDown) continue;
		if (row.drill) lastOfClass.set(row.causeClass, row);
		for (const service of row.services) {
			const key = `${row.causeClass}\n${service}`;
			const line = lines.get(key) ?? { service, failureClass: row.causeClass, real: [], drill: null };
			lines.set(key, line);
			if (row.drill) line.drill = row;
			else line.real.push(row);
		}
	}
	return [...lines.values()]
		.map(({ service, failureClass, real, drill }): DebtLine => {
			const last = drill ?? lastOfClass.get(failureClass) ?? null;
			return {
				service,
				failureClass,
				lastDrill: last && {
					id: last.id,
					key: last.key,
					at: last.at ?? 0,
					sameService: drill !== null,
					minutes: resolveMinutes(last),
					resolved: last.times.resolved !== null
				},
				realSince: real.filter(({ at }) => last === null || (at ?? 0) > (last.at ?? 0)).map(({ id }) => id),
				realTotal: real.length
			};
		})
		.sort(
			(a, b) =>
				b.realSince.length - a.realSince.length ||
				Number(a.lastDrill !== null) - Number(b.lastDrill !== null) ||
				`${a.failureClass} ${a.service}`.localeCompare(`${b.failureClass} ${b.service}`, 'en')
		);
}
