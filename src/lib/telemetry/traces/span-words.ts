import type { Route } from '../families/http.ts';
import { stem } from '../collect/labels.ts';
import { pickFrom } from '../logs/template.ts';
import { keyedHash } from '../../world/index.ts';
import type { Call } from './calls.ts';
import type { RequestNode } from './node.ts';
import { cacheCommandOf, statementOf, tableOf } from './queries.ts';
import { draw, type Scene } from './scene.ts';
import type { Span, SpanEvent } from './types.ts';

/** The span of a service that answers a request. */
export function serverSpan(scene: Scene, node: RequestNode, startMs: number, parentId: string | null): Span {
	const { service, pod, route, status, failure, record } = node;
	const attributes: Record<string, string> = {
		'http.request.method': route.method,
		'http.route': route.path,
		'url.path': pathOf(route, node.hash),
		'http.response.status_code': status
	};
	if (parentId === null && record === null) {
		attributes['client.address'] = pickFrom(scene.pools.addresses, node.hash, 'address');
		attributes['user_agent.original'] = pickFrom(scene.pools.userAgents, node.hash, 'agent');
	}
	if (failure !== null) attributes['error.type'] = failure.errorType;
	for (const [name, value] of Object.entries(record?.fields ?? {})) {
		if (name !== 'http.server.request.duration') attributes[name] = value;
	}
	attributes['host.name'] ??= scene.host(service, pod.name);
	attributes['k8s.pod.name'] = pod.name;
	return {
		...bare(node, startMs, node.durationMs, node.spanId, parentId),
		kind: 'server',
		name: `${route.method} ${route.path}`,
		failed: failure !== null,
		attributes,
		events: exceptionOf(node, startMs)
	};
}

/** The span of a caller that waits for another service. */
export function clientSpan(
	scene: Scene,
	node: RequestNode,
	call: Call,
	child: RequestNode | null,
	one: { startMs: number; ms: number; failed: boolean; i: number; resend: number; spanId: string; hash: number }
): Span {
	const failed = one.failed || child?.failure != null;
	const { name, kind, attributes } = callWords(scene, node, call, child, one.i);
	const slow = node.failure?.callee === call.to && node.failure.failing === 'slow';
	if (one.resend > 0) attributes['http.request.resend_count'] = String(one.resend);
	if (failed && child === null) {
		attributes['error.type'] =
			node.failure?.callee === call.to && call.kind !== 'http' ? node.failure.errorType : slow ? 'timeout' : 'error';
		if (call.kind === 'vendor' || call.kind === 'storage')
			attributes['http.response.status_code'] = slow ? '504' : '503';
	}
	if (failed && child !== null) attributes['error.type'] = child.status;
	return { ...bare(node, one.startMs, one.ms, one.spanId, node.spanId), kind, name, failed, attributes, events: [] };
}

/** Waiting for a connection of the service's own pool. */
export function poolSpan(scene: Scene, node: RequestNode, startMs: number, ms: number): Span {
	const pool = scene.site(node.service).service.pool?.name ?? 'connections';
	const failed = node.failure?.pool === true;
	const spanId = hexOf(keyedHash(node.hash, 'pool'));
	const attributes: Record<string, string> = { 'db.client.connection.pool.name': pool };
	if (failed && node.failure !== null) attributes['error.type'] = node.failure.errorType;
	return {
		...bare(node, startMs, ms, spanId, node.spanId),
		kind: 'internal',
		name: `wait for a connection of pool ${pool}`,
		failed,
		attributes,
		events: []
	};
}

function bare(node: RequestNode, startMs: number, durationMs: number, spanId: string, parentId: string | null) {
	const { service, pod } = node;
	return {
		spanId,
		parentId,
		service,
		instance: pod.name,
		version: pod.version,
		startMs,
		durationMs,
		critical: []
	};
}

function callWords(
	scene: Scene,
	node: RequestNode,
	call: Call,
	child: RequestNode | null,
	n: number
): { name: string; kind: Span['kind']; attributes: Record<string, string> } {
	const { to } = call;
	const callee = scene.site(to).service;
	const server = { 'server.address': to };
	switch (call.kind) {
		case 'sql': {
			const { operation, table, text } = statementOf(node.route, n);
			const system = callee.exports.includes('mysql') ? 'mysql' : 'postgresql';
			return {
				name: table === '' ? operation : `${operation} ${table}`,
				kind: 'client',
				attributes: {
					'db.system': system,
					'db.namespace': stem(to),
					'db.operation.name': operation,
					...(table === '' ? {} : { 'db.collection.name': table }),
					'db.query.text': text,
					...server
				}
			};
		}
		case 'cache': {
			const { operation, text } = cacheCommandOf(node.route, n);
			return {
				name: operation,
				kind: 'client',
				attributes: { 'db.system': 'redis', 'db.operation.name': operation, 'db.query.text': text, ...server }
			};
		}
		case 'search':
			return {
				name: `search ${tableOf(node.route)}`,
				kind: 'client',
				attributes: {
					'db.system': 'elasticsearch',
					'db.operation.name': 'search',
					'db.collection.name': tableOf(node.route),
					...server
				}
			};
		case 'queue':
			return {
				name: `publish ${stem(to)}`,
				kind: 'producer',
				attributes: {
					'messaging.system': callee.exports.includes('kafka') ? 'kafka' : 'rabbitmq',
					'messaging.destination.name': stem(to),
					'messaging.operation.type': 'send',
					...server
				}
			};
		case 'storage': {
			const method = node.route.method === 'GET' ? 'GET' : 'PUT';
			return {
				name: `${method} object`,
				kind: 'client',
				attributes: { 'http.request.method': method, 'http.response.status_code': '200', ...server }
			};
		}
		case 'vendor': {
			const route = callee.endpoints[0] ?? { method: 'POST', path: '/' };
			return {
				name: `${route.method} ${to}`,
				kind: 'client',
				attributes: {
					'http.request.method': route.method,
					'url.template': route.path,
					'http.response.status_code': '200',
					...server
				}
			};
		}
		case 'http': {
			const route = child?.route ?? node.route;
			return {
				name: `${route.method} ${to}`,
				kind: 'client',
				attributes: {
					'http.request.method': route.method,
					'url.template': route.path,
					'http.response.status_code': child?.status ?? '200',
					...server
				}
			};
		}
	}
}

/** A failure that the service raised itself, or with a stack to show, is recorded as an exception at its end. */
function exceptionOf({ failure, durationMs, hash }: RequestNode, startMs: number): SpanEvent[] {
	if (failure === null) return [];
	const attributes: Record<string, string> = {
		'exception.type': failure.errorType,
		'exception.message': failure.message
	};
	if (failure.stack.length > 0) attributes['exception.stacktrace'] = failure.stack.join('\n');
	return [{ atMs: startMs + durationMs * (0.9 + 0.09 * draw(hash, 'thrown')), name: 'exception', attributes }];
}

/** A route with its parameters filled in. */
function pathOf({ path }: Route, hash: number): string {
	return path.replace(/\{\w+\}|\*/g, () => String(1_000 + (keyedHash(hash, 'path') % 90_000)));
}

function hexOf(hash: number): string {
	return keyedHash(hash, 'a').toString(16).padStart(8, '0') + keyedHash(hash, 'b').toString(16).padStart(8, '0');
}
