// Around every request of the API: a rate per address, refusals and faults answered in one sentence, counted and logged.

import type { RequestEvent } from '@sveltejs/kit';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import { StorageUnavailable } from '../db/storage.ts';
import { musterReady, type Muster } from '../muster.ts';
import { isAdminRequest } from '../auth/visitor.ts';
import { answer, answerRefusal } from './answer.ts';
import { RequestRates, type RateName } from './request-rates.ts';

type Work = (event: RequestEvent, muster: Muster) => Promise<Response | Refusal | object>;

const rates = new WeakMap<Muster, RequestRates>();

const TOO_MANY = refuse('too_many', 'That was a lot at once. Wait a minute, then try again.');
const AWAY = refuse('unavailable', 'The database does not answer. Nothing was done; try again in a moment.');
const FAULT = refuse('unavailable', 'Muster failed at this and wrote down why. Nothing was done.');
const NOT_ADMIN = refuse('forbidden', 'This needs the administrator’s secret. Give it on the settings page first.');

/** A handler for `+server.ts`. What `work` gives is answered as JSON unless it is a response already. */
export function endpoint(rate: RateName, work: Work): (event: RequestEvent) => Promise<Response> {
	return async (event) => {
		const muster = await musterReady().catch(() => null);
		if (!muster) return answerRefusal(refuse('unavailable', 'Muster is starting. Try again in a moment.'));
		try {
			const known = rates.get(muster) ?? new RequestRates(muster.monotonic);
			rates.set(muster, known);
			const result = known.take(rate, event.getClientAddress()) ? await work(event, muster) : TOO_MANY;
			if (result instanceof Response) return result;
			if (!isRefusal(result)) return answer(result);
			muster.metrics.refusals.inc({ code: result.code });
			return answerRefusal(result);
		} catch (error) {
			if (error instanceof StorageUnavailable) {
				muster.metrics.refusals.inc({ code: 'unavailable' });
				return answerRefusal(AWAY);
			}
			muster.metrics.faults.inc({ where: 'request' });
			muster.log.error({ err: error, path: event.url.pathname }, 'a request failed');
			return answerRefusal(FAULT);
		}
	};
}

/** The same, for the administrator alone. */
export function adminEndpoint(rate: RateName, work: Work): (event: RequestEvent) => Promise<Response> {
	return endpoint(rate, async (event, muster) =>
		(await isAdminRequest(muster, event.request, event.cookies)) ? work(event, muster) : NOT_ADMIN
	);
}

function isRefusal(value: object): value is Refusal {
	return 'ok' in value && value.ok === false && 'code' in value;
}
