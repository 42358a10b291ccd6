/** Alertmanager's fingerprint of an alert: FNV-1a over its sorted labels, each name and value ended by 0xff, in hexadecimal. */
export function fingerprint(labels: Readonly<Record<string, string>>): string {
	let hash = 0xcbf29ce484222325n;
	const feed = (text: string) => {
		for (const byte of [...Buffer.from(text), 0xff])
			hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
	};
	for (const name of Object.keys(labels).sort()) {
		feed(name);
		feed(labels[name] ?? '');
	}
	return hash.toString(16).padStart(16, '0');
}
