// Previews a scenario as it is written, and answers with a line of JSON per step for as long as somebody reads.

import type { PreviewLine, PreviewOrder } from '../../protocol/studio.ts';
import type { Muster } from '../muster.ts';

export function previewScenario(muster: Muster, order: PreviewOrder): Response {
	const gone = new AbortController();
	const encoder = new TextEncoder();
	const stream = new ReadableStream<Uint8Array>({
		async start(controller) {
			const tell = (line: PreviewLine) => {
				if (!gone.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
			};
			await muster.workbench.preview(order, tell, gone.signal);
			if (!gone.signal.aborted) controller.close();
		},
		cancel: () => gone.abort()
	});
	return new Response(stream, {
		// Proxies that gather answers before they pass them on would hide the progress.
		headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }
	});
}
