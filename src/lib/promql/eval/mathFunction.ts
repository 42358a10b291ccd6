/** Functions of each value alone. */

const minuteMs = 60_000;

/** Go's rounding up never gives a negative zero from below, JavaScript's does; both compare as zero. */
export const valueFunctions: Readonly<Record<string, (value: number) => number>> = {
	abs: Math.abs,
	acos: Math.acos,
	acosh: Math.acosh,
	asin: Math.asin,
	asinh: Math.asinh,
	atan: Math.atan,
	atanh: Math.atanh,
	ceil: Math.ceil,
	cos: Math.cos,
	cosh: Math.cosh,
	deg: (value) => (value * 180) / Math.PI,
	exp: Math.exp,
	floor: Math.floor,
	ln: Math.log,
	log10: Math.log10,
	log2: Math.log2,
	rad: (value) => (value * Math.PI) / 180,
	sgn: (value) => (value < 0 ? -1 : value > 0 ? 1 : value),
	sin: Math.sin,
	sinh: Math.sinh,
	sqrt: Math.sqrt,
	tan: Math.tan,
	tanh: Math.tanh
};

/** The date of a Unix time in seconds, in UTC; fractions of a second are cut off. */
function date(read: (date: Date) => number): (seconds: number) => number {
	return (seconds) => read(new Date(Math.trunc(seconds) * 1000));
}

export const dateFunctions: Readonly<Record<string, (seconds: number) => number>> = {
	day_of_month: date((at) => at.getUTCDate()),
	day_of_week: date((at) => at.getUTCDay()),
	day_of_year: date(
		(at) =>
			Math.floor(
				(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()) - Date.UTC(at.getUTCFullYear(), 0, 1)) /
					(1440 * minuteMs)
			) + 1
	),
	days_in_month: date((at) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()),
	hour: date((at) => at.getUTCHours()),
	minute: date((at) => at.getUTCMinutes()),
	month: date((at) => at.getUTCMonth() + 1),
	year: date((at) => at.getUTCFullYear())
};
