import { afterEach, expect, test } from 'vitest';
import { onEnding, runEndings } from './process.ts';

afterEach(() => runEndings(() => undefined));

test('what was added last is finished first, once', async () => {
	const order: string[] = [];
	onEnding({ name: 'database', run: () => void order.push('database') });
	onEnding({ name: 'sockets', run: () => void order.push('sockets') });
	await runEndings(() => undefined);
	await runEndings(() => undefined);
	expect(order).toEqual(['sockets', 'database']);
});

test('a failure is reported and the rest still ends', async () => {
	const order: string[] = [];
	const failed: string[] = [];
	onEnding({ name: 'database', run: () => void order.push('database') });
	onEnding({ name: 'sockets', run: () => Promise.reject(new Error('stuck')) });
	await runEndings((name) => failed.push(name));
	expect({ order, failed }).toEqual({ order: ['database'], failed: ['sockets'] });
});

test('adding the same name again replaces it, as a hot reload does', async () => {
	const order: string[] = [];
	onEnding({ name: 'sockets', run: () => void order.push('old') });
	onEnding({ name: 'sockets', run: () => void order.push('new') });
	await runEndings(() => undefined);
	expect(order).toEqual(['new']);
});
