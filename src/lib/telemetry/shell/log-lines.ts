import type { LogRecord } from '../types.ts';
import { utc } from './times.ts';
import type { ShellView } from './types.ts';

export interface LinesWanted {
	service: string;
	/** Only lines of this pod; null for all. */
	pod: string | null;
	levels: string[];
	text: string;
	fromMs: number;
	toMs: number;
	limit: number;
}

/** Log lines as a terminal shows them, oldest first. Says how many stand behind each. */
export function logLines(view: ShellView, wanted: LinesWanted): string {
	const page = view.observation.logs(view.state, {
		fromMs: wanted.fromMs,
		toMs: Math.min(wanted.toMs, view.nowMs),
		services: [wanted.service],
		levels: wanted.levels,
		text: wanted.pod ?? wanted.text,
		limit: wanted.limit
	});
	const records = wanted.pod === null ? page.records : page.records.filter(({ instance }) => instance === wanted.pod);
	if (records.length === 0) return '(no lines)';
	const lines = records.map((record) => line(view, record));
	const kept = page.sampledOneIn > 1 ? [`# lines of requests: one in ${page.sampledOneIn} is kept`] : [];
	return [...kept, ...lines].join('\n');
}

function line(view: ShellView, record: LogRecord): string {
	const fields = ['error.type', 'trace_id']
		.map((name) => [name, name === 'trace_id' ? record.traceId : (record.fields[name] ?? '')] as const)
		.filter(([name, value]) => value !== '' && (name !== 'trace_id' || 'http.route' in record.fields))
		.map(([name, value]) => ` ${name}=${value}`)
		.join('');
	const stack = record.stack.map((each) => `\n    ${each.trim()}`).join('');
	return `${utc(view, record.simMs)} ${record.level.toUpperCase().padEnd(5)} ${record.instance} ${record.msg}${fields}${stack}`;
}
