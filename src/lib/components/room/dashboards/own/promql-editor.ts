/** CodeMirror with PromQL, apart, so that it is loaded when somebody writes a query. */
import {
	autocompletion,
	closeBrackets,
	closeBracketsKeymap,
	closeCompletion,
	completionKeymap,
	type CompletionContext,
	type CompletionResult
} from '@codemirror/autocomplete';
import { history, historyKeymap, insertNewline, standardKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { forEachDiagnostic } from '@codemirror/lint';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, keymap, placeholder, type DecorationSet } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { PrometheusClient } from '@prometheus-io/codemirror-promql/dist/esm/client/prometheus.js';
// By its parts: the whole brings a client that speaks HTTP and its cache, which nothing here needs.
import { HybridComplete } from '@prometheus-io/codemirror-promql/dist/esm/complete/hybrid.js';
import { newLintStrategy, promQLLinter } from '@prometheus-io/codemirror-promql/dist/esm/lint/index.js';
import { LanguageType, promQLLanguage } from '@prometheus-io/codemirror-promql/dist/esm/promql.js';

export interface EditorSetup {
	text: string;
	label: string;
	/** Id of the words that say how it is used. */
	describedBy: string;
	client: PrometheusClient;
	onchange: (text: string) => void;
	/** What the editor itself finds wrong while one types; null for nothing. */
	onproblem: (problem: { message: string; from: number } | null) => void;
	onrun: () => void;
}

export interface QueryEditor {
	setText(text: string): void;
	/** Marks what the server could not read. Gone with the next change. */
	mark(at: { from: number; to: number } | null): void;
	focus(): void;
	destroy(): void;
}

const setMark = StateEffect.define<{ from: number; to: number } | null>();

const marked = StateField.define<DecorationSet>({
	create: () => Decoration.none,
	update(value, transaction) {
		let next = transaction.docChanged ? Decoration.none : value;
		for (const effect of transaction.effects) {
			if (!effect.is(setMark)) continue;
			next = effect.value ? markIn(transaction.newDoc.length, effect.value) : Decoration.none;
		}
		return next;
	},
	provide: (field) => EditorView.decorations.from(field)
});

/** An error at the end of the text has no character of its own: the last one stands for it. */
function markIn(length: number, at: { from: number; to: number }): DecorationSet {
	const to = Math.min(length, Math.max(at.to, at.from + 1));
	const from = Math.max(0, Math.min(at.from, to - 1));
	return to > from ? Decoration.set(Decoration.mark({ class: 'cm-refused' }).range(from, to)) : Decoration.none;
}

const colours = HighlightStyle.define([
	{ tag: tags.variableName, color: 'var(--ink)' },
	{
		tag: [tags.keyword, tags.modifier, tags.operatorKeyword],
		color: 'var(--series-1-ink, var(--ink))',
		fontWeight: '600'
	},
	{ tag: [tags.function(tags.variableName)], color: 'var(--ink)', fontWeight: '600' },
	{ tag: tags.labelName, color: 'var(--sev-3)' },
	{ tag: [tags.string, tags.special(tags.string)], color: 'var(--ok)' },
	{ tag: [tags.number, tags.float, tags.integer], color: 'var(--sev-2)' },
	{ tag: tags.operator, color: 'var(--ink-2)' },
	{ tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' }
]);

const look = EditorView.theme({
	'&': { backgroundColor: 'var(--surface-1)', borderRadius: 'var(--radius-s)', border: '1px solid var(--line-field)' },
	'&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
	'.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', maxHeight: '180px' },
	'.cm-content': { padding: '7px 0', caretColor: 'var(--ink)', minHeight: '34px' },
	'.cm-line': { padding: '0 9px' },
	'.cm-placeholder': { color: 'var(--ink-3)' },
	'.cm-refused': { textDecoration: 'underline wavy var(--sev-1)', backgroundColor: 'var(--sev-1-soft)' },
	'.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--sev-1)' },
	'&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--surface-3)' },
	'.cm-tooltip': {
		backgroundColor: 'var(--surface-1)',
		color: 'var(--ink)',
		border: '1px solid var(--line)',
		borderRadius: 'var(--radius)',
		boxShadow: 'var(--shadow)',
		overflow: 'hidden'
	},
	'.cm-tooltip.cm-tooltip-autocomplete > ul': {
		fontFamily: 'var(--mono)',
		fontSize: 'var(--text-s)',
		maxHeight: '220px'
	},
	'.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px' },
	'.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--surface-3)', color: 'var(--ink)' },
	'.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '650' },
	'.cm-completionDetail': { color: 'var(--ink-2)', fontStyle: 'normal', marginLeft: '12px' },
	'.cm-tooltip.cm-completionInfo': { padding: '6px 10px', maxWidth: '320px', fontSize: 'var(--text-s)' },
	'.cm-diagnostic': { padding: '6px 10px', fontSize: 'var(--text-s)', borderLeftColor: 'var(--sev-1)' }
});

/** Where something has to follow, the editor offers it before the first letter: labels after a brace, values after a quote. */
const EXPECTS = /[{(,="']$/;

/** At the end of an expression nothing is offered unasked: Enter runs the query there, and must not add an operator. */
async function suggested(context: CompletionContext, complete: HybridComplete): Promise<CompletionResult | null> {
	const found = await complete.promQL(context);
	if (found === null || context.explicit || found.from < context.pos) return found;
	return EXPECTS.test(context.state.sliceDoc(0, context.pos)) ? found : null;
}

export function createQueryEditor(host: HTMLElement, setup: EditorSetup): QueryEditor {
	const language = promQLLanguage(LanguageType.PromQL);
	const complete = new HybridComplete(setup.client);
	const lint = newLintStrategy();
	let problem = '';
	const view = new EditorView({
		parent: host,
		state: EditorState.create({
			doc: setup.text,
			extensions: [
				history(),
				bracketMatching(),
				closeBrackets(),
				autocompletion({ icons: false, maxRenderedOptions: 60, interactionDelay: 30 }),
				language,
				language.data.of({ autocomplete: (context: CompletionContext) => suggested(context, complete) }),
				promQLLinter(lint.promQL.bind(lint), lint),
				syntaxHighlighting(colours),
				look,
				marked,
				placeholder('sum by (service) (rate(http_requests_total[5m]))'),
				EditorView.lineWrapping,
				EditorView.contentAttributes.of({
					'aria-label': setup.label,
					'aria-describedby': setup.describedBy,
					autocapitalize: 'off',
					spellcheck: 'false'
				}),
				// An open list of completions takes Enter first. Tab is left to those who walk through the page.
				keymap.of([
					{ key: 'Shift-Enter', run: insertNewline },
					{
						key: 'Enter',
						run: (target) => {
							// One that is still being looked for must not open over the answer.
							closeCompletion(target);
							setup.onrun();
							return true;
						}
					},
					...closeBracketsKeymap,
					...completionKeymap,
					...historyKeymap,
					...standardKeymap
				]),
				EditorView.updateListener.of((update) => {
					if (update.docChanged) setup.onchange(update.state.doc.toString());
					let first: { message: string; from: number } | null = null;
					forEachDiagnostic(update.state, ({ message }, from) => (first ??= { message, from }));
					const now = JSON.stringify(first);
					if (now === problem) return;
					problem = now;
					setup.onproblem(first);
				})
			]
		})
	});
	return {
		setText(text) {
			const { doc } = view.state;
			if (doc.toString() !== text) view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
		},
		mark: (at) => view.dispatch({ effects: setMark.of(at) }),
		focus() {
			view.focus();
			view.dispatch({ selection: { anchor: view.state.doc.length } });
		},
		destroy: () => view.destroy()
	};
}
