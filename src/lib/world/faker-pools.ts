import { faker } from '@faker-js/faker/locale/en';
import { stream } from './random.ts';

/** Names that lines of a run choose from by key; filled once, under the run's seed. */
export interface FakerPools {
	customers: string[];
	people: string[];
	hosts: string[];
	addresses: string[];
	cities: string[];
	userAgents: string[];
}

const SIZE = 64;

/**
 * Fills the pools. The shared Faker instance is used for its word lists only: every choice is drawn from the seed's own
 * stream, so nothing depends on who called Faker before.
 */
export function fakerPools(seed: string): FakerPools {
	const draw = stream(`${seed}:pools`);
	const words = faker.rawDefinitions;
	const pick = <T>(list: readonly T[], fallback: T): T => list[Math.floor(draw() * list.length)] ?? fallback;
	const plain = (list: unknown): string[] =>
		Array.isArray(list)
			? list.filter((word): word is string => typeof word === 'string' && /^[A-Z][a-z]+$/.test(word))
			: [];
	const first = namesOf(words.person?.first_name, plain);
	const last = namesOf(words.person?.last_name, plain);
	const cities = plain(words.location?.city_name);
	const fill = (make: () => string): string[] => {
		const made = new Set<string>();
		for (let i = 0; made.size < SIZE && i < SIZE * 20; i += 1) made.add(make());
		return [...made];
	};
	return {
		customers: fill(() => `${pick(last, 'Novak')} ${pick(COMPANY_FORMS, 'Ltd')}`),
		people: fill(() => `${pick(first, 'Ada')} ${pick(last, 'Novak')}`),
		hosts: fill(() => `ip-10-${digits(draw, 64)}-${digits(draw, 256)}-${digits(draw, 256)}`),
		addresses: fill(() => `203.0.113.${digits(draw, 256)}`),
		cities: fill(() => pick(cities, 'Springfield')),
		userAgents: USER_AGENTS.slice()
	};
}

function namesOf(list: unknown, plain: (list: unknown) => string[]): string[] {
	if (Array.isArray(list)) return plain(list);
	if (typeof list !== 'object' || list === null) return [];
	return Object.values(list).flatMap(plain);
}

function digits(draw: () => number, below: number): number {
	return Math.floor(draw() * below);
}

const COMPANY_FORMS = ['Ltd', 'GmbH', 'Labs', 'Group', 'Logistics', 'Retail', 'Health', 'Foods', 'Energy', 'Partners'];
const USER_AGENTS = [
	'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
	'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)',
	'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)',
	'okhttp/4.12.0',
	'python-requests/2.32.3',
	'axios/1.7.9',
	'Go-http-client/2.0'
];
