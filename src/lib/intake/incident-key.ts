/** The id of an imported incident: always the same for the same source and id, so that importing twice finds the first. */

/** Without letters that are mistaken for each other when read aloud. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';

/** What is hashed for the id. The separator can stand in neither part. */
export function identity(source: string, id: string): string {
	return `${source}\u0000${id}`;
}

/**
 * Three groups of four letters from a SHA-256 (hexadecimal): sixty bits, so that among a million incidents two with the same id
 * are less likely than one in a million.
 */
export function importedIncidentId(sha256: string): string {
	let number = BigInt(`0x${sha256.slice(0, 32)}`);
	let letters = '';
	for (let i = 0; i < 12; i++) {
		letters += LETTERS.charAt(Number(number % 31n));
		number /= 31n;
	}
	return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
}
