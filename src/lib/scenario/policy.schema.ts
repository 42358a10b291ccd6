import { z } from 'zod';
import { responseCommandSchema } from '../incident/schema/response-command.schema.ts';
import { runCommandSchema } from '../incident/schema/run-command.schema.ts';

const COMMANDS = [...responseCommandSchema.options, ...runCommandSchema.options];

/** Names of all commands that people can give. */
export const COMMAND_TYPES: readonly string[] = COMMANDS.map((command) => command.shape.type.value);

/**
 * What is wrong with a command as a policy writes it. Fields left out are no fault: whoever plays the policy fills in
 * those that nearly every step would say the same. Null where no command has that name.
 */
export function commandIssues(written: Record<string, unknown>): readonly z.core.$ZodIssue[] | null {
	const schema = COMMANDS.find((command) => command.shape.type.value === written.type);
	if (!schema) return null;
	const checked = schema.safeParse(written, { reportInput: true });
	const isPresent = (path: readonly PropertyKey[]) => path.length === 0 || Object.hasOwn(written, String(path[0]));
	return checked.success ? [] : checked.error.issues.filter((issue) => isPresent(issue.path));
}

/** Every command with its fields as an author writes them; `?` after those that may be left out. In order of the alphabet. */
export function commandFields(): { type: string; fields: string[] }[] {
	return COMMANDS.map((command) => {
		const { properties = {}, required = [] } = z.toJSONSchema(command, { io: 'input', unrepresentable: 'any' });
		const fields = Object.keys(properties).filter((name) => name !== 'type');
		return {
			type: command.shape.type.value,
			fields: fields.map((name) => (required.includes(name) ? name : `${name}?`))
		};
	}).sort((a, b) => (a.type < b.type ? -1 : 1));
}
