import type { Refusal } from '$lib/incident/refusal.ts';
import type {
	PreviewLine,
	StudioDocument,
	StudioPlayer,
	StudioProblem,
	StudioRun,
	StudioSaved,
	StudioSystem,
	StudioVersion
} from '$lib/protocol/studio.ts';
import { getJson, sendJson } from './http.ts';
import { forgetDraft, keepDraft, readDraft, sameFiles, type Files } from './studio-draft.ts';

/** So long after the last key the scenario is read and played. */
const PAUSE_MS = 600;

/** What somebody else saved while one wrote. */
export interface StudioConflict {
	version: number;
	files: Files;
}

/** One scenario at one author's desk: its files, what of them is saved, and what the server says of them. */
export class StudioSession {
	readonly id: string;
	readonly shipped: boolean;
	files = $state.raw<Files>({});
	file = $state('scenario.yaml');
	/** The version that the text was begun on. */
	version = $state(0);
	offered = $state<number | null>(null);
	versions = $state.raw<StudioVersion[]>([]);
	saving = $state(false);
	/** Why the last save, or something else, did not work. */
	problem = $state('');
	conflict = $state.raw<StudioConflict | null>(null);
	/** When the draft was written that was found in this browser. */
	restoredAt = $state<number | null>(null);
	/** Set aside when the other's text was taken. */
	aside = $state.raw<Files | null>(null);

	checking = $state(false);
	problems = $state.raw<StudioProblem[]>([]);
	/** What loaded last: it stays while the present text does not load. */
	system = $state.raw<StudioSystem | null>(null);
	/** Whether `system` and `runs` are of an older text. */
	stale = $state(false);
	runs = $state.raw<Partial<Record<StudioPlayer, StudioRun>>>({});
	previewFailure = $state('');
	seed = $state('1');

	#saved: Files = {};
	#timer: ReturnType<typeof setTimeout> | null = null;
	#abort: AbortController | null = null;

	constructor({ id, shipped, version, offered, files, versions }: StudioDocument) {
		this.id = id;
		this.shipped = shipped;
		this.files = files;
		this.#saved = files;
		Object.assign(this, { version, offered, versions });
	}

	readonly paths = $derived.by(() => Object.keys(this.files).sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1)));
	readonly dirty = $derived.by(() => {
		void this.version;
		return !sameFiles(this.files, this.#saved);
	});
	readonly errors = $derived(this.problems.filter(({ severity }) => severity === 'error').length);

	/** In the browser: brings back what was not saved, and reads the scenario for the first time. */
	start(): void {
		const draft = this.shipped ? null : readDraft(this.id);
		if (draft && !sameFiles(draft.files, this.files)) {
			if (draft.version < this.version) this.conflict = { version: this.version, files: this.files };
			this.version = draft.version;
			this.files = draft.files;
			this.restoredAt = draft.at;
		} else if (draft) forgetDraft(this.id);
		this.#preview(0);
	}

	stop(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#abort?.abort();
	}

	edit(path: string, text: string): void {
		if (this.files[path] === text) return;
		this.#set({ ...this.files, [path]: text });
	}

	addFile(path: string, text: string): void {
		this.#set({ ...this.files, [path]: text });
		this.file = path;
	}

	removeFile(path: string): void {
		this.#set(Object.fromEntries(Object.entries(this.files).filter(([name]) => name !== path)));
		if (this.file === path) this.file = 'scenario.yaml';
	}

	/** Puts an older version's text in place of the present one; it is saved like any other change. */
	putBack(files: Files): void {
		this.#set(files);
		if (!Object.hasOwn(files, this.file)) this.file = 'scenario.yaml';
	}

	discard(): void {
		this.restoredAt = null;
		this.putBack(this.#saved);
	}

	replay(seed: string): void {
		this.seed = seed;
		this.#preview(0);
	}

	async save(note: string): Promise<boolean> {
		if (this.saving || this.shipped) return false;
		this.saving = true;
		this.problem = '';
		const files = this.files;
		const answer = await sendJson<StudioSaved>('PUT', `/api/studio/${this.id}`, { after: this.version, files, note });
		this.saving = false;
		if (!answer.ok) return this.#refused(answer);
		this.#saved = files;
		this.conflict = null;
		this.restoredAt = null;
		const { version, offered, versions } = answer.value;
		Object.assign(this, { version, offered, versions });
		if (sameFiles(files, this.files)) forgetDraft(this.id);
		else this.#keep();
		return true;
	}

	async #refused({ code, message }: Refusal): Promise<boolean> {
		this.problem = message;
		if (code !== 'wrong_state') return false;
		const latest = await getJson<StudioDocument>(`/api/studio/${this.id}`);
		if (latest.ok && latest.value.version > this.version) {
			this.conflict = { version: latest.value.version, files: latest.value.files };
			this.versions = latest.value.versions;
			this.offered = latest.value.offered;
		}
		return false;
	}

	/** Saves one's own text on top of the other's, which stays as the version before. */
	async keepMine(): Promise<void> {
		if (!this.conflict) return;
		this.#saved = this.conflict.files;
		this.version = this.conflict.version;
		this.problem = '';
		await this.save('On top of somebody else’s change');
	}

	/** Goes on with the other's text; one's own is set aside and can be brought back. */
	takeTheirs(): void {
		if (!this.conflict) return;
		this.aside = this.files;
		this.#saved = this.conflict.files;
		this.version = this.conflict.version;
		this.conflict = null;
		this.problem = '';
		this.restoredAt = null;
		this.putBack(this.#saved);
	}

	bringBack(): void {
		if (!this.aside) return;
		const files = this.aside;
		this.aside = null;
		this.putBack(files);
	}

	#set(files: Files): void {
		this.files = files;
		this.#keep();
		this.#preview(PAUSE_MS);
	}

	#keep(): void {
		if (this.shipped) return;
		if (sameFiles(this.files, this.#saved)) forgetDraft(this.id);
		else if (!keepDraft(this.id, { version: this.version, files: this.files, at: Date.now() })) {
			this.problem = 'This browser has no room for a draft: save now and then.';
		}
	}

	#preview(afterMs: number): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.checking = true;
		this.#timer = setTimeout(() => void this.#ask(), afterMs);
	}

	async #ask(): Promise<void> {
		this.#abort?.abort();
		const abort = (this.#abort = new AbortController());
		try {
			const response = await fetch('/api/studio/preview', {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ id: this.id, files: this.files, seed: this.seed }),
				signal: abort.signal
			});
			if (!response.ok || !response.body) {
				const answer = (await response.json().catch(() => null)) as { message?: string } | null;
				this.previewFailure = answer?.message ?? `Muster answered ${response.status} and gave no reason.`;
				this.stale = this.system !== null;
			} else await this.#read(response.body, abort.signal);
		} catch {
			if (!abort.signal.aborted) this.previewFailure = 'Muster does not answer. Your text is kept in this browser.';
		}
		if (this.#abort === abort) this.checking = false;
	}

	async #read(body: ReadableStream<Uint8Array<ArrayBuffer>>, signal: AbortSignal): Promise<void> {
		const reader = body.pipeThrough(new TextDecoderStream()).getReader();
		let rest = '';
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			const lines = (rest + part.value).split('\n');
			rest = lines.pop() ?? '';
			for (const line of lines) if (!signal.aborted) this.#hear(JSON.parse(line) as PreviewLine);
		}
	}

	#hear(line: PreviewLine): void {
		switch (line.type) {
			case 'waiting':
			case 'done':
				break;
			case 'checked':
				this.previewFailure = '';
				this.problems = line.problems;
				this.stale = line.system === null && this.system !== null;
				// The runs before stay until the new ones come, one after the other: nothing jumps while one types.
				if (line.system) this.system = line.system;
				break;
			case 'run':
				this.runs = { ...this.runs, [line.run.player]: line.run };
				break;
			case 'failed':
				this.previewFailure = line.message;
				break;
		}
	}
}

function order(path: string): number {
	return path === 'scenario.yaml' ? 0 : path === 'rules.yaml' ? 1 : 2;
}
