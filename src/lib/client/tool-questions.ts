/** Questions about traces and of the console: apart from the telemetry's own, so that they load with the tools that ask them. */
import type { Refusal } from '../incident/refusal.ts';
import type { LineMeaning } from '../protocol/shell.ts';
import type { ExemplarAnswer, TraceAnswer, TracesAnswer, TracesMessage } from '../protocol/traces.ts';
import type { Telemetry } from './telemetry.svelte.ts';

export async function findTraces(telemetry: Telemetry, message: TracesMessage): Promise<TracesAnswer | Refusal> {
	const answer = await telemetry.ask('traces', message);
	return answer.ok ? answer.page : answer;
}

/** A trace by its id; `nearAt` is when its log line was written, where that is known. */
export async function openTrace(
	telemetry: Telemetry,
	traceId: string,
	nearAt: number | null = null
): Promise<TraceAnswer | Refusal> {
	const answer = await telemetry.ask('trace', { traceId, nearAt });
	return answer.ok ? answer.trace : answer;
}

/** Requests behind the latency histograms that a query selects; none where the server refuses. */
export async function findExemplars(
	telemetry: Telemetry,
	query: string,
	{ fromAt, toAt }: { fromAt: number; toAt: number }
): Promise<ExemplarAnswer[]> {
	const answer = await telemetry.ask('exemplars', { query, fromAt, toAt });
	return answer.ok ? answer.exemplars : [];
}

/** What a line typed into the console would do. */
export async function meaningOf(telemetry: Telemetry, line: string): Promise<LineMeaning | Refusal> {
	const answer = await telemetry.ask('whatIs', { line });
	return answer.ok ? answer.line : answer;
}

/** How a line in the console can go on. */
export async function completionsOf(telemetry: Telemetry, line: string): Promise<string[]> {
	const answer = await telemetry.ask('complete', { line });
	return answer.ok ? answer.completions : [];
}
