// Zip archives of text files, as APPNOTE.TXT of PKWARE has them: written for export, and read with distrust.
//
// What an archive says of itself is not believed: sizes are held against what is really unpacked, and unpacking stops at the
// limit (`maxOutputLength`), so that a bomb costs no more than a large file.

import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { refuse, type Refusal } from '../../incident/refusal.ts';

/** The archive itself. */
export const MOST_ZIP_BYTES = 4 * 1024 * 1024;
const MOST_ENTRIES = 200;
const MOST_FILE_BYTES = 4 * 1024 * 1024;
const MOST_UNPACKED_BYTES = 8 * 1024 * 1024;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const STORED = 0;
const DEFLATED = 8;
const UTF8_NAMES = 0x0800;
const ENCRYPTED = 0x0001;

export type Unzipped = { ok: true; files: Record<string, string> } | Refusal;

const broken = (why: string): Refusal => refuse('malformed', `This is not a zip archive that can be read: ${why}.`);

/** Text files of an archive by their paths. Folders are passed over; anything suspicious refuses the whole archive. */
export function unzip(bytes: Uint8Array): Unzipped {
	if (bytes.length > MOST_ZIP_BYTES) return refuse('too_large', 'The archive is larger than 4 MiB.');
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const end = findEnd(buffer);
	if (end === null) return broken('its directory is missing');
	const entries = buffer.readUInt16LE(end + 10);
	if (entries > MOST_ENTRIES) return refuse('too_large', `The archive holds more than ${MOST_ENTRIES} files.`);
	// A Map: a file may be called `__proto__`.
	const files = new Map<string, string>();
	let at = buffer.readUInt32LE(end + 16);
	let left = MOST_UNPACKED_BYTES;
	for (let i = 0; i < entries; i++) {
		if (at + 46 > buffer.length || buffer.readUInt32LE(at) !== CENTRAL) return broken('its directory is cut off');
		const flags = buffer.readUInt16LE(at + 8);
		const nameLength = buffer.readUInt16LE(at + 28);
		const next = at + 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
		if (next > buffer.length) return broken('its directory is cut off');
		const name = buffer.toString(flags & UTF8_NAMES ? 'utf8' : 'latin1', at + 46, at + 46 + nameLength);
		const mode = buffer.readUInt32LE(at + 38) >>> 16;
		const bad = nameProblem(name) ?? kindProblem(mode, flags);
		if (bad) return refuse('malformed', `The archive is refused: "${shown(name)}" ${bad}.`);
		if (files.has(name)) return refuse('malformed', `The archive is refused: "${shown(name)}" is in it twice.`);
		if (!name.endsWith('/')) {
			const read = readEntry(buffer, at, Math.min(left, MOST_FILE_BYTES));
			if (!read.ok) return read.tooLarge ? tooLarge(name) : broken(`"${shown(name)}" ${read.why}`);
			left -= read.bytes.length;
			const text = asText(read.bytes);
			// Pictures and the like are left out later; they need no reading as text.
			if (text !== null) files.set(name, text);
			else if (/\.(ya?ml|md)$/.test(name)) return broken(`"${shown(name)}" is not text in UTF-8`);
			else files.set(name, '');
		}
		at = next;
	}
	return { ok: true, files: Object.fromEntries(files) };
}

/** The record at the end; a comment of up to 64 KiB may follow it. Archives of 4 GiB and more have another, and are refused. */
function findEnd(buffer: Buffer): number | null {
	for (let at = buffer.length - 22; at >= Math.max(0, buffer.length - 22 - 0xffff); at--) {
		if (buffer.readUInt32LE(at) === END && at + 22 + buffer.readUInt16LE(at + 20) === buffer.length) return at;
	}
	return null;
}

function nameProblem(name: string): string | null {
	if (name === '' || name.length > 300) return 'has no name of a usual length';
	// eslint-disable-next-line no-control-regex
	if (/[\u0000-\u001f\u007f]/.test(name)) return 'has control characters in its name';
	if (/^([/\\]|[a-z]:)/i.test(name)) return 'names a place outside the archive';
	if (name.split(/[/\\]/).includes('..')) return 'climbs out of the archive with ..';
	return null;
}

function kindProblem(mode: number, flags: number): string | null {
	const kind = mode & 0o170000;
	if (kind === 0o120000) return 'is a link, and an archive of a scenario has only files';
	if (kind !== 0 && kind !== 0o100000 && kind !== 0o040000) return 'is neither a file nor a folder';
	return flags & ENCRYPTED ? 'is encrypted' : null;
}

type Entry = { ok: true; bytes: Buffer } | { ok: false; tooLarge: true } | { ok: false; tooLarge: false; why: string };

function readEntry(buffer: Buffer, central: number, most: number): Entry {
	const fail = (why: string): Entry => ({ ok: false, tooLarge: false, why });
	const method = buffer.readUInt16LE(central + 10);
	const crc = buffer.readUInt32LE(central + 16);
	const packed = buffer.readUInt32LE(central + 20);
	const size = buffer.readUInt32LE(central + 24);
	const local = buffer.readUInt32LE(central + 42);
	if (size > most) return { ok: false, tooLarge: true };
	if (local + 30 > buffer.length || buffer.readUInt32LE(local) !== LOCAL)
		return fail('is not where the directory says');
	const from = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
	if (from + packed > buffer.length) return fail('is cut off');
	const data = buffer.subarray(from, from + packed);
	if (method !== STORED && method !== DEFLATED) return fail('is packed in a way that is not known here');
	try {
		const bytes = method === STORED ? Buffer.from(data) : inflateRawSync(data, { maxOutputLength: Math.max(1, size) });
		if (bytes.length !== size || crc32(bytes) !== crc) return fail('does not hold what the directory says');
		return { ok: true, bytes };
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : null;
		return code === 'ERR_BUFFER_TOO_LARGE' ? { ok: false, tooLarge: true } : fail('is damaged');
	}
}

function tooLarge(name: string): Refusal {
	return refuse(
		'too_large',
		`The archive is refused: "${shown(name)}" unpacks to more than a scenario's file may hold.`
	);
}

function asText(bytes: Buffer): string | null {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return null;
	}
}

/** A name as it may stand in a sentence. */
function shown(name: string): string {
	return name.replace(/[^\x20-\x7e]/g, '?').slice(0, 80);
}

/** An archive with every file below one folder. Times are left at their beginning: the same files give the same bytes. */
export function zip(folder: string, files: Readonly<Record<string, string>>): Uint8Array {
	const locals: Buffer[] = [];
	const centrals: Buffer[] = [];
	let offset = 0;
	for (const [path, text] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
		const name = Buffer.from(`${folder}/${path}`);
		const bytes = Buffer.from(text);
		const packed = deflateRawSync(bytes);
		// From "version needed" to the length of the extra field: the same in both places. 1980-01-01 is the first day there is.
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(UTF8_NAMES, 2);
		common.writeUInt16LE(DEFLATED, 4);
		common.writeUInt16LE(0x21, 8);
		common.writeUInt32LE(crc32(bytes), 10);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(bytes.length, 18);
		common.writeUInt16LE(name.length, 22);
		const local = Buffer.concat([u32(LOCAL), common, name, packed]);
		const rest = Buffer.alloc(14);
		rest.writeUInt32LE((0o100644 << 16) >>> 0, 6);
		rest.writeUInt32LE(offset, 10);
		// Made by a Unix, so that the mode counts.
		centrals.push(Buffer.concat([u32(CENTRAL), Buffer.from([20, 3]), common, rest, name]));
		locals.push(local);
		offset += local.length;
	}
	const directory = Buffer.concat(centrals);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(centrals.length, 4);
	end.writeUInt16LE(centrals.length, 6);
	end.writeUInt32LE(directory.length, 8);
	end.writeUInt32LE(offset, 12);
	return new Uint8Array(Buffer.concat([...locals, directory, u32(END), end]));
}

function u32(value: number): Buffer {
	const buffer = Buffer.alloc(4);
	buffer.writeUInt32LE(value);
	return buffer;
}
