/** CodeMirror for the files of a scenario, apart, so that it is loaded when somebody writes one. */
import {
	autocompletion,
	closeBrackets,
	closeBracketsKeymap,
	completionKeymap,
	type Completion,
	type CompletionContext,
	type CompletionResult
} from '@codemirror/autocomplete';
import { history, historyKeymap, indentLess, indentMore, standardKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { StudioNames, StudioProblem } from '$lib/protocol/studio.ts';
import { aboutAt, keysAt, namesAt, valuesAt, type JsonSchema, type Offer } from './schema-help.ts';
import { RULES_SCHEMA } from './rules-schema.ts';
import { runbookLanguage, yamlLanguage } from './yaml-language.ts';
import { placeAt } from './yaml-place.ts';

export interface ScenarioEditorSetup {
	/** Of the files that have one: `scenario.schema.json`, `runbook.schema.json`. Null until they are there. */
	schemas: () => Record<string, JsonSchema> | null;
	/** Names of this scenario, as it last loaded. */
	names: () => StudioNames | null;
	onchange: (file: string, text: string) => void;
	onsave: () => void;
}

export interface ScenarioEditor {
	/** Shows a file; each keeps its own undo history and cursor. */
	open(file: string, text: string, readOnly: boolean): void;
	/** Puts a text in place of the one that is shown, as one step that can be undone. */
	replace(text: string): void;
	/** Forgets a file's history: it was renamed, deleted or loaded anew. */
	forget(file: string): void;
	mark(problems: readonly StudioProblem[]): void;
	goTo(line: number, column: number): void;
	destroy(): void;
}

const colours = HighlightStyle.define([
	{ tag: tags.propertyName, color: 'var(--code-key, var(--accent))' },
	{ tag: [tags.string, tags.special(tags.string)], color: 'var(--ok)' },
	{ tag: tags.number, color: 'var(--sev-2)' },
	{ tag: tags.keyword, color: 'var(--sev-3)', fontWeight: '600' },
	{ tag: tags.labelName, color: 'var(--sev-3)' },
	{ tag: [tags.operator, tags.meta], color: 'var(--ink-2)' },
	{ tag: [tags.heading, tags.strong], fontWeight: '650' },
	{ tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' }
]);

const look = EditorView.theme({
	'&': { backgroundColor: 'var(--surface-1)', color: 'var(--ink)', height: '100%', fontSize: 'var(--text-s)' },
	'&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
	'.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', overflow: 'auto' },
	'.cm-content': { padding: 'var(--s2) 0 40vh', caretColor: 'var(--ink)' },
	'.cm-gutters': {
		backgroundColor: 'var(--surface-1)',
		color: 'var(--ink-3)',
		border: 'none',
		borderRight: '1px solid var(--line)'
	},
	'.cm-line': { padding: '0 var(--s2) 0 6px' },
	'&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--surface-3)' },
	'.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--sev-1)' },
	'.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--sev-2)' },
	'.cm-tooltip': {
		backgroundColor: 'var(--surface-1)',
		color: 'var(--ink)',
		border: '1px solid var(--line)',
		borderRadius: 'var(--radius)',
		boxShadow: 'var(--shadow)',
		maxWidth: 'min(440px, 90vw)',
		overflow: 'hidden'
	},
	'.cm-tooltip.cm-tooltip-autocomplete > ul': {
		fontFamily: 'var(--mono)',
		fontSize: 'var(--text-s)',
		maxHeight: '240px'
	},
	'.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px' },
	'.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--surface-3)', color: 'var(--ink)' },
	'.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '650' },
	'.cm-completionDetail': { color: 'var(--ink-2)', fontStyle: 'normal', marginLeft: '12px' },
	'.cm-completionInfo, .cm-about': { whiteSpace: 'pre-line', padding: '6px 10px', fontSize: 'var(--text-s)' },
	'.cm-diagnostic': { padding: '6px 10px', fontSize: 'var(--text-s)' },
	'.cm-diagnostic-error': { borderLeftColor: 'var(--sev-1)' },
	'.cm-diagnostic-warning': { borderLeftColor: 'var(--sev-2)' }
});

function schemaOf(file: string, schemas: Record<string, JsonSchema> | null): JsonSchema | null {
	if (file === 'rules.yaml') return RULES_SCHEMA;
	return schemas?.[file === 'scenario.yaml' ? 'scenario.schema.json' : 'runbook.schema.json'] ?? null;
}

/** The part of a file that is YAML, and where it begins: of a runbook only its front matter. */
function yamlPart(file: string, text: string): { text: string; from: number } {
	if (!file.startsWith('runbooks/')) return { text, from: 0 };
	const begin = /^---\s*\n/.exec(text)?.[0].length ?? 0;
	const end = text.indexOf('\n---', Math.max(0, begin - 1));
	return { text: text.slice(begin, end < 0 ? undefined : end + 1), from: begin };
}

export function createScenarioEditor(host: HTMLElement, setup: ScenarioEditorSetup): ScenarioEditor {
	let file = '';
	let replacing = false;
	const states = new Map<string, { state: EditorState; scroll: number }>();

	const placeIn = (text: string, offset: number) => {
		const part = yamlPart(file, text);
		const place = placeAt(part.text, offset - part.from);
		return place && { ...place, from: place.from + part.from };
	};

	function complete(context: CompletionContext): CompletionResult | null {
		const place = placeIn(context.state.doc.toString(), context.pos);
		if (!place || (place.word === '' && !context.explicit && place.at === 'key')) return null;
		const schema = schemaOf(file, setup.schemas());
		const names = setup.names();
		const named = names && file !== 'rules.yaml' ? namesAt(place.path, place.word, names) : null;
		const keys = schema && place.at === 'key' ? keysAt(schema, place.path, place.present) : [];
		// An entry of a list is at once where a key may begin and a value.
		const values = schema && (place.at === 'value' || keys.length === 0) ? valuesAt(schema, place.path) : [];
		const own = keys.length === 0 && named ? named.offers : [];
		const offers = [...own, ...keys, ...values.filter(({ label }) => !own.some((one) => one.label === label))];
		if (offers.length === 0) return null;
		const from = own.length > 0 && named ? place.from + named.from : place.from;
		return { from, options: offers.map(asCompletion), validFor: /^[\w[\].=%"-]*$/ };
	}

	const about = hoverTooltip((view, pos) => {
		const { from, text } = view.state.doc.lineAt(pos);
		// The word under the pointer, with the key that it is or belongs to.
		const before = text.slice(0, pos - from);
		const rest = /^[^\s:,{}[\]]*/.exec(text.slice(pos - from))?.[0] ?? '';
		const place = placeIn(view.state.doc.toString(), from + before.length + rest.length);
		const schema = schemaOf(file, setup.schemas());
		if (!place || !schema || place.word === '') return null;
		const path = place.at === 'key' ? [...place.path, place.word.replace(/:$/, '').trim()] : place.path;
		const words = aboutAt(schema, path);
		if (words === '') return null;
		return {
			pos: place.from,
			end: from + before.length + rest.length,
			above: true,
			create: () => {
				const dom = document.createElement('div');
				dom.className = 'cm-about';
				dom.textContent = words;
				return { dom };
			}
		};
	});

	const shared: Extension[] = [
		history(),
		lineNumbers(),
		bracketMatching(),
		closeBrackets(),
		autocompletion({ override: [complete], icons: false, maxRenderedOptions: 80 }),
		about,
		syntaxHighlighting(colours),
		look,
		keymap.of([
			{
				key: 'Mod-s',
				preventDefault: true,
				run: () => {
					setup.onsave();
					return true;
				}
			},
			...closeBracketsKeymap,
			...completionKeymap,
			...historyKeymap,
			// Tab is left to those who walk through the page.
			{ key: 'Mod-]', run: indentMore },
			{ key: 'Mod-[', run: indentLess },
			...standardKeymap
		]),
		EditorView.updateListener.of((update) => {
			if (update.docChanged && !replacing) setup.onchange(file, update.state.doc.toString());
		})
	];

	const fresh = (text: string, readOnly: boolean) =>
		EditorState.create({
			doc: text,
			extensions: [
				...shared,
				file.startsWith('runbooks/') ? [runbookLanguage, EditorView.lineWrapping] : yamlLanguage,
				EditorState.readOnly.of(readOnly),
				EditorView.contentAttributes.of({
					'aria-label': `Text of ${file}`,
					// What can be edited has the focus anyway; what scrolls must be seen to have it.
					tabindex: '0',
					autocapitalize: 'off',
					spellcheck: 'false'
				})
			]
		});
	const view = new EditorView({ parent: host });

	function show(text: string): void {
		const { doc } = view.state;
		if (doc.toString() === text) return;
		replacing = true;
		view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
		replacing = false;
	}

	return {
		open(to, text, readOnly) {
			if (file !== '') states.set(file, { state: view.state, scroll: view.scrollDOM.scrollTop });
			file = to;
			const known = states.get(to);
			view.setState(known?.state ?? fresh(text, readOnly));
			show(text);
			view.requestMeasure({ read: () => null, write: () => (view.scrollDOM.scrollTop = known?.scroll ?? 0) });
		},
		replace: show,
		forget: (gone) => void states.delete(gone),
		mark(problems) {
			view.dispatch(
				setDiagnostics(
					view.state,
					problems.map((problem) => diagnosticOf(view.state, problem))
				)
			);
		},
		goTo(line, column) {
			const at = offsetOf(view.state, line, column);
			view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
			view.focus();
		},
		destroy: () => view.destroy()
	};
}

function offsetOf(state: EditorState, line: number, column: number): number {
	const found = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
	return Math.min(found.from + Math.max(0, column - 1), found.to);
}

/** From the place to the end of its word, or of the line: something must be there to be marked. */
function diagnosticOf(state: EditorState, { line, column, message, code, severity }: StudioProblem): Diagnostic {
	const from = offsetOf(state, line, column);
	const rest = state.sliceDoc(from, state.doc.lineAt(from).to);
	const word = /^("[^"]*"|'[^']*'|[^\s:,{}[\]]+)/.exec(rest)?.[0].length ?? rest.length;
	return { from, to: from + Math.max(word, 0), severity, message, source: code };
}

function asCompletion({ label, apply, detail, info }: Offer): Completion {
	const completion: Completion = { label, apply, detail };
	if (info !== '') {
		completion.info = () => {
			const dom = document.createElement('div');
			dom.textContent = info;
			return dom;
		};
	}
	return completion;
}
