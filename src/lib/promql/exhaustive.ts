/** Ends a `switch` over a union: it compiles only when every member was handled. */
export function exhaustive(value: never): never {
	throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
