/** What people type into the search of the logs. Pure. */
import type { LogFieldFilter } from '$lib/protocol/messages.ts';

/** `name=value`, `name!=value`, the value in quotes where it holds spaces. */
const FIELD = /(?<=^|\s)([A-Za-z_][\w.-]*)(!=|=)("[^"]*"|[^\s"]+)(?=\s|$)/gu;

/** Fields that are written out, and the words that are left. */
export function readSearch(text: string): { fields: LogFieldFilter[]; text: string } {
	const fields: LogFieldFilter[] = [];
	const rest = text.replace(FIELD, (_, name: string, op: LogFieldFilter['op'], value: string) => {
		fields.push({ name, op, value: value.replace(/^"|"$/gu, '') });
		return '';
	});
	return { fields, text: rest.replace(/\s+/gu, ' ').trim() };
}

/** With a filter more, once; its opposite gives way. */
export function withField(fields: readonly LogFieldFilter[], added: LogFieldFilter): LogFieldFilter[] {
	const others = fields.filter((one) => one.name !== added.name || one.value !== added.value);
	// A field has one value: another one asked for takes its place.
	const kept = added.op === '=' ? others.filter((one) => one.name !== added.name || one.op !== '=') : others;
	return [...kept, added];
}

export const keyOf = ({ name, op, value }: LogFieldFilter) => `${name}${op}${value}`;
