import { keyedHash, unit } from '../../world/index.ts';
import type { LogLineSpec } from '../../scenario/scenario.schema.ts';
import type { Site } from '../collect/instrument.ts';
import { livesAt } from '../truth-view.ts';
import { spanIdOf, traceIdOf } from './ids.ts';
import { countOf, SILENT, type LineDraft, type LineStream, type StreamContext } from './stream.ts';
import { fillIn, pickFrom } from './template.ts';

interface Active {
	line: LogLineSpec;
	fromMs: number;
	untilMs: number | null;
}

/** Lines that a fault or a mitigation makes a service write at a steady pace, apart from requests. Not sampled. */
export function stateLines(site: Site, context: StreamContext, entry: Active, index: number): LineStream {
	const { line, fromMs, untilMs } = entry;
	const perSecond = (line.per_minute ?? 0) / 60;
	const seed = keyedHash(site.seedHash, 'state-line', site.name, line.message, fromMs, index);
	const active = (tMs: number) => tMs >= fromMs && (untilMs === null || tMs < untilMs);
	return {
		service: site.name,
		linesIn(second) {
			const count = Math.floor(perSecond) + (unit(keyedHash(seed, second, 'count')) < perSecond % 1 ? 1 : 0);
			const lines: LineDraft[] = [];
			for (let k = 0; k < count; k += 1) {
				const hash = keyedHash(seed, second, k);
				const simMs = second * 1000 + Math.floor(unit(keyedHash(hash, 'ms')) * 1000);
				if (active(simMs))
					lines.push({
						simMs,
						level: line.level,
						weight: 1,
						record: () => writtenBy(site, context, line, simMs, hash)
					});
			}
			return lines;
		},
		countIn(from, to) {
			const activeMs = Math.min(to, untilMs ?? Infinity) - Math.max(from, fromMs);
			return activeMs <= 0 ? SILENT : countOf(line.level, (perSecond * activeMs) / 1000);
		}
	};
}

function writtenBy(site: Site, { truth, pools }: StreamContext, line: LogLineSpec, simMs: number, hash: number) {
	const alive = truth.lives(site.name).filter((life) => livesAt(life, simMs));
	const fitting = line.version === undefined ? alive : alive.filter((life) => life.version === line.version);
	const writers = fitting.length > 0 ? fitting : alive;
	const pod = writers[Math.floor(unit(keyedHash(hash, 'pod')) * writers.length)];
	const routes = site.service.endpoints;
	const facts = {
		hash,
		endpoint: routes[keyedHash(hash, 'route') % Math.max(1, routes.length)]?.path ?? '/',
		version: pod?.version ?? site.service.version,
		ms: truth.metric(site.name, 'latency')(simMs) * (0.4 + unit(keyedHash(hash, 'duration'))),
		host: pickFrom(pools.hosts, keyedHash(site.seedHash, pod?.name ?? site.name), 'host')
	};
	const fields: Record<string, string> = { 'host.name': facts.host };
	for (const [name, value] of Object.entries(line.fields)) fields[name] = fillIn(value, facts, pools);
	return {
		simMs,
		level: line.level,
		service: site.name,
		instance: pod?.name ?? site.name,
		version: facts.version,
		traceId: traceIdOf(hash),
		spanId: spanIdOf(hash),
		msg: fillIn(line.message, facts, pools),
		fields,
		stack: line.stack.map((each) => fillIn(each, facts, pools))
	};
}
