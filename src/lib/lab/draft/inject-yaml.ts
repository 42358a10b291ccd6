/** Injects as YAML, and where they go in the text of a scenario: its comments and its layout stay as they are. */
import { isMap, isSeq, parseDocument } from 'yaml';
import { timeText } from '../../scenario/condition-text.ts';
import { quoted } from './yaml-writer.ts';

export interface InjectToWrite {
	id: string;
	atMs: number;
	channel: string;
	from: string;
	to: string | null;
	text: string;
	expected: string;
	asks: boolean;
}

/** Items of the list `injects`, indented by as many spaces. */
export function injectLines(injects: readonly InjectToWrite[], indent: number): string {
	const pad = ' '.repeat(indent);
	return injects
		.map(({ id, atMs, channel, from, to, text, expected, asks }) =>
			[
				`${pad}- id: ${id}`,
				`${pad}  at: ${timeText(atMs)}`,
				`${pad}  channel: ${channel}`,
				`${pad}  from: ${quoted(from)}`,
				...(to === null ? [] : [`${pad}  to: ${to}`]),
				...(asks ? [`${pad}  asks: true`] : []),
				`${pad}  text: ${quoted(text, 4_000)}`,
				...(expected === '' ? [] : [`${pad}  expected: ${quoted(expected, 4_000)}`])
			].join('\n')
		)
		.join('\n');
}

export type WithInjects = { ok: true; text: string } | { ok: false; message: string };

/** The scenario's text with these after its own injects. */
export function addInjects(scenario: string, injects: readonly InjectToWrite[]): WithInjects {
	if (injects.length === 0) return { ok: true, text: scenario };
	const document = parseDocument(scenario, { uniqueKeys: false });
	if (document.errors.length > 0 || !isMap(document.contents)) {
		return { ok: false, message: 'scenario.yaml cannot be read: mend what `muster lint` says of it first' };
	}
	const pair = document.contents.items.find(({ key }) => String(key) === 'injects');
	const end = (text: string) => (text.endsWith('\n') ? text : `${text}\n`);
	if (!pair) return { ok: true, text: `${end(scenario)}\ninjects:\n${injectLines(injects, 2)}\n` };
	const list = pair.value;
	if (!isSeq(list) || !list.range) return { ok: false, message: '`injects` is no list in scenario.yaml' };
	const [from, to] = list.range;
	if (list.items.length === 0) {
		return { ok: true, text: `${scenario.slice(0, from).trimEnd()}\n${injectLines(injects, 2)}${scenario.slice(to)}` };
	}
	if (list.flow) {
		return {
			ok: false,
			message: '`injects` is written in one line with brackets: write it as a list with a dash on each line'
		};
	}
	const indent = from - (scenario.lastIndexOf('\n', from - 1) + 1);
	const before = scenario.slice(0, to).trimEnd();
	return {
		ok: true,
		text: `${before}\n${injectLines(injects, indent)}\n${scenario.slice(before.length).replace(/^\n/, '')}`
	};
}
