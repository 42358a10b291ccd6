// Whether Muster can serve, for load balancers and people.

import { musterReady } from './muster.ts';

export interface Health {
	ready: boolean;
	status: 'ok' | 'starting' | 'database away';
	database?: 'pglite' | 'postgres';
	live?: number;
	uptimeSeconds: number;
}

export async function health(): Promise<Health> {
	const uptimeSeconds = Math.round(process.uptime());
	const muster = await musterReady().catch(() => null);
	if (!muster) return { ready: false, status: 'starting', uptimeSeconds };
	const { storage, hub } = muster;
	const details = { database: storage.kind, live: hub.all.length, uptimeSeconds };
	return storage.ping().then(
		() => ({ ready: true, status: 'ok', ...details }),
		() => ({ ready: false, status: 'database away', ...details })
	);
}
