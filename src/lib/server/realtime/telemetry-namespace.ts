// What can be seen of the simulated system, over a socket: history when panels open, then one frame per tick.

import type { Socket } from 'socket.io';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { Member } from './admit.ts';
import { Guard } from './guard.ts';
import {
	emptySchema,
	exemplarsSchema,
	labelsSchema,
	logsSchema,
	openQueriesSchema,
	rangeSchema
} from './messages.schema.ts';
import { QueryBoards } from './query-board.ts';
import { serveShell } from './shell-messages.ts';
import { serveTraces } from './trace-messages.ts';
import { LogSearch } from './query-logs.ts';
import type { PracticeCourse } from '../runs/practice-course.ts';
import { simulationOf } from '../runs/simulation.ts';

const RATE = { burst: 60, perSecond: 20 };

/** Answers one socket of the telemetry's namespace for as long as it is connected. */
export function serveTelemetry(socket: Socket, { muster, live }: Member): void {
	const boards = QueryBoards.of(socket.nsp, muster);
	const guard = new Guard(socket, muster, RATE);
	socket.on('disconnect', () => boards.board(live).close(socket.id));

	/** The simulation as it stands; refuses where there is none to look at. */
	const run = (): { ok: true; course: PracticeCourse; startsAt: number } | Refusal => {
		const found = simulationOf(live);
		return found.ok ? { ...found, startsAt: found.course.engine.compiled.startsAt } : found;
	};

	guard.on('open', openQueriesSchema, async ({ queries, windowMs, stepMs }) => {
		const now = run();
		if (!now.ok) return now;
		const results = await boards.board(live).open(socket, queries, { windowMs, stepMs });
		return results ? { ok: true, results } : refuse('wrong_state', 'Something else was asked for in the meantime.');
	});

	guard.on('range', rangeSchema, async ({ query, fromAt, toAt, stepMs }) => {
		const now = run();
		if (!now.ok) return now;
		const { startsAt } = now;
		const window = { fromMs: fromAt - startsAt, toMs: toAt - startsAt, stepMs };
		return { ok: true, result: await boards.board(live).range(query, window) };
	});

	guard.on('exemplars', exemplarsSchema, async ({ query, fromAt, toAt }) => {
		const now = run();
		if (!now.ok) return now;
		const { startsAt } = now;
		return boards.board(live).exemplars(query, { fromMs: fromAt - startsAt, toMs: toAt - startsAt });
	});

	const search = new LogSearch();
	socket.on('disconnect', () => search.stop());
	guard.on('logs', logsSchema, async (message) => {
		const now = run();
		if (!now.ok) return now;
		const page = await search.run(now.course, message);
		return 'code' in page ? page : { ok: true, page };
	});

	serveTraces(guard, run);
	serveShell(guard, run);

	guard.on('health', emptySchema, () => {
		const now = run();
		if (!now.ok) return now;
		return { ok: true, services: boards.board(live).health() };
	});

	guard.on('names', emptySchema, async () => {
		const now = run();
		if (!now.ok) return now;
		return { ok: true, families: await boards.board(live).names.metrics(now.course) };
	});

	guard.on('labels', labelsSchema, async ({ metric }) => {
		const now = run();
		if (!now.ok) return now;
		return { ok: true, labels: await boards.board(live).names.labels(now.course, metric) };
	});
}
