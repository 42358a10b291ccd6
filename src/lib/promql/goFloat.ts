/** Floats as Go's `strconv.FormatFloat` prints them. */

const special = (value: number): string | undefined =>
	Number.isNaN(value) ? 'NaN' : value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : undefined;

/** `1e-7` with Go's exponent of at least two digits: `1e-07`. */
function twoDigits(text: string): string {
	return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/**
 * Go rounds an exact half to the even digit, JavaScript away from zero. `longer` has the same number with thirty digits
 * more, which is enough to see whether it is an exact half.
 */
function halfToEven(text: string, longer: string, digits: number): string {
	const [head = ''] = longer.split('e');
	const kept = digits === 0 ? head.replace(/\..*$/, '') : head.slice(0, head.indexOf('.') + 1 + digits);
	const rest = head.slice(head.indexOf('.') + 1 + digits);
	if (!/^50*$/.test(rest) || /[13579]$/.test(kept)) return text;
	return kept + longer.slice(head.length);
}

function fixed(value: number, decimals: number): string {
	return halfToEven(value.toFixed(decimals), value.toFixed(decimals + 30), decimals);
}

function exponential(value: number, decimals: number): string {
	const digits = Math.min(60, decimals);
	return halfToEven(value.toExponential(digits), value.toExponential(digits + 30), digits);
}

/** `%g`: the shortest digits, or `precision` of them; with an exponent below 1e-4 and where the digits end. */
export function formatG(value: number, precision = -1): string {
	const known = special(value);
	if (known) return known;
	if (value === 0) return Object.is(value, -0) ? '-0' : '0';
	const scientific = precision < 0 ? value.toExponential() : exponential(value, Math.max(1, precision) - 1);
	const [mantissa = '', power = '0'] = scientific.split('e');
	const exponent = Number(power);
	const digits = mantissa.replace('-', '').replace('.', '').replace(/0+$/, '');
	// With a precision Go leaves out the exponent as long as the digits reach.
	const threshold = precision < 0 ? shortestLimit : Math.max(1, precision);
	if (exponent < -4 || exponent >= threshold) {
		const sign = value < 0 ? '-' : '';
		const [head = '0', ...tail] = digits;
		return twoDigits(
			`${sign}${head}${tail.length > 0 ? `.${tail.join('')}` : ''}e${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
		);
	}
	return formatF(Number(scientific), Math.max(0, digits.length - 1 - exponent));
}

/** From this power of ten on the shortest form has an exponent: 1000000 reads 1e+06. */
const shortestLimit = 6;

/** `%f` with so many decimals; -1 for as many as needed and no exponent, ever. */
export function formatF(value: number, decimals = 6): string {
	const known = special(value);
	if (known) return known;
	if (decimals >= 0) {
		if (Math.abs(value) < 1e21) return withSign(value, fixed(Math.abs(value), Math.min(60, decimals)));
		return withSign(value, BigInt(Math.abs(value)).toString() + (decimals > 0 ? `.${'0'.repeat(decimals)}` : ''));
	}
	const text = String(Math.abs(value));
	const [mantissa = '', power] = text.split('e');
	if (power === undefined) return withSign(value, text);
	const [whole = '', fraction = ''] = mantissa.split('.');
	const exponent = Number(power);
	if (exponent > 0) return withSign(value, whole + fraction.padEnd(exponent, '0'));
	return withSign(value, `0.${'0'.repeat(-exponent - 1)}${whole}${fraction}`);
}

function withSign(value: number, text: string): string {
	return value < 0 || Object.is(value, -0) ? `-${text}` : text;
}

/** `%e`. */
export function formatE(value: number, decimals = 6): string {
	return special(value) ?? twoDigits(decimals < 0 ? value.toExponential() : exponential(value, decimals));
}
