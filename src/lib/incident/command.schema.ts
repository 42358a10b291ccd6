import { z } from 'zod';
import type { CommandBody } from './command.ts';
import { refuse, type Refusal } from './refusal.ts';
import { responseCommandSchema } from './schema/response-command.schema.ts';
import { runCommandSchema } from './schema/run-command.schema.ts';

export { responseCommandSchema, runCommandSchema };

/** Every command a client may send, of the response and of the run. Unknown fields are refused. */
export const commandSchema = z.discriminatedUnion('type', [
	...responseCommandSchema.options,
	...runCommandSchema.options
]);

/**
 * Reads a command from outside: the command, or a refusal (`malformed`, `too_large`) that names the field at fault.
 * The message never repeats what was sent.
 */
export function parseCommand(body: unknown): { ok: true; command: CommandBody } | Refusal {
	const result = commandSchema.safeParse(body);
	if (result.success) return { ok: true, command: result.data };
	const issue = result.error.issues[0];
	const where = issue && issue.path.length > 0 ? issue.path.map(String).join('.') : 'command';
	const large = issue?.code === 'too_big' && (issue.origin === 'string' || issue.origin === 'array');
	if (large) return refuse('too_large', `The ${where} is too long: keep it to ${issue.maximum}.`);
	if (issue?.code === 'unrecognized_keys') return refuse('malformed', 'The command has fields that it may not have.');
	return refuse('malformed', `The ${where} of this command is not valid: check it and send it again.`);
}
