import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unzip, zip } from './zip.ts';

interface Entry {
	name: string;
	data?: Buffer;
	/** Unix mode with its kind. */
	mode?: number;
	/** What the directory says, where that is a lie. */
	size?: number;
	flags?: number;
	method?: number;
}

/** An archive as somebody with bad intentions writes it. */
function archive(entries: Entry[]): Uint8Array {
	const locals: Buffer[] = [];
	const centrals: Buffer[] = [];
	let offset = 0;
	for (const {
		name,
		data = Buffer.from('x: 1\n'),
		mode = 0o100644,
		size = data.length,
		flags = 0x0800,
		method = 8
	} of entries) {
		const packed = method === 8 ? deflateRawSync(data) : data;
		const bytes = Buffer.from(name);
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(flags, 2);
		common.writeUInt16LE(method, 4);
		common.writeUInt32LE(crc32(data), 10);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(size, 18);
		common.writeUInt16LE(bytes.length, 22);
		const rest = Buffer.alloc(14);
		rest.writeUInt32LE((mode << 16) >>> 0, 6);
		rest.writeUInt32LE(offset, 10);
		const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, bytes, packed]);
		centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, rest, bytes]));
		locals.push(local);
		offset += local.length;
	}
	const directory = Buffer.concat(centrals);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(directory.length, 12);
	end.writeUInt32LE(offset, 16);
	return new Uint8Array(Buffer.concat([...locals, directory, end]));
}

const files = { 'scenario.yaml': 'id: ä\n'.repeat(500), 'runbooks/a.md': '# ü 💥\n', 'rules.yaml': '' };

describe('a zip of a scenario', () => {
	it('reads back as it was written, below the folder of its name', () => {
		const read = unzip(zip('mine', files));
		expect(read).toEqual({
			ok: true,
			files: Object.fromEntries(Object.entries(files).map(([path, text]) => [`mine/${path}`, text]))
		});
		expect(zip('mine', files)).toEqual(zip('mine', files));
	});

	it('is one that other programs read and write', ({ skip }) => {
		const folder = mkdtempSync(join(tmpdir(), 'muster-zip-'));
		try {
			writeFileSync(join(folder, 'a.zip'), zip('mine', files));
			const script = [
				'import zipfile',
				'z = zipfile.ZipFile("a.zip")',
				'assert z.testzip() is None',
				'w = zipfile.ZipFile("b.zip", "w", zipfile.ZIP_DEFLATED)',
				'[w.writestr(n, z.read(n)) for n in z.namelist()]',
				'w.writestr("mine/stored.md", b"as it is", zipfile.ZIP_STORED)',
				'w.close()'
			].join('\n');
			const ran = spawnSync('python3', ['-c', script], { cwd: folder, encoding: 'utf8' });
			if (ran.error) return skip('there is no python3 here');
			expect(ran.stderr).toBe('');
			const read = unzip(readFileSync(join(folder, 'b.zip')));
			expect(read.ok && read.files['mine/scenario.yaml']).toBe(files['scenario.yaml']);
			expect(read.ok && read.files['mine/stored.md']).toBe('as it is');
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});
});

describe('a hostile zip is refused in a sentence:', () => {
	const bomb = Buffer.alloc(64 * 1024 * 1024);
	const cases: [string, Entry[], RegExp][] = [
		['a way up', [{ name: 'a/../../etc/scenario.yaml' }], /climbs out of the archive/],
		['a way up with the other slash', [{ name: 'a\\..\\scenario.yaml' }], /climbs out of the archive/],
		['a path from the root', [{ name: '/etc/scenario.yaml' }], /names a place outside/],
		['a drive', [{ name: 'C:\\scenario.yaml' }], /names a place outside/],
		['a NUL in a name', [{ name: 'scenario.yaml\0.png' }], /control characters/],
		['a link', [{ name: 'scenario.yaml', data: Buffer.from('/etc/passwd'), mode: 0o120777 }], /is a link/],
		['a device', [{ name: 'scenario.yaml', mode: 0o020666 }], /neither a file nor a folder/],
		['a name twice', [{ name: 'scenario.yaml' }, { name: 'scenario.yaml' }], /is in it twice/],
		['something encrypted', [{ name: 'scenario.yaml', flags: 0x0801 }], /is encrypted/],
		['an unknown packing', [{ name: 'scenario.yaml', method: 12 }], /not known here/],
		['a bomb that says how large it is', [{ name: 'scenario.yaml', data: bomb }], /unpacks to more than/],
		['a bomb that lies about it', [{ name: 'scenario.yaml', data: bomb, size: 100 }], /unpacks to more than/],
		[
			'many that are large together',
			Array.from({ length: 4 }, (_, i) => ({ name: `${i}.md`, data: bomb.subarray(0, 3e6) })),
			/unpacks to more than/
		],
		[
			'a size that is too large by little',
			[{ name: 'scenario.yaml', size: 900 }],
			/does not hold what the directory says/
		],
		[
			'a binary under the name of a text',
			[{ name: 'scenario.yaml', data: Buffer.from([0xff, 0xfe, 0x00]) }],
			/not text in UTF-8/
		],
		['too many files', Array.from({ length: 201 }, (_, i) => ({ name: `${i}.md` })), /more than 200 files/]
	];
	it.each(cases)('%s', (_name, entries, message) => {
		const read = unzip(archive(entries));
		expect(read.ok ? 'taken' : read.message).toMatch(message);
		expect(read.ok ? '' : read.message).not.toContain('\0');
	});

	it('anything cut off or changed anywhere neither throws nor is taken for another text', () => {
		const whole = zip('mine', { 'scenario.yaml': 'id: a\ntitle: some words\n' });
		const good = unzip(whole);
		for (let at = 0; at < whole.length; at++) {
			const cut = unzip(whole.subarray(0, at));
			expect(cut.ok).toBe(false);
			const changed = whole.slice();
			changed[at] = (changed[at] ?? 0) ^ 0x55;
			const read = unzip(changed);
			if (read.ok) expect(Object.values(read.files)).toEqual(Object.values(good.ok ? good.files : {}));
		}
		expect(unzip(new Uint8Array(5_000_000))).toMatchObject({ ok: false, code: 'too_large' });
	});

	it('a file called __proto__ is a file', () => {
		const read = unzip(archive([{ name: '__proto__' }]));
		expect(read.ok && Object.keys(read.files)).toEqual(['__proto__']);
	});
});
