/**
 * A small scenario to begin from: one release that fails, one way back, one tempting way to make it worse. It loads and
 * keeps every promise as it is, so that an author changes something that works. Pure: texts in, texts out.
 */
import { RULES } from './rules-text.ts';
import { RUNBOOK } from './runbook-text.ts';
import { SCENARIO } from './scenario-text.ts';

interface Cast {
	/** What callers ask first. */
	front: string;
	/** What the release breaks, with the version that was good and the one that is not. */
	victim: string;
	good: string;
	bad: string;
	/** What the victim stands on, innocent. */
	other: string;
	/** What customers miss, as they would say it. */
	purpose: string;
	users: number;
}

/** Who plays which part on each archetype under scenarios/_topologies. */
const CASTS = {
	shop: {
		front: 'api-gw',
		victim: 'checkout',
		good: '8.2.3',
		bad: '8.3.0',
		other: 'orders-db',
		purpose: 'orders cannot be placed',
		users: 90_000
	},
	saas: {
		front: 'edge-lb',
		victim: 'core-api',
		good: '4.17.2',
		bad: '4.18.0',
		other: 'redis',
		purpose: 'pages do not load',
		users: 48_000
	},
	stream: {
		front: 'edge-lb',
		victim: 'playback-api',
		good: '14.3.0',
		bad: '14.4.0',
		other: 'profile-cache',
		purpose: 'films do not start',
		users: 700_000
	},
	ledger: {
		front: 'api-gw',
		victim: 'payments-core',
		good: '7.1.4',
		bad: '7.2.0',
		other: 'balance-cache',
		purpose: 'payments are refused',
		users: 30_000
	},
	iot: {
		front: 'device-gw',
		victim: 'ingest',
		good: '10.0.3',
		bad: '10.1.0',
		other: 'event-bus',
		purpose: 'devices cannot report',
		users: 400_000
	},
	platform: {
		front: 'ingress',
		victim: 'core-api',
		good: '4.17.2',
		bad: '4.18.0',
		other: 'discovery',
		purpose: 'pages do not load',
		users: 20_000
	}
} as const satisfies Record<string, Cast>;

export type StarterTopology = keyof typeof CASTS;
export const STARTER_TOPOLOGIES = Object.keys(CASTS) as StarterTopology[];

/** Files of a new scenario by their path in its folder. */
export function starterFiles(slug: string, topology: StarterTopology): Record<string, string> {
	const cast: Cast = CASTS[topology];
	const words: Record<string, string> = { ...cast, users: String(cast.users), slug, topology, title: titleOf(slug) };
	words.id = yamlSlug(slug);
	const fill = (text: string) => text.replace(/%(\w+)%/g, (whole, name: string) => words[name] ?? whole);
	return {
		'scenario.yaml': fill(SCENARIO),
		'rules.yaml': fill(RULES),
		'runbooks/error-share.md': fill(RUNBOOK)
	};
}

/** A slug as YAML reads it as text: `404` and `true` need their quotes. */
export function yamlSlug(slug: string): string {
	return /^[a-z]+[-_][a-z0-9_-]*$/.test(slug) ? slug : `"${slug}"`;
}

/** `slow-search_index` as a title: `Slow search index`. */
function titleOf(slug: string): string {
	const words = slug.replace(/[-_]+/g, ' ').trim();
	return words.charAt(0).toUpperCase() + words.slice(1);
}
