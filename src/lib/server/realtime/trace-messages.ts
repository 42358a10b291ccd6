// Traces over the telemetry's socket: found and opened.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { TraceAnswer, TracesAnswer } from '../../protocol/traces.ts';
import type { Trace, TracePage } from '../../telemetry/index.ts';
import type { PracticeCourse } from '../runs/practice-course.ts';
import type { Guard } from './guard.ts';
import { traceSchema, tracesSchema } from './tool-messages.schema.ts';

export type RunNow = () => { ok: true; course: PracticeCourse; startsAt: number } | Refusal;

/** Answers what a browser asks about traces. Nothing is shown that is not over by now. */
export function serveTraces(guard: Guard, run: RunNow): void {
	guard.on('traces', tracesSchema, ({ fromAt, toAt, ...query }) => {
		const now = run();
		if (!now.ok) return now;
		const { course, startsAt } = now;
		const toMs = Math.min(toAt - startsAt, course.state.simMs);
		const fromMs = Math.min(fromAt - startsAt, toMs);
		const page = course.engine.observation.traces(course.state.world, { ...query, fromMs, toMs });
		return { ok: true, page: pageAnswer(page, startsAt) };
	});

	guard.on('trace', traceSchema, ({ traceId, nearAt }) => {
		const now = run();
		if (!now.ok) return now;
		const { course, startsAt } = now;
		const { world, simMs } = course.state;
		const { observation } = course.engine;
		const trace = observation.trace(
			world,
			traceId.trim().toLowerCase(),
			simMs,
			nearAt === null ? null : nearAt - startsAt
		);
		if (trace === null) {
			return refuse(
				'unknown_id',
				'No trace of that id was kept. Traces are kept for six hours, and lines written outside of a request belong to none.'
			);
		}
		const { sampledOneIn } = observation.traces(world, { ...NOTHING, fromMs: simMs, toMs: simMs });
		return { ok: true, trace: traceAnswer(trace, startsAt, sampledOneIn) };
	});
}

const NOTHING = {
	service: null,
	operation: '',
	minMs: null,
	maxMs: null,
	errorsOnly: false,
	order: 'newest',
	limit: 1
} as const;

function pageAnswer(page: TracePage, startsAt: number): TracesAnswer {
	const { traces, points, lookedFromMs, ...rest } = page;
	return {
		...rest,
		traces: traces.map(({ startMs, ...trace }) => ({ ...trace, startAt: startsAt + startMs })),
		points: points.map(({ startMs, ...point }) => ({ ...point, startAt: startsAt + startMs })),
		lookedFromAt: lookedFromMs === null ? null : startsAt + lookedFromMs
	};
}

function traceAnswer(
	{ startMs, spans, records, ...trace }: Trace,
	startsAt: number,
	sampledOneIn: number
): TraceAnswer {
	return {
		...trace,
		startAt: startsAt + startMs,
		sampledOneIn,
		spans: spans.map(({ startMs: from, events, critical, ...span }) => ({
			...span,
			startAt: startsAt + from,
			events: events.map(({ atMs, ...event }) => ({ ...event, at: startsAt + atMs })),
			critical: critical.map(({ fromMs, toMs }) => ({ fromAt: startsAt + fromMs, toAt: startsAt + toMs }))
		})),
		records: records.map(({ simMs, level, service, spanId, msg }) => ({
			at: startsAt + simMs,
			level,
			service,
			spanId,
			msg
		}))
	};
}
