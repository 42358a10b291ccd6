// What the console asks before it runs a line: what it would do, and how it can go on. Nothing changes.

import { meaningOf, shellView } from '../../engine/index.ts';
import { completeLine } from '../../telemetry/index.ts';
import type { Guard } from './guard.ts';
import { lineSchema } from './tool-messages.schema.ts';
import type { RunNow } from './trace-messages.ts';

export function serveShell(guard: Guard, run: RunNow): void {
	guard.on('whatIs', lineSchema, ({ line }) => {
		const now = run();
		if (!now.ok) return now;
		const meaning = meaningOf(now.course.engine.compiled, line);
		switch (meaning.type) {
			case 'mitigation':
				return { ok: true, line: { type: 'mitigation', mitigationId: meaning.id } };
			case 'refused':
				return { ok: true, line: meaning };
			case 'diagnostic':
			case 'look':
				return { ok: true, line: { type: 'look' } };
		}
	});

	guard.on('complete', lineSchema, ({ line }) => {
		const now = run();
		if (!now.ok) return now;
		const { engine, state } = now.course;
		const { diagnostics, mitigations } = engine.compiled.scenario;
		const known = [...diagnostics, ...mitigations].map(({ command }) => command);
		return { ok: true, completions: completeLine(line, shellView(engine.machinery(state.seed), state), known) };
	});
}
