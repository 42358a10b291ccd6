import { gauge, level, type Exporter } from '../collect/instrument.ts';
import { processLabels } from '../collect/labels.ts';

const USUAL_SIZE = 200;

/** Pool of worker threads that each pod of a service holds. Size: baseline `threadpool_max`. */
export const threadpool: Exporter = {
	comesWith: '`exports: [threadpool]`',
	families: [
		{ name: 'threadpool_active', type: 'gauge', help: 'Worker threads that are busy.', unit: 'threads' },
		{ name: 'threadpool_max', type: 'gauge', help: 'Worker threads that there are.', unit: 'threads' }
	],
	attach(site) {
		if (!site.service.exports.includes('threadpool')) return [];
		const max = site.service.baseline.threadpool_max ?? USUAL_SIZE;
		return [
			{
				id: 'threadpool',
				scope: 'process',
				counts: 'living',
				alike: 'version',
				columns: [gauge('threadpool_active', {}, { noise: 0.06, grain: 1, max }), level('threadpool_max')],
				labels: processLabels(site),
				bind(truth, { version }) {
					const threads = truth.metric(site.name, 'threads', { version });
					return (t, out) => {
						out[0] = threads(t);
						out[1] = max;
					};
				}
			}
		];
	}
};
