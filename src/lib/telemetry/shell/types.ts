import type { CompiledScenario } from '../../scenario/library.ts';
import type { DiagnosticSpec } from '../../scenario/scenario.schema.ts';
import type { World, WorldState } from '../../world/index.ts';
import type { Observation } from '../types.ts';

/** What a command can look at: the system at one moment. What it prints is a function of this and of the line alone. */
export interface ShellView {
	world: World;
	state: WorldState;
	nowMs: number;
	observation: Pick<Observation, 'queryable' | 'logs'>;
}

/** What a line means, before anything is looked at. */
export type Reading =
	| {
			type: 'look';
			/** Two lines that ask the same have the same. */
			canonical: string;
			/** Lines about the same thing in whatever shape share it: who has written one answer has answered them all. */
			topic: string | null;
			kind: DiagnosticSpec['kind'];
			takesMs: number;
			print(view: ShellView): string;
	  }
	/** It would change the system; `subject` is the service it is about, where it names one. */
	| { type: 'change'; canonical: string; subject: string | null }
	/** The program is known, the rest is not; what to write instead. */
	| { type: 'wrong'; message: string; near: string[] }
	/** There is no such program here. */
	| { type: 'unknown' };

/** One program: reads its arguments, and knows how they can go on. */
export interface Program {
	/** Whole lines that show what it is for. `service` is one of the scenario. */
	examples(compiled: CompiledScenario): string[];
	read(args: readonly string[], compiled: CompiledScenario): Reading;
	/** Words that can stand next, given those before. */
	next?(before: readonly string[], view: ShellView): string[];
}

export const SECOND = 1_000;

export function look(
	canonical: string,
	kind: DiagnosticSpec['kind'],
	print: (view: ShellView) => string,
	takesMs = SECOND,
	topic: string | null = null
): Reading {
	return { type: 'look', canonical, topic, kind, takesMs, print };
}

export function wrong(message: string, near: string[] = []): Reading {
	return { type: 'wrong', message, near };
}
