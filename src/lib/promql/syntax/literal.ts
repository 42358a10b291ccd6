/** Reads the values of literals: numbers, durations, quoted strings. */

const unitMs: Readonly<Record<string, number>> = {
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	w: 604_800_000,
	y: 31_536_000_000
};
const unitOrder = ['y', 'w', 'd', 'h', 'm', 's', 'ms'];

/**
 * Milliseconds of a Prometheus duration such as `1h30m`, or `undefined` where it is not one. Units go from large to
 * small, each at most once; a year has 365 days.
 */
export function parseDurationMs(text: string): number | undefined {
	if (text === '0') return 0;
	if (!/^(\d+(ms|[smhdwy]))+$/.test(text)) return undefined;
	let total = 0;
	let last = -1;
	for (const [, amount, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) {
		const rank = unitOrder.indexOf(unit ?? '');
		if (rank <= last) return undefined;
		last = rank;
		total += Number(amount) * (unitMs[unit ?? ''] ?? 0);
	}
	return total <= Number.MAX_SAFE_INTEGER ? total : undefined;
}

/** A duration as Prometheus prints it: `1h30m`, `0s`. */
export function formatDurationMs(ms: number): string {
	if (ms === 0) return '0s';
	let rest = Math.abs(Math.round(ms));
	let out = ms < 0 ? '-' : '';
	for (const unit of unitOrder) {
		const size = unitMs[unit] ?? 1;
		// Years and weeks are used only where nothing remains: 8d reads better than 1w1d.
		if ((unit === 'y' || unit === 'w') && rest % size !== 0) continue;
		const amount = Math.floor(rest / size);
		if (amount > 0) out += `${amount}${unit}`;
		rest -= amount * size;
	}
	return out;
}

/** A number as written in a query or in the `le` label: decimal, hexadecimal, `Inf`, `NaN`; otherwise `undefined`. */
export function parseNumber(text: string): number | undefined {
	const sign = text.startsWith('-') ? -1 : 1;
	const body = text.replace(/^[+-]/, '').replaceAll('_', '');
	if (/^nan$/i.test(body)) return NaN;
	if (/^inf(inity)?$/i.test(body)) return sign * Infinity;
	if (/^0x[0-9a-f]+$/i.test(body)) return sign * Number.parseInt(body.slice(2), 16);
	// Go reads a leading zero as octal where every digit allows it.
	if (/^0[0-7]+$/.test(body)) return sign * Number.parseInt(body, 8);
	if (!/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(body)) return undefined;
	return sign * Number(body);
}

/** A number as Go's `strconv.FormatFloat(v, 'f' or 'g', -1, 64)` would shortest print it, as far as people see it. */
export function formatNumber(value: number): string {
	if (Number.isNaN(value)) return 'NaN';
	if (value === Infinity) return '+Inf';
	if (value === -Infinity) return '-Inf';
	if (Object.is(value, -0)) return '-0';
	return String(value);
}

const simpleEscapes: Readonly<Record<string, string>> = {
	a: '\x07',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v',
	'\\': '\\',
	"'": "'",
	'"': '"'
};

/**
 * The value of a quoted string with Go's escapes, or a message saying what is wrong. Bytes given as `\xff` that are
 * not UTF-8 become lone surrogates U+DC80–U+DCFF, so that such a text is recognisable as invalid later.
 */
export function unquote(
	text: string
): { readonly ok: true; readonly value: string } | { readonly ok: false; readonly message: string } {
	const quote = text.charAt(0);
	const body = text.slice(1, -1);
	if (quote === '`' || !body.includes('\\')) return { ok: true, value: body };
	let out = '';
	let bytes: number[] = [];
	const flush = () => {
		out += decodeUtf8(bytes);
		bytes = [];
	};
	for (let at = 0; at < body.length; at += 1) {
		const c = body.charAt(at);
		if (c !== '\\') {
			flush();
			out += c;
			continue;
		}
		const escape = body.charAt(at + 1);
		const simple = escape === "'" || escape === '"' ? (escape === quote ? escape : undefined) : simpleEscapes[escape];
		if (simple !== undefined) {
			flush();
			out += simple;
			at += 1;
			continue;
		}
		const found = /^(?:([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(
			body.slice(at + 1, at + 10)
		);
		if (!found) return { ok: false, message: `unknown escape sequence "\\${escape}"` };
		const [whole, octal, hex, short, long] = found;
		if (octal !== undefined || hex !== undefined) {
			const byte = octal !== undefined ? Number.parseInt(octal, 8) : Number.parseInt(hex ?? '', 16);
			if (byte > 255) return { ok: false, message: `escape sequence "\\${whole}" is no byte` };
			bytes.push(byte);
		} else {
			const point = Number.parseInt(short ?? long ?? '', 16);
			if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
				return { ok: false, message: `escape sequence "\\${whole}" is no Unicode character` };
			flush();
			out += String.fromCodePoint(point);
		}
		at += whole.length;
	}
	flush();
	return { ok: true, value: out };
}

function decodeUtf8(bytes: readonly number[]): string {
	let out = '';
	for (let at = 0; at < bytes.length;) {
		const first = bytes[at] ?? 0;
		const size =
			first < 0x80
				? 1
				: first >= 0xc2 && first < 0xe0
					? 2
					: first >= 0xe0 && first < 0xf0
						? 3
						: first >= 0xf0 && first < 0xf5
							? 4
							: 0;
		const tail = bytes.slice(at + 1, at + size);
		if (size === 0 || tail.length !== size - 1 || tail.some((byte) => (byte & 0xc0) !== 0x80)) {
			out += String.fromCharCode(first < 0x80 ? first : 0xdc00 + first);
			at += 1;
			continue;
		}
		const lead = size === 1 ? first : first & (0xff >> (size + 1));
		out += String.fromCodePoint(tail.reduce((point, byte) => (point << 6) | (byte & 0x3f), lead));
		at += size;
	}
	return out;
}

/** A string in double quotes as Go's `%q` prints it. */
export function quote(value: string): string {
	return JSON.stringify(value).replace(/\\ud[cC]([89a-fA-F][0-9a-fA-F])/g, '\\x$1');
}

/** Whether a text is a possible label name: not empty, and UTF-8. */
export function isLabelName(name: string): boolean {
	return name !== '' && !/\p{Surrogate}/u.test(name);
}
