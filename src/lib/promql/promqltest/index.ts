export { runPromqlTest, type Outcome, type TestReport } from './run.ts';
