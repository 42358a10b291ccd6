import { describe, expect, it } from 'vitest';
import { plainEngine } from '../engine/testing/player.ts';
import type { IncidentEvent } from '../incident/event.ts';
import { smallScenario } from '../world/testing/small-scenario.ts';
import { readLog } from './log-file.schema.ts';
import { writeLog, type LogFile } from './log-file.ts';
import { logOf } from './log-of.ts';
import { ScriptPolicy } from './script-policy.ts';
import { simulate } from './simulate.ts';
import { verifyLog } from './verify.ts';

const engine = plainEngine();
const run = simulate(engine, { seed: 's', policy: new ScriptPolicy('ideal', engine.compiled.scenario.ideal) });
const log = logOf(engine, run);
const replaceEvent = (seq: number, change: (event: IncidentEvent) => IncidentEvent): LogFile => ({
	...log,
	events: log.events.map((event) => (event.seq === seq ? change(event) : event))
});
const seqOf = (type: string) => log.events.find((event) => event.type === type)?.seq ?? expect.fail(`no ${type}`);

describe('verification', () => {
	it('[LB5] accepts a log as it is written and read', () => {
		const read = readLog(writeLog(log));
		if (!read.ok) return expect.fail(read.problem.message);
		expect(read.log).toEqual(log);
		expect(verifyLog(plainEngine(), read.log)).toEqual({
			ok: true,
			events: log.events.length,
			commands: log.commands.length,
			hash: log.header.hash
		});
	});

	it('[LB5] accepts what Muster and people add after the end', () => {
		const end = log.events.at(-1) ?? expect.fail();
		const body = { type: 'note.added', payload: { text: 'late', said: null } } as unknown as IncidentEvent;
		const more = { ...log, events: [...log.events, { ...end, ...body, seq: end.seq + 1 }] };
		expect(verifyLog(engine, more).ok).toBe(true);
	});

	it('[LB5] accepts a log of a run that goes on, at every command', () => {
		for (const { n } of log.commands) {
			const next = log.events.findIndex(({ causedBy }) => causedBy !== null && causedBy > n);
			const cut = next === -1 ? log.events.length : next;
			// What time alone brings between two commands is not known from the commands: cut at the last event caused.
			const events = log.events
				.slice(0, cut)
				.filter((event) => (event.simMs ?? 0) <= (log.commands[n - 1]?.simMs ?? 0));
			const part = { header: { ...log.header, hash: null }, commands: log.commands.slice(0, n), events };
			expect(verifyLog(engine, part)).toMatchObject({ ok: true, events: events.length, commands: n });
		}
	});

	const tampered: [string, LogFile, string, RegExp][] = [
		['a real incident', { ...log, header: { ...log.header, origin: 'real' } }, 'not_practice', /real incident/],
		['another engine', { ...log, header: { ...log.header, engineVersion: '0' } }, 'other_engine', /engine 0/],
		[
			'another scenario',
			{ ...log, header: { ...log.header, contentHash: 'abc' } },
			'other_scenario',
			/another version/
		],
		['another hash', { ...log, header: { ...log.header, hash: 'abc' } }, 'other_hash', /abc/],
		['another seed', { ...log, header: { ...log.header, seed: 'other' } }, 'differs', /is not re-derived/],
		[
			'an event at another time',
			replaceEvent(seqOf('incident.declared'), (event) => ({ ...event, occurredAt: event.occurredAt - 60_000 })),
			'differs',
			/incident\.declared.*occurredAt/
		],
		[
			'another payload',
			replaceEvent(seqOf('incident.declared'), (event) =>
				event.type === 'incident.declared' ? { ...event, payload: { ...event.payload, severity: 'P4' } } : event
			),
			'differs',
			/payload\.severity is "P4" in the log and "P1" derived/
		],
		[
			'another audience',
			replaceEvent(seqOf('impact.started'), (event) => ({ ...event, audience: { kind: 'everyone' } })),
			'differs',
			/audience\.kind/
		],
		['an event taken out', { ...log, events: log.events.filter(({ seq }) => seq !== 8) }, 'differs', /event/],
		[
			'a command taken out',
			{ ...log, commands: log.commands.filter(({ body }) => body.type !== 'acknowledgeAlert') },
			'differs',
			/alert\.acknowledged/
		],
		[
			'a command of somebody else',
			{
				...log,
				commands: log.commands.map((c) =>
					c.body.type === 'beginRun' ? { ...c, by: { participantId: 'p9', host: false } } : c
				)
			},
			'differs',
			/refused: beginRun/
		]
	];
	it.each(tampered)('[LB6] refuses %s', (_name, changed, code, message) => {
		const verified = verifyLog(engine, changed);
		expect(verified).toMatchObject({ ok: false, code });
		expect('message' in verified && verified.message).toMatch(message);
	});

	it('[LB6] refuses a scenario whose content has changed', () => {
		const other = plainEngine(smallScenario((yaml) => yaml.replace('over: 2m', 'over: 3m')));
		expect(verifyLog(other, log)).toMatchObject({ ok: false, code: 'other_scenario' });
	});
});

describe('a log file', () => {
	const lines = writeLog(log).trimEnd().split('\n');
	const head = log.commands.length + 1;
	const broken: [string, string[], number, string][] = [
		['no JSON', [...lines.slice(0, 3), '{"event":', ...lines.slice(3)], 4, 'not_json'],
		['neither header, command nor event', [...lines, '{"hello":1}'], lines.length + 1, 'not_a_log_line'],
		['a header of another format', ['{"header":{"format":"other"}}', ...lines.slice(1)], 1, 'not_a_header'],
		['no header', lines.slice(1), 1, 'no_header'],
		[
			'a command that is none',
			[...lines.slice(0, 1), (lines[1] ?? '').replace('"join"', '"jump"')],
			2,
			'not_a_command'
		],
		[
			'an event that is none',
			[...lines, '{"event":{"seq":1,"type":"alert.exploded","payload":{}}}'],
			lines.length + 1,
			'not_an_event'
		],
		['an event left out', lines.toSpliced(head + 1, 1), head + 2, 'order']
	];
	it.each(broken)('[LB6] with %s is refused at its line', (_name, text, line, code) => {
		expect(readLog(text.join('\n'))).toMatchObject({ ok: false, problem: { line, code } });
	});
});
