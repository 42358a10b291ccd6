// The `muster` command: reads the first word and hands over to the file that does the work.
import { CommandError, printJson, UsageError } from './usage.ts';

interface Command {
	usage: string;
	about: string;
	load: () => Promise<{ run: (args: string[]) => Promise<number> }>;
}

const COMMANDS: Record<string, Command> = {
	serve: {
		usage: 'serve',
		about: 'start Muster; prints its address',
		load: () => import('./commands/serve.ts')
	},
	lint: {
		usage: 'lint [scenarios] [--json]',
		about: 'check scenarios, by id or path; problems as file:line:column: code: message',
		load: () => import('./commands/lint.ts')
	},
	new: {
		usage: 'new <slug> --topology shop|saas|stream|ledger|iot|platform [--in <folder>]',
		about: 'begin a scenario: a small one that passes lint and proof as it is',
		load: () => import('./commands/new.ts')
	},
	simulate: {
		usage:
			'simulate <scenario> [--seed N] [--policy none|ideal|novice|hasty|random|<file>] [--variant <id>] [--log <file>] [--json]',
		about: 'play a scenario without anybody watching',
		load: () => import('./commands/simulate.ts')
	},
	replay: {
		usage: 'replay <log.ndjson> [--verify] [--scenario <scenario>] [--json]',
		about: 'play an exported log again; --verify: does it give the same events?',
		load: () => import('./commands/replay.ts')
	},
	export: {
		usage:
			'export <incident-id> [--format md|json|ndjson] [--out <file>]\n  export <scenario> --promtool [--seed N] [--out <folder>]',
		about: 'the post-mortem or the log of an incident; a scenario’s rules, series and alerts as a promtool unit test',
		load: () => import('./commands/export.ts')
	},
	prove: {
		usage: 'prove [scenarios] [--seeds N] [--variant-seeds N] [--jobs N] [--json]',
		about: 'hold scenarios against what they promise, by simulation',
		load: () => import('./commands/prove.ts')
	},
	report: {
		usage: 'report [--period 90d] [--origin practice|real|all] [--format md|json] [--out <file>]',
		about: 'the improvement report over what is stored, from the running server or the database',
		load: () => import('./commands/report.ts')
	},
	stats: {
		usage:
			'stats <incidents.csv> [--json] [--map theirs=ours] [--as-of time] [--due P1,P2] [--repeat-window 90d] [--zone Europe/Paris]',
		about: 'figures of a file of incidents: MTTR, detection, MTBF, rates, survival, opportunities',
		load: () => import('./commands/stats.ts')
	},
	import: {
		usage:
			'import <file> [--zone Europe/Paris] [--source <tool>] [--map theirs=ours] [--severity theirs=P1] [--empty-severity P3] [--dates day|month] [--correct] [--dry-run] [--json]',
		about: 'real incidents, or events of them, from CSV or JSON; importing twice changes nothing',
		load: () => import('./commands/import.ts')
	},
	'import-msel': {
		usage: 'import-msel <list.csv> --into <scenario> [--start 14:00] [--dry-run] [--json]',
		about: 'injects from a spreadsheet: time, from, to, channel, text, expected reaction',
		load: () => import('./commands/import-msel.ts')
	},
	draft: {
		usage: 'draft <postmortem.md|incident-id> [--as <slug>] [--into <folder>] [--topology saas] [--json]',
		about: 'a draft scenario from a post-mortem, with a list of what a person must still decide',
		load: () => import('./commands/draft.ts')
	},
	schema: {
		usage: 'schema [--check]',
		about: 'write the JSON Schemas that editors check scenarios with, and the authoring guide',
		load: () => import('./commands/schema.ts')
	},
	promqltest: {
		usage: 'promqltest <files> [--json]',
		about: "run scripts of Prometheus' PromQL test language against Muster's evaluator",
		load: () => import('./commands/promqltest.ts')
	},
	rules: {
		usage: 'rules check <files> [--json] | rules rehearse <file> [--scenarios a,b] [--map <file>] [--seed N] [--json]',
		about: 'check Prometheus rule files, or rehearse them: would they have told in time?',
		load: () => import('./commands/rules.ts')
	},
	golden: {
		usage: 'golden [scenarios | --all] [--check] [--jobs N] [--reason "…"]',
		about: 'play the reference runs again and write expected.json',
		load: () => import('./commands/golden.ts')
	}
};

/** Tells in one sentence why a command could not do its work. A fault of Muster itself is thrown on, with its trace. */
function fail(name: string, usage: string, error: unknown): number {
	if (error instanceof UsageError) {
		console.error(`muster ${name}: ${error.message}\n\nusage: muster ${usage}`);
		return 2;
	}
	if (!(error instanceof CommandError)) throw error;
	if (args.includes('--json')) printJson({ error: { code: error.code, message: error.message } });
	else console.error(`muster ${name}: ${error.code}: ${error.message}`);
	return 1;
}

function help(): string {
	const commands = Object.values(COMMANDS).map(({ usage, about }) => `  ${usage}\n      ${about}`);
	return `muster <command>\n\n${commands.join('\n')}`;
}

const [name, ...args] = process.argv.slice(2);
if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
	if (name === undefined) console.error(help());
	else console.log(help());
	process.exitCode = name === undefined ? 2 : 0;
} else {
	const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	if (!command) {
		console.error(`muster: unknown command "${name}"\n\n${help()}`);
		process.exitCode = 2;
	} else if (args.includes('--help') || args.includes('-h')) {
		console.log(`${command.about}\n\nusage: muster ${command.usage}`);
	} else {
		try {
			process.exitCode = await (await command.load()).run(args);
		} catch (error) {
			process.exitCode = fail(name, command.usage, error);
		}
	}
}
