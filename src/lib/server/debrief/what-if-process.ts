// Simulates another future of a run in a process of its own.
//
// Reads one JSON document from standard input and writes the future to standard output.

import { createEngine } from '../../engine/index.ts';
import { whatIf } from '../../lab/what-if.ts';
import type { WhatIfWork } from './what-ifs.ts';

let text = '';
for await (const chunk of process.stdin) text += String(chunk);
// Written by what-ifs.ts a moment ago.
const { compiled, run, asked } = JSON.parse(text) as WhatIfWork;
process.stdout.write(JSON.stringify(whatIf(createEngine(compiled, run.seed), run, asked)));
