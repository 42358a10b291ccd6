/** Ends every `switch` over a union: the compiler refuses a forgotten case, and a value from outside the types throws. */
export function exhaustive(value: never): never {
	throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
