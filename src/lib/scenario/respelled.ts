/** Amounts as people write them elsewhere, put into our spelling. */

const UNITS: readonly [RegExp, string][] = [
	[/^(milliseconds?|millis|msecs?)$/i, 'ms'],
	[/^(seconds?|secs?|sec\.?)$/i, 's'],
	[/^(minutes?|mins?|min\.?)$/i, 'm'],
	[/^(hours?|hrs?|std)$/i, 'h'],
	[/^(days?)$/i, 'd'],
	[/^(weeks?|wks?)$/i, 'w'],
	[/^(percent|pct|per cent)$/i, '%'],
	[/^kb?$/i, 'kB'],
	[/^mb?$/i, 'MB'],
	[/^gb?$/i, 'GB'],
	[/^tb?$/i, 'TB'],
	[/^kib?$/i, 'KiB'],
	[/^mib?$/i, 'MiB'],
	[/^gib?$/i, 'GiB'],
	[/^tib?$/i, 'TiB'],
	[/^bytes?$/i, 'B']
];

/** What was meant, as it would be read: `5 minutes` is `5m`, `2gb` `2GB`, `0,5` `0.5`; null where it is not clear. */
export function respelled(text: string, reads: (text: string) => boolean): string | null {
	const plain = text.trim().replace(/(\d),(\d)/g, '$1.$2');
	const parts = [...plain.matchAll(/(-?\d+(?:\.\d+)?)\s*([a-z%][a-z ]{0,14})?/gi)];
	const asOurs = (unit: string) => UNITS.find(([pattern]) => pattern.test(unit))?.[1] ?? unit;
	for (const spell of [(unit: string) => unit, asOurs]) {
		const joined = parts.map(([, amount = '', unit = '']) => `${amount}${spell(unit.trim())}`).join('');
		if (joined !== '' && joined !== text && reads(joined)) return joined;
	}
	// A bare number lacks its unit.
	if (/^-?\d+(\.\d+)?$/.test(plain) && reads(`${plain}s`)) return `${plain}s or ${plain}m`;
	return null;
}
