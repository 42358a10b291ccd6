/** Variants that every scenario has without anybody writing them. They leave the lesson as it is. Pure. */
import { allConditions, allEffects, allStates, leaves } from './lint/names.ts';
import { sha256 } from './sha256.ts';
import { startTime } from './start-time.ts';
import type { VariantSpec } from './variant.schema.ts';
import type { Content } from './variants.ts';

/** Ids that authors leave to these. */
export const GENERIC_IDS = ['another-day', 'another-hour', 'other-people', 'extra-alert'] as const;

export function genericVariants(content: Content): VariantSpec[] {
	const { id } = content.scenario;
	const pick = (what: string, of: number) => parseInt(sha256(`${id} ${what}`).slice(0, 8), 16) % of;
	const service = unrelated(content, pick);
	const clock = anotherHour(content, pick);
	return [
		{
			id: 'another-day',
			title: 'Another day',
			note: 'Chance falls otherwise; all else is the same.',
			seed_class: 'another-day'
		},
		...(clock ? [clock] : []),
		{ id: 'other-people', title: 'Other people on call', on_call: others(pick), seed_class: 'other-people' },
		...(service === null
			? []
			: [
					{
						id: 'extra-alert',
						title: 'Something else is going on, too',
						note: `The CPU of ${service} rises and its alert fires a few minutes into the run. It has nothing to do with it, and nobody suffers.`,
						extra_alert: { service, name: 'ServiceCpuElevated', severity: 'warning' as const }
					}
				])
	];
}

type Pick = (what: string, of: number) => number;

const HOURS = ['03:10', '09:40', '14:20', '17:50', '22:30'];
const LEAST_APART_MINUTES = 4 * 60;

/**
 * A begin at least four hours from the scenario's own, with the traffic that its alerts and conditions were written for.
 * None where texts or conditions name a time of day.
 */
function anotherHour({ scenario, startsAt, runbookBodies }: Content, pick: Pick): VariantSpec | null {
	const { clock: _clock, variants: _variants, ...told } = scenario;
	const named = /\b([01]?\d|2[0-3]):[0-5]\d\b|\b\d{1,2} ?(am|pm)\b/.test(JSON.stringify([told, runbookBodies]));
	const timed = allConditions(scenario).some(({ condition }) => leaves(condition).some(({ type }) => type === 'clock'));
	if (named || timed) return null;
	const own = minutesOf(scenario.clock.start);
	const far = HOURS.filter((hour) => apart(minutesOf(hour), own) >= LEAST_APART_MINUTES);
	const hour = far[pick('hour', far.length)];
	if (hour === undefined) return null;
	const start = `${scenario.clock.start.includes('T') ? `${scenario.clock.start.slice(0, 10)}T` : ''}${hour}`;
	if (startTime({ start, zone: scenario.clock.zone }) === null || startsAt === 0) return null;
	return {
		id: 'another-hour',
		title: 'Another hour',
		note: 'Begins at another time of day, with the load that the scenario is written for.',
		clock: { start, same_load: true }
	};
}

/** Minutes since midnight of `10:40` or `2026-03-10T10:40`. */
export function minutesOf(clock: string): number {
	const [, hours = '0', minutes = '0'] = /(\d{2}):(\d{2})(?::\d{2})?$/.exec(clock) ?? [];
	return Number(hours) * 60 + Number(minutes);
}

function apart(a: number, b: number): number {
	const between = Math.abs(a - b) % 1440;
	return Math.min(between, 1440 - between);
}

const PEOPLE = [
	'Ines Keller',
	'Tomasz Wrona',
	'Adaeze Obi',
	'Mikkel Lund',
	'Priya Raman',
	'Joao Freitas',
	'Hana Sato',
	'Lior Barak'
];

function others(pick: Pick): NonNullable<VariantSpec['on_call']> {
	const first = pick('people', PEOPLE.length);
	const name = (at: number) => PEOPLE[(first + at) % PEOPLE.length] ?? '';
	return [
		{ seat: 'primary', name: name(0), title: 'Engineer, in the second week on this rota' },
		{ seat: 'secondary', name: name(1), title: 'Engineer of another team, knows the system from its dashboards' },
		{ seat: 'senior_ic', name: name(2), title: 'Staff engineer, half an hour away from a computer' },
		{ seat: 'manager', name: name(3), title: 'Engineering manager, new to the team' }
	];
}

/** Twice as much at the peak of the day is still below where the alert begins. */
const QUIET_CPU = 0.4;

/** A service that nothing in the scenario speaks of; of the archetype's others where there is none. Null where there is none at all. */
function unrelated({ scenario, services, topology }: Content, pick: Pick): string | null {
	const concerned = new Set<string | undefined>([
		...allEffects(scenario).flatMap(({ effect }) => [effect.metric.service, effect.cascade?.from.service]),
		...allConditions(scenario).flatMap(({ condition }) =>
			leaves(condition).map((leaf) => (leaf.type === 'metric' ? leaf.target.service : undefined))
		),
		...allStates(scenario).flatMap(({ spec }) => [...spec.logs, ...spec.instruments].map(({ service }) => service)),
		...[...scenario.impact, ...scenario.slis].map(({ metric }) => metric.service),
		...scenario.changes.map(({ service }) => service),
		...scenario.truth.alerts.map(({ service }) => service),
		...scenario.mitigations.flatMap(({ deploys, restarts, scales }) => [deploys?.service, restarts, scales?.service])
	]);
	const free = (of: Content['services']) =>
		Object.entries(of)
			.filter(
				([name, { kind, cpu }]) =>
					!concerned.has(name) && kind !== 'vendor' && (cpu ?? 0) > 0 && (cpu ?? 0) <= QUIET_CPU
			)
			.map(([name]) => name)
			.sort();
	const own = free(services);
	const candidates = own.length > 0 ? own : free(topology.services).filter((name) => services[name] === undefined);
	return candidates[pick('service', Math.max(1, candidates.length))] ?? null;
}
