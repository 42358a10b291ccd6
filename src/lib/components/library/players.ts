/** Muster's own players, as people read of them. */
export const RUN_PLAYERS: Record<string, { name: string; about: string }> = {
	ideal: { name: 'Reference', about: 'the author’s own line' },
	novice: { name: 'Novice', about: 'follows the runbook to the letter' },
	hasty: { name: 'Hasty', about: 'does the first thing that looks plausible' },
	random: { name: 'Guesser', about: 'tries mitigations by chance' },
	none: { name: 'Nobody', about: 'the system is left to itself' }
};
