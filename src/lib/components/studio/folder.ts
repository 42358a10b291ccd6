/** Folders of the author's own disk: read where one is chosen or dropped, written where the browser can. */
import type { Files } from '$lib/client/studio-draft.ts';

/** Larger files are no part of a scenario, and are named as left out by their emptiness. */
const MOST_BYTES = 2 * 1024 * 1024;
const MOST_FILES = 200;

export type Brought = { type: 'zip'; name: string; bytes: Blob } | { type: 'files'; name: string; files: Files };
export type BroughtOr = { ok: true; brought: Brought } | { ok: false; message: string };

/** What was dropped: one zip, one folder, or several files. */
export async function readDropped(transfer: DataTransfer): Promise<BroughtOr> {
	// Entries must be taken at once: the list is emptied as soon as the event is over.
	const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
	const files: { path: string; file: File }[] = [];
	for (const entry of entries) await walk(entry, '', files);
	return readFiles(files);
}

/** What was chosen in a file dialog; a folder's files carry their paths. */
export function readChosen(list: FileList): Promise<BroughtOr> {
	return readFiles([...list].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
}

async function readFiles(found: readonly { path: string; file: File }[]): Promise<BroughtOr> {
	const [only] = found;
	if (!only) return { ok: false, message: 'There was no file in it.' };
	if (found.length === 1 && /\.zip$/i.test(only.path)) {
		return { ok: true, brought: { type: 'zip', name: only.file.name.replace(/\.zip$/i, ''), bytes: only.file } };
	}
	const texts = found.filter(({ path, file }) => /\.(ya?ml|md)$/i.test(path) && file.size <= MOST_BYTES);
	if (found.length > MOST_FILES || texts.length === 0) {
		return {
			ok: false,
			message: 'That is no scenario: drop its zip, its folder, or its files (scenario.yaml, rules.yaml, runbooks).'
		};
	}
	const pairs = await Promise.all(texts.map(async ({ path, file }) => [placed(path), await file.text()] as const));
	const folder = only.path.includes('/') ? (only.path.split('/')[0] ?? '') : '';
	return { ok: true, brought: { type: 'files', name: folder, files: Object.fromEntries(pairs) } };
}

/** Several loose files lose their folder: what is Markdown was a runbook. */
function placed(path: string): string {
	return !path.includes('/') && path.endsWith('.md') ? `runbooks/${path}` : path;
}

async function walk(entry: FileSystemEntry, folder: string, into: { path: string; file: File }[]): Promise<void> {
	if (into.length > MOST_FILES || entry.name.startsWith('.')) return;
	const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
	if (isFile(entry))
		into.push({ path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) });
	else if (isFolder(entry)) {
		const reader = entry.createReader();
		// A folder is read in parts, until a part is empty.
		for (;;) {
			const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
			if (part.length === 0) return;
			for (const one of part) await walk(one, path, into);
		}
	}
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

interface FolderPicker {
	showDirectoryPicker(options: { mode: 'readwrite' }): Promise<FileSystemDirectoryHandle>;
}

export function canWriteFolder(): boolean {
	return 'showDirectoryPicker' in window;
}

/** Writes the files below a folder of the scenario's name, in a place that the author chooses. Why it failed, or null. */
export async function writeFolder(id: string, files: Files): Promise<string | null> {
	try {
		const chosen = await (window as unknown as FolderPicker).showDirectoryPicker({ mode: 'readwrite' });
		const root = await chosen.getDirectoryHandle(id, { create: true });
		for (const [path, text] of Object.entries(files)) {
			const parts = path.split('/');
			const name = parts.pop() ?? '';
			let folder = root;
			for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
			const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
			await stream.write(text);
			await stream.close();
		}
		return null;
	} catch (error) {
		// Whoever closes the dialog knows.
		if (error instanceof DOMException && error.name === 'AbortError') return null;
		return 'The browser could not write there. Choose another folder, or take the zip.';
	}
}
