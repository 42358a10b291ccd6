// What the environment says, read once at the start. A wrong value ends the start with one sentence that names it.

import { resolve } from 'node:path';

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Config {
	port: number;
	host: string;
	/** Absolute path. Holds the embedded database and the lock. */
	dataDir: string;
	/** Null where the embedded database is used. */
	databaseUrl: string | null;
	/** Public address without a trailing slash; null where the address of the request counts. */
	origin: string | null;
	logLevel: LogLevel;
	/** Null where one is made at the first start. */
	adminSecret: string | null;
	/** Absolute path of a folder of a team's own runbooks and systems; null where there is none. */
	runbooksDir: string | null;
	/** Folder of the product: scenarios/ and drizzle/ lie below it. */
	root: string;
}

/** A variable of the environment that cannot be used. The message names it and says how to mend it. */
export class ConfigError extends Error {
	override name = 'ConfigError';
}

type Environment = Record<string, string | undefined>;

/** Reads the configuration; throws ConfigError at the first value that cannot be used. Empty means not set. */
export function readConfig(env: Environment): Config {
	return {
		port: readPort(env.PORT || '3000'),
		host: readHost(env.HOST || '127.0.0.1'),
		dataDir: readDataDir(env.DATA_DIR || 'data'),
		databaseUrl: env.DATABASE_URL ? readDatabaseUrl(env.DATABASE_URL) : null,
		origin: env.ORIGIN ? readOrigin(env.ORIGIN) : null,
		logLevel: readLogLevel(env.LOG_LEVEL || 'info'),
		adminSecret: env.ADMIN_SECRET ? readAdminSecret(env.ADMIN_SECRET) : null,
		runbooksDir: env.RUNBOOKS_DIR ? readFolder('RUNBOOKS_DIR', env.RUNBOOKS_DIR) : null,
		root: resolve(env.MUSTER_ROOT || '.')
	};
}

function readPort(value: string): number {
	if (!/^\d{1,5}$/.test(value) || Number(value) > 65535) {
		throw new ConfigError(`PORT must be a whole number from 0 to 65535, not "${value}".`);
	}
	return Number(value);
}

function readHost(value: string): string {
	if (!/^[A-Za-z0-9.:_-]+$/.test(value)) {
		throw new ConfigError(`HOST must be an address or a name of this machine such as 127.0.0.1, not "${value}".`);
	}
	return value;
}

function readDataDir(value: string): string {
	if (value.includes('\0') || value.includes('://')) {
		throw new ConfigError(
			`DATA_DIR must be a folder on this machine, not "${value}". Give a server's address as DATABASE_URL instead.`
		);
	}
	return resolve(value);
}

function readFolder(name: string, value: string): string {
	if (value.includes('\0') || value.includes('://')) {
		throw new ConfigError(`${name} must be a folder on this machine, not "${value}".`);
	}
	return resolve(value);
}

function readDatabaseUrl(value: string): string {
	const url = parseUrl(value);
	if (!url || !['postgres:', 'postgresql:'].includes(url.protocol)) {
		throw new ConfigError(
			'DATABASE_URL must look like postgres://user:password@host:5432/database. Leave it empty for the embedded database.'
		);
	}
	return value;
}

function readOrigin(value: string): string {
	const url = parseUrl(value);
	if (!url || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/' || url.search || url.hash) {
		throw new ConfigError(
			`ORIGIN must be the public address without a path, such as https://muster.example.org, not "${value}".`
		);
	}
	return url.origin;
}

function readLogLevel(value: string): LogLevel {
	const level = LOG_LEVELS.find((known) => known === value);
	if (!level) throw new ConfigError(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${value}".`);
	return level;
}

function readAdminSecret(value: string): string {
	if (value.length < 12) {
		throw new ConfigError('ADMIN_SECRET must have 12 characters or more. Leave it empty to have one made and printed.');
	}
	return value;
}

function parseUrl(value: string): URL | null {
	try {
		return new URL(value);
	} catch {
		return null;
	}
}
