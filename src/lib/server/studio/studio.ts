// What an author does with scenarios: begin, save, look at versions, take out. Refusals are values; nobody's text is lost.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import type {
	CreateOrder,
	StudioCreated,
	StudioDocument,
	StudioFiles,
	StudioItem,
	StudioSaved,
	StudioVersion
} from '../../protocol/studio.ts';
import { starterFiles, STARTER_TOPOLOGIES } from '../../scenario/starter/starter.ts';
import type { AuthoredVersion, FreshVersion } from '../db/authored-storage.ts';
import type { Muster } from '../muster.ts';
import type { Checked } from './work.ts';
import { checkFiles, renamed, slugProblem, takeFiles } from './files.ts';
import { shippedFiles } from './shipped.ts';

const UNKNOWN = refuse('unknown_id', 'There is no scenario of that name: choose one from the studio’s list.');
const SHIPPED = refuse('wrong_state', 'This scenario is shipped with Muster: duplicate it, then change the copy.');

export type CreatedOr = { ok: true; created: StudioCreated } | Refusal;
export type SavedOr = { ok: true; saved: StudioSaved } | Refusal;

/** Everything there is: what was written here first. */
export async function listStudio({ storage, shipped, authored }: Muster): Promise<StudioItem[]> {
	await authored.ready();
	const own = (await storage.listAuthored()).map(({ id, version, offered, changedAt }): StudioItem => ({
		id,
		title: authored.find(id)?.scenario.title ?? id,
		shipped: false,
		version,
		offered,
		changedAt
	}));
	const others = shipped.cards.map(({ id, title }): StudioItem => ({
		id,
		title,
		shipped: true,
		version: null,
		offered: null,
		changedAt: null
	}));
	return [...own.sort((a, b) => (b.changedAt ?? 0) - (a.changedAt ?? 0)), ...others];
}

/** A scenario with its latest files, to be read or edited; null where there is none of that name. */
export async function openDocument(muster: Muster, id: string): Promise<StudioDocument | null> {
	const { storage } = muster;
	if (muster.shipped.find(id)) {
		const files = shippedFiles(muster.config.root, id);
		return { id, shipped: true, version: 0, offered: null, files, versions: [] };
	}
	const stored = await storage.readAuthored(id);
	const files = stored && (await storage.readAuthoredFiles(id, stored.version));
	if (!stored || !files) return null;
	const { version, offered } = stored;
	return { id, shipped: false, version, offered, files: { ...files }, versions: await versionsOf(muster, id) };
}

export async function create(muster: Muster, { id, from, onto }: CreateOrder): Promise<CreatedOr> {
	const bad = slugProblem(id);
	if (bad) return refuse('malformed', bad);
	if (muster.shipped.find(id) || muster.shipped.broken.some((one) => one.id === id)) {
		return refuse('wrong_state', `A scenario called ${id} is shipped with Muster: choose another name.`);
	}
	const begun = await filesFor(muster, id, from);
	if (!begun.ok) return begun;
	const { files, note, leftOut } = begun;
	const there = onto && from.type === 'files' ? await muster.storage.readAuthored(id) : null;
	if (there) {
		const saved = await save(muster, id, { after: there.version, files, note });
		return saved.ok ? { ok: true, created: { id, leftOut } } : saved;
	}
	const { fresh, checked } = await read(muster, id, files, note);
	const stored = await muster.storage.createAuthored(id, fresh);
	if (!stored) return refuse('wrong_state', `There is a scenario called ${id} already: choose another name.`);
	if (checked.compiled) muster.authored.offer(stored, checked.compiled);
	return { ok: true, created: { id, leftOut } };
}

type Begun = { ok: true; files: Record<string, string>; leftOut: string[]; note: string } | Refusal;

async function filesFor(muster: Muster, id: string, from: CreateOrder['from']): Promise<Begun> {
	switch (from.type) {
		case 'copy': {
			const source = await openDocument(muster, from.of);
			if (!source) return UNKNOWN;
			return { ok: true, files: renamed(source.files, id), leftOut: [], note: `Copied from ${from.of}` };
		}
		case 'starter': {
			const topology = STARTER_TOPOLOGIES.find((known) => known === from.topology);
			if (!topology) {
				return refuse('unknown_id', `There is no such topology: choose one of ${STARTER_TOPOLOGIES.join(', ')}.`);
			}
			return { ok: true, files: starterFiles(id, topology), leftOut: [], note: `Begun on the topology ${topology}` };
		}
		case 'files': {
			const taken = takeFiles(from.files);
			if (!taken.ok) return taken;
			return { ok: true, files: renamed(taken.files, id), leftOut: taken.leftOut, note: 'Imported' };
		}
	}
}

/** Saves a new version, if the one it was written on is still the latest. */
export async function save(
	muster: Muster,
	id: string,
	{ after, files, note }: { after: number; files: StudioFiles; note: string }
): Promise<SavedOr> {
	if (muster.shipped.find(id)) return SHIPPED;
	const bad = checkFiles(files);
	if (bad) return bad;
	const { fresh, checked } = await read(muster, id, files, note);
	const outcome = await muster.storage.saveAuthored(id, after, fresh);
	if (!outcome.ok) {
		return outcome.reason === 'unknown'
			? UNKNOWN
			: refuse(
					'wrong_state',
					`Somebody saved version ${outcome.current} while you wrote on version ${after}. Your text is still here: compare the two, then decide.`
				);
	}
	const { version, offered } = outcome.scenario;
	if (checked.compiled) muster.authored.offer(outcome.scenario, checked.compiled);
	return { ok: true, saved: { version, offered, errors: fresh.errors, versions: await versionsOf(muster, id) } };
}

export async function remove(muster: Muster, id: string): Promise<{ ok: true } | Refusal> {
	if (muster.shipped.find(id)) return SHIPPED;
	if (!(await muster.storage.removeAuthored(id))) return UNKNOWN;
	muster.authored.remove(id);
	return { ok: true };
}

async function read(
	muster: Muster,
	id: string,
	files: StudioFiles,
	note: string
): Promise<{ fresh: FreshVersion; checked: Checked }> {
	const checked = await muster.workbench.check(id, files);
	const errors = checked.problems.filter(({ severity }) => severity === 'error').length;
	const contentHash = checked.compiled?.contentHash ?? null;
	return { fresh: { files, note, savedAt: muster.hub.context.now(), contentHash, errors }, checked };
}

async function versionsOf({ storage }: Muster, id: string): Promise<StudioVersion[]> {
	return (await storage.listAuthoredVersions(id)).map(
		({ version, note, savedAt, contentHash, errors, runs }: AuthoredVersion): StudioVersion => ({
			version,
			note,
			savedAt,
			loads: contentHash !== null,
			errors,
			runs
		})
	);
}
