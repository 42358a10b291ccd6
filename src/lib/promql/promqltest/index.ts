export { runPromqlTest, type Outcome, type TestReport } from './run.ts';
export { addCounts, countsLine, countsOf, reportLines, type Counts } from './summary.ts';
