import { UsageError } from '../usage.ts';

/** `rules check` and `rules rehearse`. */
export async function run([verb, ...args]: string[]): Promise<number> {
	switch (verb) {
		case 'check':
			return (await import('./rules/check.ts')).run(args);
		case 'rehearse':
			return (await import('./rules/rehearse.ts')).run(args);
		default:
			throw new UsageError(verb === undefined ? 'say check or rehearse' : `"${verb}" is neither check nor rehearse`);
	}
}
