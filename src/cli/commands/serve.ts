import { serve } from '../serve.ts';

/** Starts the server and stays until a signal ends it. */
export async function run(): Promise<number> {
	await serve();
	return 0;
}
