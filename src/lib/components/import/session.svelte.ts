import type { Kind } from '$lib/intake/fields.ts';
import type { ImportReport } from '$lib/intake/report.ts';
import type { Analysis } from '$lib/intake/wire.ts';
import { lookAt, runOver, type Wanted } from './send.ts';

/** Where the page stands: a file is chosen, looked at, checked, imported. */
export type Phase =
	| { at: 'choosing' }
	| { at: 'looking' }
	| { at: 'ready' }
	| { at: 'working'; mode: 'check' | 'import'; done: number; total: number }
	| { at: 'done'; report: ImportReport };

/** One file on its way in. Whatever is chosen anew makes the last check void. */
export class ImportSession {
	file = $state.raw<File | null>(null);
	analysis = $state.raw<Analysis | null>(null);
	phase = $state.raw<Phase>({ at: 'choosing' });
	problem = $state('');
	/** What a check found; null until one was made for the choices as they are. */
	checked = $state.raw<ImportReport | null>(null);
	wanted = $state.raw<Wanted>({
		kind: null,
		source: '',
		zone: '',
		order: 'auto',
		mapping: null,
		emptySeverity: null,
		severities: {}
	});
	#looking: AbortController | null = null;
	#looked: Promise<void> = Promise.resolve();

	constructor(source: string, zone: string) {
		this.wanted = { ...this.wanted, source, zone };
	}

	get busy(): boolean {
		return this.phase.at === 'working';
	}

	async choose(file: File): Promise<void> {
		this.file = file;
		this.analysis = null;
		this.wanted = { ...this.wanted, kind: null, mapping: null, order: 'auto', severities: {}, emptySeverity: null };
		await this.#lookAgain();
	}

	/** Another choice: the file is looked at again with it. */
	async change(choice: Partial<Wanted>): Promise<void> {
		this.wanted = { ...this.wanted, ...choice };
		await this.#lookAgain();
	}

	/** Another kind has other fields: its columns are guessed anew. */
	async changeKind(kind: Kind): Promise<void> {
		await this.change({ kind, mapping: null });
	}

	/** Which column tells a field; empty for none. A column tells one thing only. */
	async map(field: string, column: string): Promise<void> {
		const mapping = Object.fromEntries(
			Object.entries(this.analysis?.choices.mapping ?? {}).filter(([one, taken]) => one !== field && taken !== column)
		);
		if (column !== '') mapping[field] = column;
		await this.change({ mapping });
	}

	async run(mode: 'check' | 'import', correct = false): Promise<void> {
		const { file } = this;
		if (!file || this.busy) return;
		// A press of the button may itself end the typing in a field: what was typed is looked at first.
		await this.#looked;
		if (!this.analysis || this.analysis.problem) return;
		this.problem = '';
		this.phase = { at: 'working', mode, done: 0, total: this.analysis?.rows ?? 0 };
		const result = await runOver(mode, file, this.wanted, correct, (done, total) => {
			this.phase = { at: 'working', mode, done, total };
		});
		if (!result.ok) {
			this.problem = result.message;
			this.phase = { at: 'ready' };
		} else if (mode === 'check') {
			this.checked = result.value;
			this.phase = { at: 'ready' };
		} else this.phase = { at: 'done', report: result.value };
	}

	/** Back to an empty page; source and zone stay as they were chosen. */
	again(): void {
		this.file = null;
		this.analysis = null;
		this.checked = null;
		this.problem = '';
		this.phase = { at: 'choosing' };
	}

	#lookAgain(): Promise<void> {
		this.#looked = this.#look();
		return this.#looked;
	}

	async #look(): Promise<void> {
		const { file } = this;
		if (!file) return;
		this.#looking?.abort();
		const looking = new AbortController();
		this.#looking = looking;
		this.checked = null;
		this.problem = '';
		this.phase = { at: 'looking' };
		const found = await lookAt(file, this.wanted, looking.signal);
		if (!found || looking.signal.aborted) return;
		if (found.ok) this.analysis = found.value;
		else this.problem = found.message;
		this.phase = this.analysis ? { at: 'ready' } : { at: 'choosing' };
	}
}
