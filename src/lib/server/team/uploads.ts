// Adding and removing files of a team in the settings.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { Muster } from '../muster.ts';
import { MOST_UPLOADED_CHARACTERS, MOST_UPLOADS, type StoredFile } from './files.schema.ts';
import { readUploads, TEAM_FILES } from './files.ts';

type Part = Pick<Muster, 'storage' | 'hub'>;

/** A file of a name that is there replaces it. Files that cannot be used are kept and reported, so that nothing is lost. */
export async function addUploads(
	{ storage, hub }: Part,
	fresh: readonly StoredFile[]
): Promise<Refusal | { kept: number }> {
	const names = new Set(fresh.map(({ name }) => name));
	const kept = [...(await readUploads(storage)).filter(({ name }) => !names.has(name)), ...fresh];
	if (kept.length > MOST_UPLOADS) {
		return refuse(
			'too_many',
			`At most ${MOST_UPLOADS} files are kept here: remove some, or point RUNBOOKS_DIR at your folder.`
		);
	}
	const size = kept.reduce((sum, { text }) => sum + text.length, 0);
	if (size > MOST_UPLOADED_CHARACTERS) {
		return refuse('too_large', 'At most 4 MiB are kept here: remove some, or point RUNBOOKS_DIR at your folder.');
	}
	await storage.writeSetting(TEAM_FILES, kept, hub.context.now());
	return { kept: kept.length };
}

export async function removeUpload({ storage, hub }: Part, name: string): Promise<Refusal | { kept: number }> {
	const all = await readUploads(storage);
	const kept = all.filter((file) => file.name !== name);
	if (kept.length === all.length) return refuse('unknown_id', 'There is no such file any more.');
	await storage.writeSetting(TEAM_FILES, kept, hub.context.now());
	return { kept: kept.length };
}
