import { keyedHash } from '../../world/index.ts';
import type { Site } from '../collect/instrument.ts';
import { spanIdOf, traceIdOf } from './ids.ts';
import { countOf, plus, SILENT, type Level, type LineDraft, type LineStream, type StreamContext } from './stream.ts';

interface Moment {
	simMs: number;
	level: Level;
	msg: string;
	pod: string;
	version: string;
	fields: Record<string, string>;
}

/** Pods that begin, become ready and end, as they and their kubelet report it. Not sampled. */
export function lifecycleLines(site: Site, { truth }: StreamContext): LineStream {
	const all = moments(site, truth.lives(site.name)).sort((a, b) => a.simMs - b.simMs);
	const between = (fromMs: number, toMs: number) =>
		all.filter((moment) => moment.simMs >= fromMs && moment.simMs < toMs);
	return {
		service: site.name,
		linesIn: (second) => between(second * 1000, (second + 1) * 1000).map((moment) => draft(site, moment)),
		countIn: (fromMs, toMs) =>
			between(fromMs, toMs)
				.map((moment) => countOf(moment.level, 1))
				.reduce(plus, SILENT)
	};
}

function moments(site: Site, lives: ReturnType<StreamContext['truth']['lives']>): Moment[] {
	const found: Moment[] = [];
	for (const life of lives) {
		const from = { pod: life.name, version: life.version };
		const fields = { 'k8s.pod.name': life.name, 'k8s.container.restart_count': String(life.restarts) };
		found.push({
			...from,
			simMs: life.startedAtMs,
			level: 'info',
			msg: `${site.name} ${life.version} starting`,
			fields
		});
		found.push({
			...from,
			simMs: life.readyAtMs,
			level: 'info',
			msg: `${site.name} ${life.version} ready, accepting traffic`,
			fields
		});
		if (life.endedAtMs === null || life.ended === null) continue;
		const reason = { ...fields, 'k8s.event.reason': life.ended === 'oom' ? 'OOMKilled' : 'Killing' };
		found.push(
			life.ended === 'oom'
				? {
						...from,
						simMs: life.endedAtMs,
						level: 'fatal',
						msg: `container ${site.name} was killed: out of memory (exit code 137)`,
						fields: reason
					}
				: {
						...from,
						simMs: life.endedAtMs,
						level: 'info',
						msg: 'SIGTERM received, draining and shutting down',
						fields: reason
					}
		);
	}
	return found;
}

function draft(site: Site, moment: Moment): LineDraft {
	const hash = keyedHash(site.seedHash, 'lifecycle', moment.pod, moment.simMs, moment.msg);
	const { pod, version, ...line } = moment;
	return {
		simMs: line.simMs,
		level: line.level,
		weight: 1,
		record: () => ({
			...line,
			service: site.name,
			instance: pod,
			version,
			traceId: traceIdOf(hash),
			spanId: spanIdOf(hash),
			stack: []
		})
	};
}
