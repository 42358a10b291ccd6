// Rehearses a team's rules in a process of its own: however long they take, the rooms go on.
//
// Reads one JSON document from standard input and writes a line of JSON to standard output for every step.

import type { CompiledScenario } from '../../scenario/library.ts';
import { rehearse, type RehearsalRequest } from '../../lab/rehearse/session.ts';

let text = '';
for await (const chunk of process.stdin) text += String(chunk);
// Written by rehearsals.ts a moment ago.
const { scenarios, request } = JSON.parse(text) as { scenarios: CompiledScenario[]; request: RehearsalRequest };
let shown = -1;
rehearse(scenarios, request, (step) => {
	// One line per hundredth is progress enough.
	if (step.type === 'progress') {
		const hundredth = Math.floor(step.share * 100);
		if (hundredth === shown) return;
		shown = hundredth;
	}
	process.stdout.write(`${JSON.stringify(step)}\n`);
});
