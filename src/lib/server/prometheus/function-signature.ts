import { functions } from '../../promql/syntax/functions.ts';

export interface FunctionSignature {
	name: string;
	argTypes: readonly string[];
	/** Arguments that may be left out; -1 for any number of the last. */
	variadic: number;
	returnType: string;
}

/** A function as Prometheus' parser describes it. */
export function signatureOf(name: string): FunctionSignature {
	const found = functions.get(name);
	return {
		name,
		argTypes: found?.args ?? [],
		variadic: found?.variadic ?? 0,
		returnType: found?.returns ?? 'vector'
	};
}
