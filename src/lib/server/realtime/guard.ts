// Stands between a socket and its listeners: what is malformed, too much or a bug of ours is answered in one sentence, counted
// and logged, and never goes further. A throw that left a listener would end the process.

import type { Socket } from 'socket.io';
import type { z } from 'zod';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import { StorageUnavailable } from '../db/storage.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Limits } from '../muster.ts';
import { isStorable } from '../well-formed.ts';
import { TokenBucket, type Rate } from './rate-limit.ts';

export interface GuardContext {
	log: Logger;
	metrics: Metrics;
	monotonic: () => number;
	limits: Limits;
}

/** What a listener answers; undefined where it is enough to have been heard. */
type Result = object | undefined;
type Work<T> = (message: T) => Result | Promise<Result>;

const TOO_MANY = refuse('too_many', 'That was too much at once. Wait a second, then go on.');
const AWAY = refuse('unavailable', 'The database does not answer. Nothing was done; try again in a moment.');
const FAULT = refuse('unavailable', 'Muster failed at this and wrote down why. Nothing was done.');

export class Guard {
	#socket: Socket;
	#context: GuardContext;
	#bucket: TokenBucket;
	#known = new Set<string>();
	#malformed = 0;

	constructor(socket: Socket, context: GuardContext, rate: Rate) {
		this.#socket = socket;
		this.#context = context;
		const { rate: factor } = context.limits;
		const scaled = { burst: rate.burst * factor, perSecond: rate.perSecond * factor };
		this.#bucket = new TokenBucket(scaled, context.monotonic);
		socket.onAny((event: unknown, ...rest: unknown[]) => {
			if (typeof event === 'string' && this.#known.has(event)) return;
			this.#refuseMalformed('unknown', 'Muster knows no such message.', answerOf(rest));
		});
		// Socket.IO emits 'error' for what its own layers choke on; without a listener that would be a throw.
		socket.on('error', (error) => context.log.warn({ err: error, namespace: socket.nsp.name }, 'a socket failed'));
	}

	/** Listens to one kind of message. What `work` gives, or a refusal, is the answer. */
	on<T>(event: string, schema: z.ZodType<T>, work: Work<T>): void {
		this.#known.add(event);
		this.#socket.on(event, (...given: unknown[]) => {
			const answer = answerOf(given);
			const failed = (error: unknown) => this.#failed(event, error, answer);
			if (!this.#bucket.take()) return this.#refuse(TOO_MANY, answer);
			const parsed = schema.safeParse(given[0]);
			if (!parsed.success) {
				const field = parsed.error.issues[0]?.path.map(String).join('.') || 'message';
				return this.#refuseMalformed(event, `The ${field} of "${event}" is not what Muster expects.`, answer);
			}
			if (!isStorable(parsed.data)) {
				return this.#refuseMalformed(event, 'The text holds characters that cannot be stored.', answer);
			}
			try {
				const result = work(parsed.data);
				// Answered in the same turn where that is possible, so that what happens next is told after it.
				if (result instanceof Promise) result.then((value) => this.#answer(value, answer)).catch(failed);
				else this.#answer(result, answer);
			} catch (error) {
				failed(error);
			}
		});
	}

	#answer(result: Result, answer: Answer): void {
		if (isRefusal(result)) this.#context.metrics.refusals.inc({ code: result.code });
		answer(result ?? { ok: true });
	}

	#failed(event: string, error: unknown, answer: Answer): void {
		if (error instanceof StorageUnavailable) return this.#refuse(AWAY, answer);
		this.#context.metrics.faults.inc({ where: `socket ${event}` });
		this.#context.log.error({ err: error, event, namespace: this.#socket.nsp.name }, 'a listener failed');
		this.#refuse(FAULT, answer);
	}

	#refuse(refusal: Refusal, answer: Answer): void {
		this.#context.metrics.refusals.inc({ code: refusal.code });
		answer(refusal);
	}

	#refuseMalformed(event: string, message: string, answer: Answer): void {
		const namespace = this.#socket.nsp.name;
		this.#context.metrics.malformed.inc({ namespace });
		this.#context.log.debug({ namespace, event }, 'a malformed message');
		this.#refuse(refuse('malformed', message), answer);
		if (++this.#malformed >= this.#context.limits.malformed) this.#socket.disconnect(true);
	}
}

type Answer = (value: object) => void;

/** The acknowledgement that Socket.IO appended to the arguments, or nothing to call. */
function answerOf(given: unknown[]): Answer {
	const last = given.at(-1);
	return typeof last === 'function' ? (value) => void last(value) : () => undefined;
}

function isRefusal(value: Result): value is Refusal {
	return value !== undefined && 'ok' in value && value.ok === false;
}
