/**
 * What can be seen of the world: metrics as exporters show them, logs, health. Everything follows from the truth of the
 * world at a moment; it must not know who looks, nor what is right to do.
 */
export type { Observation, LogFieldFilter, LogQuery, LogRecord, LogPage, ServiceHealth } from './types.ts';
export type {
	Exemplar,
	ExemplarQuery,
	Span,
	Trace,
	TracePage,
	TracePoint,
	TraceQuery,
	TraceSummary
} from './traces/index.ts';
export { createObservation } from './observation.ts';
export { comesWith } from './families/index.ts';
export { dashboardPanels, type DashboardPanel } from './panels.ts';
export { compileLogPattern, type LogPattern } from './logs/pattern.ts';
export { pinSeries } from './pinned.ts';
export { completeLine, nearLines, printed, readLine, type Reading, type ShellView } from './shell/index.ts';
