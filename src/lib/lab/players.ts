/** Every policy that a scenario is measured with, made anew for each run. */
import type { CompiledScenario } from '../scenario/library.ts';
import { NOBODY, type Policy } from './policy.ts';
import { ScriptPolicy } from './script-policy.ts';
import { HASTY, NOVICE, RANDOM } from './tempers.ts';
import { Trainee } from './trainee.ts';

export const PLAYERS = ['none', 'ideal', 'novice', 'hasty', 'random'] as const;
export type PlayerName = (typeof PLAYERS)[number];

/** A fresh player: nobody, the author's reference, or a trainee who knows no scenario. */
export function playerOf(name: PlayerName, compiled: CompiledScenario, seed: string): Policy {
	switch (name) {
		case 'none':
			return NOBODY;
		case 'ideal':
			return new ScriptPolicy('ideal', compiled.scenario.ideal);
		case 'novice':
			return new Trainee(NOVICE, seed);
		case 'hasty':
			return new Trainee(HASTY, seed);
		case 'random':
			return new Trainee(RANDOM, seed);
	}
}

export function isPlayerName(name: string): name is PlayerName {
	return (PLAYERS as readonly string[]).includes(name);
}
