import { counter, gauge, level, type Exporter, type Instrument, type Site } from '../collect/instrument.ts';
import { processLabels } from '../collect/labels.ts';
import { scrapeFails } from '../collect/broken.ts';
import { perceivedCpu } from '../signals.ts';
import { livesAt } from '../truth-view.ts';

/** What every process says of itself through its client library, and what the scrape says of it. */

/** Whether a service runs where we can see its processes. */
export function isOurs(site: Site): boolean {
	return site.service.kind !== 'vendor';
}

function cpuInstrument(site: Site): Instrument {
	const { cpu_limit: cores } = site.service;
	return {
		id: 'process-cpu',
		scope: 'process',
		counts: 'living',
		alike: 'version',
		columns: [counter('process_cpu_seconds_total', {}, 0.01)],
		labels: processLabels(site),
		bind(truth, { version }) {
			const cpu = perceivedCpu(truth, site, { version });
			return (t, out) => {
				out[0] = cpu(t) * cores;
			};
		}
	};
}

function memoryInstrument(site: Site): Instrument {
	const { memory_limit: limit } = site.service;
	return {
		id: 'process-memory',
		scope: 'process',
		counts: 'living',
		alike: 'pod',
		columns: [
			gauge('process_resident_memory_bytes', {}, { noise: 0.003, grain: 4096, max: limit }),
			gauge('process_open_fds', {}, { noise: 0.03, grain: 1 }),
			level('process_max_fds')
		],
		labels: processLabels(site),
		bind(truth, { version, name }) {
			const memory = truth.metric(site.name, 'mem', { version, pod: name });
			const files = truth.metric(site.name, 'fds', { version });
			return (t, out) => {
				out[0] = memory(t) * limit * 0.93;
				out[1] = files(t);
				out[2] = 65_536;
			};
		}
	};
}

function scrapeInstrument(site: Site): Instrument {
	const serving = site.service.exports.includes('http') ? 120 : 60;
	return {
		id: 'scrape',
		scope: 'pod',
		counts: 'living',
		alike: 'pod',
		columns: [
			level('up'),
			gauge('scrape_duration_seconds', {}, { noise: 0.15 }),
			gauge('scrape_samples_scraped', {}, { noise: 0, grain: 1 })
		],
		labels: processLabels(site),
		bind(truth, subject) {
			const up = truth.metric(site.name, 'up', { version: subject.version });
			const movedFromMs = truth.movedFromMs(site.name, 'up');
			return (t, out) => {
				const alive = subject.lives.some((life) => livesAt(life, t)) && !scrapeFails(truth, site.name, t);
				const answers = alive && (t < movedFromMs || up(t) >= 0.5);
				out[0] = answers ? 1 : 0;
				out[1] = answers ? 0.012 : 10;
				out[2] = answers ? serving : 0;
			};
		}
	};
}

export const processes: Exporter = {
	comesWith: 'every service but a vendor',
	families: [
		{ name: 'up', type: 'gauge', help: 'Whether the last scrape of the target succeeded.', unit: '' },
		{ name: 'scrape_duration_seconds', type: 'gauge', help: 'How long the last scrape took.', unit: 'seconds' },
		{ name: 'scrape_samples_scraped', type: 'gauge', help: 'Samples that the last scrape brought.', unit: 'samples' },
		{ name: 'process_cpu_seconds_total', type: 'counter', help: 'CPU time used by the process.', unit: 'seconds' },
		{ name: 'process_resident_memory_bytes', type: 'gauge', help: 'Resident memory of the process.', unit: 'bytes' },
		{ name: 'process_open_fds', type: 'gauge', help: 'Open file descriptors.', unit: '' },
		{ name: 'process_max_fds', type: 'gauge', help: 'Most file descriptors that may be open.', unit: '' }
	],
	attach: (site) => (isOurs(site) ? [cpuInstrument(site), memoryInstrument(site), scrapeInstrument(site)] : [])
};
