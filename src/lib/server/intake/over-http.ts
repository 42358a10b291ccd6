// Importing over HTTP: the file comes as the body, progress goes back line by line while it is stored.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { IntakeRefusal, Read } from '../../intake/table.ts';
import type { ImportReport } from '../../intake/report.ts';
import type { ImportLine } from '../../intake/wire.ts';
import { answer } from '../api/answer.ts';
import { StorageUnavailable } from '../db/storage.ts';
import type { Muster } from '../muster.ts';
import { preview, runImport } from './import.ts';
import { policyIn } from './policy.ts';
import { readOptions } from './options.schema.ts';
import { importTarget, type ImportTarget } from './target.ts';
import { MOST_FILE_BYTES, readUpload, type Upload } from './upload.ts';

/** Imports that run at once: each holds a file in memory. */
const MOST_AT_ONCE = 2;
const running = new WeakMap<Muster, number>();

export async function importOverHttp(request: Request, url: URL, muster: Muster): Promise<Response | Refusal> {
	const read = readOptions(url.searchParams);
	if (!read.ok) return read;
	const { options } = read;
	const now = running.get(muster) ?? 0;
	if (now >= MOST_AT_ONCE) return refuse('too_many', 'Two imports are running already: wait until one is done.');
	running.set(muster, now + 1);
	const done = () => running.set(muster, (running.get(muster) ?? 1) - 1);
	let streaming = false;
	try {
		const upload = await uploadOf(request, options.file);
		if (!upload.ok) return asRefusal(upload.refusal);
		const target = await targetOf(muster);
		if (options.mode === 'preview') {
			const found = await preview(target, upload.value, options);
			return found.ok ? answer(found.value) : asRefusal(found.refusal);
		}
		streaming = true;
		return stream(muster, (progress) => runImport(target, upload.value, options, progress), done);
	} finally {
		if (!streaming) done();
	}
}

export async function targetOf({ storage, hub }: Pick<Muster, 'storage' | 'hub'>): Promise<ImportTarget> {
	const { owner, isOwnerDead, now } = hub.context;
	return importTarget(storage, await policyIn(storage), { hub, owner, isOwnerDead, now });
}

async function uploadOf(request: Request, name: string): Promise<Read<Upload>> {
	const tooLarge = `The file is larger than ${MOST_FILE_BYTES / 1024 / 1024} MiB: split it, for example by year, and import one part after the other.`;
	const refusal: IntakeRefusal = { line: 0, code: 'too_large', message: tooLarge };
	if (Number(request.headers.get('content-length') ?? 0) > MOST_FILE_BYTES) return { ok: false, refusal };
	try {
		return await readUpload(request.body ? piecesOf(request.body) : [], name);
	} catch {
		// The connection broke, or SvelteKit's own limit was passed.
		return { ok: false, refusal };
	}
}

async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
	const reader = body.getReader();
	try {
		for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
	} finally {
		await reader.cancel().catch(() => undefined);
	}
}

function asRefusal({ code, message }: IntakeRefusal): Response {
	return Response.json(
		{ code, message },
		{ status: code === 'too_large' ? 413 : 422, headers: { 'cache-control': 'no-store' } }
	);
}

/** What was asked for goes on though nobody listens any more: half an import is worse than a whole one. */
function stream(
	muster: Muster,
	work: (progress: (done: number, total: number) => void) => Promise<Read<ImportReport>>,
	done: () => void
): Response {
	const encoder = new TextEncoder();
	let open = true;
	const body = new ReadableStream<Uint8Array>({
		start(controller) {
			const say = (line: ImportLine) => {
				if (open) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
			};
			void work((count, total) => say({ type: 'progress', done: count, total }))
				.then((result) => {
					if (result.ok) {
						const { imported, unchanged, changed, refused, seconds, dryRun, kind } = result.value;
						if (!dryRun) muster.metrics.imported.inc({ outcome: 'imported' }, imported);
						muster.metrics.imported.inc({ outcome: 'refused' }, refused.length);
						muster.log.info(
							{ kind, dryRun, imported, unchanged, changed: changed.length, refused: refused.length, seconds },
							'a file was imported'
						);
						say({ type: 'report', report: result.value });
					} else say({ type: 'refused', code: result.refusal.code, message: result.refusal.message });
				})
				.catch((error: unknown) => {
					const away = error instanceof StorageUnavailable;
					if (!away) muster.metrics.faults.inc({ where: 'import' });
					muster.log.error({ err: error }, 'an import stopped midway');
					const message = `${away ? 'The database does not answer.' : 'Muster failed at this and wrote down why.'} What was stored stays: import the file again, and nothing is stored twice.`;
					say({ type: 'refused', code: 'unavailable', message });
				})
				.finally(() => {
					done();
					if (open) controller.close();
					open = false;
				});
		},
		cancel() {
			open = false;
		}
	});
	return new Response(body, {
		headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }
	});
}
