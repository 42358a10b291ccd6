import type { IncidentEvent } from '../incident/event.ts';
import { ENGINE_VERSION } from '../engine/types.ts';
import type { Engine } from '../engine/types.ts';
import { canonicalJson } from '../scenario/canonical-json.ts';
import type { LogFile } from './log-file.ts';
import { replay } from './replay.ts';

export type Verification =
	| { ok: true; events: number; commands: number; hash: string }
	| {
			ok: false;
			code: 'not_practice' | 'other_engine' | 'other_scenario' | 'differs' | 'refused' | 'other_hash';
			/** The event at fault, where it is one. */
			seq: number | null;
			message: string;
	  };

/** Does a log re-derive? Replays its commands and compares every event up to `run.ended`, then the state's hash. */
export function verifyLog(engine: Engine, log: LogFile): Verification {
	const { header } = log;
	if (header.origin !== 'practice' || header.seed === null || header.settings === null) {
		return {
			ok: false,
			code: 'not_practice',
			seq: null,
			message: 'a real incident has no simulation to derive its events from'
		};
	}
	if (header.engineVersion !== ENGINE_VERSION) {
		return {
			ok: false,
			code: 'other_engine',
			seq: null,
			message: `this log was made by engine ${header.engineVersion ?? 'unknown'}, this is engine ${ENGINE_VERSION}: the same commands may have other effects here`
		};
	}
	if (header.contentHash !== engine.compiled.contentHash) {
		return {
			ok: false,
			code: 'other_scenario',
			seq: null,
			message: `this log was played with another version of ${header.scenario ?? 'the scenario'} (${header.contentHash ?? '?'}, here ${engine.compiled.contentHash})`
		};
	}
	const end = log.events.findIndex((event) => event.type === 'run.ended');
	const recorded = end === -1 ? log.events : log.events.slice(0, end + 1);
	// A run that goes on is derived as far as its log goes.
	const times = end === -1 ? [...recorded, ...log.commands] : recorded;
	const lastMs = times.reduce((latest, { simMs }) => Math.max(latest, simMs ?? 0), 0);
	const commands = log.commands.filter((command) => (command.simMs ?? 0) <= lastMs);
	const { seed, settings } = header;
	const derived = replay(engine, { seed, settings, commands, untilMs: lastMs, untilEvents: recorded.length });
	for (const [index, event] of recorded.entries()) {
		const other = derived.events[index];
		const difference = other ? firstDifference(event, other) : 'nothing was derived';
		if (difference === null) continue;
		const refused = derived.refused[0];
		const why = refused ? ` (a command of the log was refused: ${refused.body.type}: ${refused.message})` : '';
		const message = `event ${event.seq} (${event.type}) is not re-derived: ${difference}${why}`;
		return { ok: false, code: 'differs', seq: event.seq, message };
	}
	const extra = derived.events[recorded.length];
	if (end !== -1 && extra) {
		const message = `after event ${recorded.length} the log lacks one that was derived: ${extra.type}`;
		return { ok: false, code: 'differs', seq: extra.seq, message };
	}
	const refused = derived.refused[0];
	if (refused) {
		const message = `a command of the log is refused now: ${refused.body.type}: ${refused.message}`;
		return { ok: false, code: 'refused', seq: null, message };
	}
	const hash = engine.hash(derived.state);
	if (end !== -1 && header.hash !== null && header.hash !== hash) {
		return {
			ok: false,
			code: 'other_hash',
			seq: null,
			message: `all events are re-derived, but the run ends in state ${hash} and the log says ${header.hash}`
		};
	}
	return { ok: true, events: recorded.length, commands: derived.commands.length, hash };
}

/** Where two events differ, beside what the moment of storing gave them; null where nowhere. Paths as `payload.severity`. */
function firstDifference(recorded: IncidentEvent, derived: IncidentEvent): string | null {
	const { recordedAt: _recordedAt, ...a } = recorded;
	const { recordedAt: _otherRecordedAt, ...b } = derived;
	return differenceAt('', a, b);
}

function differenceAt(path: string, recorded: unknown, derived: unknown): string | null {
	if (isRecord(recorded) && isRecord(derived)) {
		for (const key of new Set([...Object.keys(recorded), ...Object.keys(derived)])) {
			const found = differenceAt(path === '' ? key : `${path}.${key}`, recorded[key], derived[key]);
			if (found !== null) return found;
		}
		return null;
	}
	const [was, is] = [canonicalJson(recorded ?? null), canonicalJson(derived ?? null)];
	return was === is ? null : `${path} is ${short(was)} in the log and ${short(is)} derived`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function short(text: string): string {
	return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
