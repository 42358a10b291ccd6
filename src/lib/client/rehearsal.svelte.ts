import type {
	RehearsalCounts,
	RehearsalLine,
	RehearsalOrder,
	RehearsedScenarioRows,
	RuleProblemLine
} from '$lib/protocol/rehearsal.ts';

/** One rehearsal as it goes on: sends the rules, and reads what comes back line by line. */
export class Rehearsal {
	running = $state(false);
	/** Where it stands, in words; '' while nothing is under way. */
	stage = $state('');
	/** 0..1, or null while it waits for its turn. */
	share = $state<number | null>(null);
	rules = $state(0);
	problems = $state.raw<readonly RuleProblemLine[]>([]);
	/** The file could not be used at all. */
	refused = $state(false);
	/** Why it could not be carried through. */
	failure = $state('');
	results = $state.raw<readonly RehearsedScenarioRows[]>([]);
	counts = $state.raw<{ team: RehearsalCounts; muster: RehearsalCounts } | null>(null);
	#abort: AbortController | null = null;

	async start(order: RehearsalOrder): Promise<void> {
		this.stop();
		const abort = (this.#abort = new AbortController());
		Object.assign(this, {
			running: true,
			stage: 'Sending the rules',
			share: null,
			rules: 0,
			refused: false,
			failure: ''
		});
		Object.assign(this, { problems: [], results: [], counts: null });
		try {
			const response = await fetch('/api/rehearse', {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(order),
				signal: abort.signal
			});
			if (!response.ok || !response.body) {
				const answer = (await response.json().catch(() => null)) as { message?: string } | null;
				this.failure = answer?.message ?? `Muster answered ${response.status} and gave no reason.`;
			} else await this.#read(response.body);
		} catch {
			if (!abort.signal.aborted) this.failure = 'Muster does not answer. Look at your connection, then try again.';
		}
		if (this.#abort !== abort) return;
		this.running = false;
		this.stage = '';
	}

	stop(): void {
		this.#abort?.abort();
		this.#abort = null;
		this.running = false;
		this.stage = '';
	}

	async #read(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
		const reader = body.pipeThrough(new TextDecoderStream()).getReader();
		let rest = '';
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			const lines = (rest + part.value).split('\n');
			rest = lines.pop() ?? '';
			for (const line of lines) this.#hear(JSON.parse(line) as RehearsalLine);
		}
	}

	#hear(line: RehearsalLine): void {
		switch (line.type) {
			case 'waiting':
				this.stage = `Waiting for ${line.ahead === 1 ? 'another rehearsal' : `${line.ahead} other rehearsals`}`;
				break;
			case 'refused':
				this.refused = true;
				this.problems = line.problems;
				break;
			case 'checked':
				this.rules = line.rules;
				this.problems = line.problems;
				break;
			case 'progress':
				this.stage = `Scenario ${line.at} of ${line.of}: ${line.scenario}`;
				this.share = (line.at - 1 + line.share) / line.of;
				break;
			case 'scenario':
				this.results = [...this.results, line.result];
				break;
			case 'done':
				this.counts = { team: line.team, muster: line.muster };
				break;
			case 'failed':
				this.failure = line.message;
				break;
		}
	}
}
