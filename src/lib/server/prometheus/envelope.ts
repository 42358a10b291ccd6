// The envelope around every JSON answer of Prometheus' HTTP API, and its kinds of error.

import { exhaustive } from '../../incident/exhaustive.ts';
import type { Failure } from '../queries/ask.ts';

export type ErrorType =
	| 'bad_data'
	| 'execution'
	| 'timeout'
	| 'canceled'
	| 'internal'
	| 'unavailable'
	| 'not_found'
	| 'not_acceptable'
	| 'unauthorized'
	| 'forbidden';

/** HTTP status of each kind; the first eight are Prometheus' own. */
export const ERROR_STATUS: Record<ErrorType, number> = {
	bad_data: 400,
	execution: 422,
	timeout: 503,
	canceled: 499,
	internal: 500,
	unavailable: 503,
	not_found: 404,
	not_acceptable: 406,
	unauthorized: 401,
	forbidden: 403
};

export interface ErrorEnvelope {
	status: 'error';
	errorType: ErrorType;
	error: string;
}

export function errorEnvelope(errorType: ErrorType, error: string): ErrorEnvelope {
	return { status: 'error', errorType, error };
}

/** Data with what was remarked on it; empty lists are left out, as Prometheus does. */
export function envelopeOf(data: unknown, remarks: { warnings?: readonly string[]; infos?: readonly string[] } = {}) {
	const { warnings = [], infos = [] } = remarks;
	return {
		status: 'success',
		data,
		...(warnings.length > 0 && { warnings }),
		...(infos.length > 0 && { infos })
	};
}

/** A question that failed, in the words of Prometheus. */
export function errorOf(failure: Failure): ErrorEnvelope {
	const { code, message, position } = failure;
	const place = position ? `${position.line}:${position.column}: ` : '';
	switch (code) {
		case 'parse':
			return errorEnvelope('bad_data', `invalid parameter "query": ${place}parse error: ${message}`);
		case 'type':
			return errorEnvelope('bad_data', `invalid parameter "query": ${place}${message}`);
		case 'execution':
		case 'limit':
			return errorEnvelope('execution', message);
		case 'memory':
			return errorEnvelope('execution', message);
		case 'timeout':
		case 'waiting':
			return errorEnvelope('timeout', message);
		case 'busy':
		case 'closed':
			return errorEnvelope('unavailable', message);
		case 'fault':
			return errorEnvelope('internal', message);
		default:
			return exhaustive(code);
	}
}
