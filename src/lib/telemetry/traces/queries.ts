import type { Route } from '../families/http.ts';

/** What a service asks its stores while it serves a route: plain words made of the route, the same for every request of it. */

const READS = ['id', 'state', 'updated_at'];

/** What routes named by a verb are about. */
const ABOUT: Record<string, string> = {
	introspect: 'tokens',
	login: 'sessions',
	checkout: 'orders',
	search: 'items',
	suggest: 'items',
	authorise: 'payments',
	authorize: 'payments',
	reserve: 'stock',
	score: 'scores'
};

/** The noun a route is about: `/v1/accounts/{id}` is about accounts. */
export function tableOf(route: Pick<Route, 'path'>): string {
	const words = route.path.toLowerCase().match(/(?<![{\w])[a-z][a-z_]{2,}(?![\w}])/g) ?? [];
	const noun = words.filter((word) => !/^(api|v\d+|internal|public)$/.test(word)).at(-1) ?? 'records';
	const about = ABOUT[noun];
	if (about !== undefined) return about;
	return noun.endsWith('s') || noun === 'stock' || noun.endsWith('ing') ? noun : `${noun}s`;
}

/** The n-th statement that a request of a route sends to a relational database. */
export function statementOf(route: Route, n: number): { operation: string; table: string; text: string } {
	const table = tableOf(route);
	const writes = route.method !== 'GET';
	const statements = writes
		? [
				{ operation: 'SELECT', table, text: `SELECT ${READS.join(', ')} FROM ${table} WHERE id = $1 FOR UPDATE` },
				{ operation: 'INSERT', table, text: `INSERT INTO ${table} (id, account_id, body) VALUES ($1, $2, $3)` },
				{ operation: 'UPDATE', table, text: `UPDATE ${table} SET state = $2, updated_at = now() WHERE id = $1` },
				{ operation: 'COMMIT', table: '', text: 'COMMIT' }
			]
		: [
				{ operation: 'SELECT', table, text: `SELECT ${READS.join(', ')} FROM ${table} WHERE account_id = $1` },
				{
					operation: 'SELECT',
					table: 'accounts',
					text: 'SELECT id, name, plan FROM accounts WHERE id = $1'
				},
				{
					operation: 'SELECT',
					table,
					text: `SELECT count(*) FROM ${table} WHERE account_id = $1 AND state = $2`
				}
			];
	return statements[n % statements.length] ?? { operation: 'SELECT', table, text: `SELECT 1 FROM ${table}` };
}

/** The n-th command that a request of a route sends to a cache. */
export function cacheCommandOf(route: Route, n: number): { operation: string; text: string } {
	const table = tableOf(route);
	const commands =
		route.method === 'GET'
			? [
					{ operation: 'GET', text: `GET ${table}:?` },
					{ operation: 'HGETALL', text: `HGETALL ${table}:?` }
				]
			: [
					{ operation: 'SET', text: `SET ${table}:? ? EX 900` },
					{ operation: 'DEL', text: `DEL ${table}:?` }
				];
	return commands[n % commands.length] ?? { operation: 'GET', text: `GET ${table}:?` };
}
