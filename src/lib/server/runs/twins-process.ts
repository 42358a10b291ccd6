// Re-simulates a finished run in a process of its own: a second of work there is no second of silence in the rooms.
//
// Reads one JSON document from standard input and writes the drafts of `twin.computed` to standard output.

import { createEngine } from '../../engine/index.ts';
import { computeTwins } from '../../lab/twins.ts';
import type { TwinsRequest } from './twins.ts';

let text = '';
for await (const chunk of process.stdin) text += String(chunk);
// Written by twins.ts a moment ago.
const { compiled, run } = JSON.parse(text) as TwinsRequest;
process.stdout.write(JSON.stringify(computeTwins(createEngine(compiled, run.seed), run)));
