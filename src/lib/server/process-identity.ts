// Which process is which, so that what a dead one left behind can be told from what a living one holds. A process id alone
// may belong to somebody else by now.

import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** When a process started, in clock ticks since this boot; null where the system does not tell (Linux does). */
export function processStart(pid: number): string | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The second field is the command in parentheses and may hold spaces; the start time is the 22nd.
		const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
		return start ? `${machine()}:${start}` : null;
	} catch {
		return null;
	}
}

/** Whether the process that had this id and start still runs. */
export function isAlive(holder: { pid: number; processStart: string | null }): boolean {
	try {
		process.kill(holder.pid, 0);
	} catch (error) {
		// A process of another user may not be signalled, but it is there.
		if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
	}
	const start = processStart(holder.pid);
	return start === null || holder.processStart === null || start === holder.processStart;
}

/** Name under which this process owns incidents: where it runs, its id, its start. */
export function ownerName(): string {
	return `${machine()}/${process.pid}/${processStart(process.pid) ?? ''}`;
}

/** Whether an owner is certainly gone: it ran where this process runs, and does no more. */
export function isOwnerDead(owner: string): boolean {
	const [where, pid, start] = owner.split('/');
	if (where !== machine() || !pid) return false;
	return !isAlive({ pid: Number(pid), processStart: start || null });
}

let known: string | null = null;

/** Processes of equal machines see each other: the same boot, and the same space of process ids (a container has its own). */
function machine(): string {
	known ??= readMachine();
	return known;
}

function readMachine(): string {
	try {
		const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
		return `${boot}-${readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')}`;
	} catch {
		return hostname().replaceAll('/', '-');
	}
}
