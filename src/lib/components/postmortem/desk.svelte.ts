import { createContext } from 'svelte';
import type { SharedDocument } from '$lib/client/shared-document.svelte.ts';
import { clockWords, type ClockWords } from '$lib/postmortem/clock-words.ts';
import type { Anchor, Thread } from '$lib/postmortem/comments.ts';
import { findLacks, type Lack } from '$lib/postmortem/completeness.ts';
import type { PostmortemDocument } from '$lib/postmortem/document.ts';
import type { PostmortemHistoryAnswer } from '$lib/protocol/messages.ts';
import type { LogEntry } from '$lib/protocol/postmortem.ts';
import { entriesOf, namesOf, type Around } from './around.ts';

/** Everything that the parts of the post-mortem's page share: the document, the log beside it, who is who. */
export class Desk {
	readonly shared: SharedDocument;
	/** Section and line whose comments are open, as `anchorKey` gives it. */
	openAnchor = $state<string | null>(null);
	corrections = $state.raw<PostmortemHistoryAnswer['corrections']>([]);
	versions = $state.raw<PostmortemHistoryAnswer['versions']>([]);

	#around: () => Around;
	names: ReadonlyMap<string, string>;
	bySeq: ReadonlyMap<number, LogEntry>;
	clock: ClockWords;
	lacks: Lack[];

	constructor(shared: SharedDocument, around: () => Around) {
		this.shared = shared;
		this.#around = around;
		this.names = $derived(namesOf(around()));
		this.bySeq = $derived(entriesOf(around()));
		this.clock = $derived(clockWords(around().timeZone));
		this.lacks = $derived(this.document ? findLacks(this.document, this.#aids()) : []);
	}

	get document(): PostmortemDocument | null {
		return this.shared.document;
	}
	get readonly(): boolean {
		return this.#around().readonly;
	}
	get today(): string {
		return this.#around().today;
	}
	get log(): LogEntry[] {
		return this.#around().log;
	}
	/** Names that the blameless aid looks for. */
	get who(): string[] {
		return [...this.names.values()];
	}

	nameOf(participantId: string): string {
		return this.names.get(participantId) ?? 'Somebody who left';
	}

	threadsAt(anchor: Anchor): Thread[] {
		return this.shared.threads.filter((thread) => anchorKey(thread.anchor) === anchorKey(anchor));
	}

	/** Asks who corrected what; kept as it was where the server cannot be asked. */
	async readHistory(): Promise<string | null> {
		const answer = await this.shared.history();
		if (!answer.ok) return answer.message;
		this.corrections = answer.corrections;
		this.versions = answer.versions;
		return null;
	}

	#aids() {
		const openThreads = this.shared.threads.filter(({ resolvedBy }) => resolvedBy === null).map(({ anchor }) => anchor);
		return { names: this.who, openThreads };
	}
}

export function anchorKey({ section, itemId }: Anchor): string {
	return itemId === null ? section : `${section}/${itemId}`;
}

/** The id of the element that a finding or a comment leads to. */
export function anchorId(anchor: Anchor): string {
	return `at-${anchorKey(anchor).replace(/[^\w-]/g, '-')}`;
}

export const [useDesk, provideDesk] = createContext<Desk>();
