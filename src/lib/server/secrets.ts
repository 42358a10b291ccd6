// Random things and their hashes. Whoever reads the database learns no key, token or secret from it.

import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 128 random bits, in letters that survive a link. */
export function randomKey(): string {
	return randomBytes(16).toString('base64url');
}

/** For keys that are random themselves: no salt is needed, and equal keys can be looked up. */
export function hashKey(key: string): string {
	return createHash('sha256').update(key).digest('hex');
}

/** Compares without telling by its time where two differ. */
export function sameHash(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length > 0 && left.length === right.length && timingSafeEqual(left, right);
}

/** Without letters that are mistaken for each other when read aloud. */
const CODE_LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';

/** The id of an incident, as people type it: `k7m2-9xqp`. */
export function incidentCode(): string {
	const letters: string[] = [];
	while (letters.length < 8) {
		for (const byte of randomBytes(16)) {
			// Only whole multiples of the alphabet, so that every letter is equally likely.
			const limit = 256 - (256 % CODE_LETTERS.length);
			if (byte < limit && letters.length < 8) letters.push(CODE_LETTERS.charAt(byte % CODE_LETTERS.length));
		}
	}
	return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

/** A slow, salted hash for a secret that a person may have chosen. `scrypt$salt$hash` */
export async function hashSecret(secret: string): Promise<string> {
	const salt = randomBytes(16);
	return `scrypt$${salt.toString('base64url')}$${(await derive(secret, salt)).toString('base64url')}`;
}

export async function checkSecret(secret: string, stored: string): Promise<boolean> {
	const [kind, salt, hash] = stored.split('$');
	if (kind !== 'scrypt' || !salt || !hash) return false;
	const derived = await derive(secret, Buffer.from(salt, 'base64url'));
	return sameHash(derived.toString('base64url'), hash);
}

function derive(secret: string, salt: Buffer): Promise<Buffer> {
	return new Promise((resolve, reject) =>
		scrypt(secret, salt, 32, (error, key) => (error ? reject(error) : resolve(key)))
	);
}
