/** Sends the file to be looked at, checked or imported. The whole file goes each time: the server keeps nothing of it. */
import type { Kind } from '$lib/intake/fields.ts';
import type { Mapping } from '$lib/intake/mapping.ts';
import type { ImportReport } from '$lib/intake/report.ts';
import type { Analysis, ImportLine } from '$lib/intake/wire.ts';
import type { Severity } from '$lib/incident/severity.ts';

/** What was chosen on the page; null leaves it to the server to guess. */
export interface Wanted {
	kind: Kind | null;
	source: string;
	zone: string;
	order: 'auto' | 'day' | 'month';
	mapping: Mapping | null;
	emptySeverity: Severity | null;
	severities: Record<string, Severity>;
}

export type Sent<T> = { ok: true; value: T } | { ok: false; code: string; message: string };

const BROKEN =
	'The connection to Muster broke off. What was stored stays: import the file again, and nothing is stored twice.';

export async function lookAt(file: File, wanted: Wanted, signal: AbortSignal): Promise<Sent<Analysis> | null> {
	try {
		const response = await fetch(addressOf('preview', file, wanted, false), { method: 'POST', body: file, signal });
		return await answerOf<Analysis>(response);
	} catch {
		// Overtaken by a later choice: nobody waits for this any more.
		if (signal.aborted) return null;
		return {
			ok: false,
			code: 'unavailable',
			message: 'The file could not be sent: choose it again, or see whether Muster is up.'
		};
	}
}

export async function runOver(
	mode: 'check' | 'import',
	file: File,
	wanted: Wanted,
	correct: boolean,
	progress: (done: number, total: number) => void
): Promise<Sent<ImportReport>> {
	try {
		const response = await fetch(addressOf(mode, file, wanted, correct), { method: 'POST', body: file });
		if (!response.ok || !response.body) return await answerOf<ImportReport>(response);
		const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
		let rest = '';
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			rest += part.value;
			const lines = rest.split('\n');
			rest = lines.pop() ?? '';
			for (const text of lines) {
				const line = JSON.parse(text) as ImportLine;
				if (line.type === 'report') return { ok: true, value: line.report };
				if (line.type === 'refused') return { ok: false, code: line.code, message: line.message };
				progress(line.done, line.total);
			}
		}
	} catch {
		// Said below.
	}
	return { ok: false, code: 'unavailable', message: BROKEN };
}

function addressOf(mode: string, file: File, wanted: Wanted, correct: boolean): string {
	const params = new URLSearchParams({ mode, file: file.name.slice(0, 300), zone: wanted.zone, order: wanted.order });
	if (wanted.kind) params.set('kind', wanted.kind);
	if (wanted.source.trim() !== '') params.set('source', wanted.source);
	if (wanted.emptySeverity) params.set('emptySeverity', wanted.emptySeverity);
	if (correct) params.set('correct', '1');
	if (wanted.mapping) {
		params.set('exact', '1');
		for (const [field, column] of Object.entries(wanted.mapping)) params.append('map', `${column}=${field}`);
	}
	for (const [word, severity] of Object.entries(wanted.severities)) params.append('severities', `${word}=${severity}`);
	return `/api/import?${params}`;
}

async function answerOf<T>(response: Response): Promise<Sent<T>> {
	const body: unknown = await response.json().catch(() => null);
	if (response.ok) return { ok: true, value: body as T };
	if (typeof body === 'object' && body !== null && 'code' in body && 'message' in body) {
		return { ok: false, code: String(body.code), message: String(body.message) };
	}
	return { ok: false, code: 'unavailable', message: `Muster answered ${response.status} and gave no reason.` };
}
