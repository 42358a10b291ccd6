// Rehearses the rules in a request, and answers with a line of JSON per step for as long as somebody reads.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { RehearsalLine, RehearsalOrder } from '../../protocol/rehearsal.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import type { Muster } from '../muster.ts';

const BUSY = refuse('unavailable', 'Others are rehearsing their rules already. Try again in a minute.');

export function rehearse(muster: Muster, order: RehearsalOrder): Response | Refusal {
	const ids = order.scenarios.length > 0 ? order.scenarios : muster.scenarios.cards.map(({ id }) => id);
	const scenarios: CompiledScenario[] = [];
	for (const id of ids) {
		const found = muster.scenarios.find(id);
		if (!found) return refuse('unknown_id', `There is no scenario ${id}: choose from the list.`);
		scenarios.push(found);
	}
	if (muster.rehearsals.full) return BUSY;
	const gone = new AbortController();
	const encoder = new TextEncoder();
	const work = {
		scenarios,
		request: {
			rules: { file: 'rules.yaml', text: order.rules },
			mapping: order.mapping.trim() === '' ? null : { file: 'mapping.yaml', text: order.mapping },
			seed: '1'
		}
	};
	const stream = new ReadableStream<Uint8Array>({
		async start(controller) {
			const tell = (line: RehearsalLine) => {
				if (!gone.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
			};
			await muster.rehearsals.run(work, tell, gone.signal);
			if (!gone.signal.aborted) controller.close();
		},
		cancel: () => gone.abort()
	});
	return new Response(stream, {
		// Proxies that gather answers before they pass them on would hide the progress.
		headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }
	});
}
