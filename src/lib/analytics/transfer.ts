/**
 * Whether what was practised came sooner in earnest. One drill beside one incident is an observation and proves nothing; it is
 * shown as that.
 */
import { minutesBetween, type IncidentFacts } from './facts.ts';
import { inOrder } from './order.ts';

export interface TransferLine {
	failureClass: string;
	drill: TransferMoment;
	/** What helped in the drill; null where nothing was judged to. */
	action: string | null;
	/** The last real incident of the class before the drill, and the next one after it. */
	before: TransferMoment | null;
	next: TransferMoment | null;
	/** `sooner`: the action came sooner after creation in the next incident than in the one before. */
	verdict: 'sooner' | 'later' | 'same' | 'nothing_before' | 'none_since' | 'not_recorded';
	/** Actions of the drill's post-mortem that were closed, and those that a later run proved. */
	actions: { closed: number; total: number; proved: string[] };
}

export interface TransferMoment {
	id: string;
	key: string;
	at: number;
	/** Minutes from creation to the drilled action; to mitigation where it is not recorded by name. */
	minutes: number | null;
	/** Counted to mitigation, since the action itself is not in the log. */
	byMitigation: boolean;
}

/** One line per drill whose failure class is known, the latest first. */
export function transfers(rows: readonly IncidentFacts[]): TransferLine[] {
	const ordered = inOrder(rows).filter(({ at, stoodDown }) => at !== null && !stoodDown);
	return ordered
		.flatMap((drill) => {
			const failureClass = drill.causeClass;
			if (!drill.drill || failureClass === null) return [];
			const real = ordered.filter((row) => !row.drill && row.causeClass === failureClass);
			const action = drill.attempts.find(({ helped }) => helped === true)?.name ?? null;
			const before = real.findLast((row) => (row.at ?? 0) < (drill.at ?? 0));
			const next = real.find((row) => (row.at ?? 0) > (drill.at ?? 0));
			const line = {
				failureClass,
				drill: moment(drill, action),
				action,
				before: before ? moment(before, action) : null,
				next: next ? moment(next, action) : null
			};
			const closed = drill.actions.filter(({ status }) => status === 'complete');
			return [
				{
					...line,
					verdict: verdictOf(line),
					actions: {
						closed: closed.length,
						total: drill.actions.length,
						proved: drill.actions.flatMap(({ proofIncidentId }) => proofIncidentId ?? [])
					}
				}
			];
		})
		.reverse();
}

function moment(row: IncidentFacts, action: string | null): TransferMoment {
	const { created, mitigated, resolved } = row.times;
	const attempt = action === null ? undefined : row.attempts.find(({ name }) => sameAction(name, action));
	return {
		id: row.id,
		key: row.key,
		at: row.at ?? 0,
		minutes: minutesBetween(created, attempt?.startedAt ?? mitigated ?? resolved),
		byMitigation: attempt === undefined
	};
}

function verdictOf({ before, next }: Pick<TransferLine, 'before' | 'next'>): TransferLine['verdict'] {
	if (!next) return 'none_since';
	if (next.minutes === null) return 'not_recorded';
	if (!before || before.minutes === null) return 'nothing_before';
	if (next.minutes === before.minutes) return 'same';
	return next.minutes < before.minutes ? 'sooner' : 'later';
}

/** `rollback_release` and "Roll back the release" name one action: letters alone, the one within the other. */
function sameAction(one: string, other: string): boolean {
	const [a, b] = [one, other].map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''));
	return a !== undefined && b !== undefined && a !== '' && b !== '' && (a.includes(b) || b.includes(a));
}
