/** Colours for YAML, and for a runbook's front matter with its Markdown: enough to read by, no more. */
import { StreamLanguage, type StringStream } from '@codemirror/language';

interface State {
	/** Column of the key whose block of text goes on; -1 outside. */
	block: number;
	/** Of a runbook: the front matter, then Markdown. */
	part: 'yaml' | 'markdown';
	/** Lines of `---` seen. */
	rules: number;
}

function yaml(stream: StringStream, state: State): string | null {
	if (state.block >= 0) {
		if (stream.sol() && !/^\s*$/.test(stream.string) && stream.indentation() <= state.block) state.block = -1;
		else {
			stream.skipToEnd();
			return 'string';
		}
	}
	if (stream.eatSpace()) return null;
	if (stream.peek() === '#' && (stream.sol() || /\s/.test(stream.string.charAt(stream.pos - 1)))) {
		stream.skipToEnd();
		return 'comment';
	}
	if (stream.match(/^---|^\.\.\./)) return 'meta';
	if (stream.match(/^- /, false) || stream.match(/^-$/, false)) {
		stream.next();
		return 'operator';
	}
	if (stream.match(/^("(?:[^"\\]|\\.)*"|'[^']*'|[\w$./<>-][^\s:{}[\],#]*)(?=\s*:(\s|$))/)) return 'propertyName';
	if (stream.match(/^[{}[\],:]/)) return 'operator';
	if (stream.match(/^[|>][+-]?\d*\s*(#.*)?$/)) {
		state.block = stream.indentation();
		return 'operator';
	}
	if (stream.match(/^"(?:[^"\\]|\\.)*"?|^'[^']*'?/)) return 'string';
	if (stream.match(/^[&*][\w-]+/)) return 'labelName';
	if (stream.match(/^(true|false|null|~)(?=[\s,\]}]|$)/)) return 'keyword';
	if (stream.match(/^-?\d[\w.%:-]*(?=[\s,\]}]|$)/)) return 'number';
	if (!stream.match(/^[^\s,\]}#]+/)) stream.next();
	return null;
}

function markdown(stream: StringStream): string | null {
	if (stream.sol() && stream.match(/^#{1,6} .*/)) return 'heading';
	if (stream.match(/^`[^`]*`/)) return 'string';
	if (stream.match(/^\*\*[^*]+\*\*/)) return 'strong';
	stream.next();
	return null;
}

const begin = (): State => ({ block: -1, part: 'yaml', rules: 0 });

export const yamlLanguage = StreamLanguage.define<State>({
	name: 'yaml',
	startState: begin,
	token: yaml,
	languageData: { commentTokens: { line: '#' } }
});

export const runbookLanguage = StreamLanguage.define<State>({
	name: 'runbook',
	startState: begin,
	token(stream, state) {
		if (stream.sol() && /^---\s*$/.test(stream.string) && state.rules < 2) {
			state.rules += 1;
			if (state.rules === 2) state.part = 'markdown';
			state.block = -1;
			stream.skipToEnd();
			return 'meta';
		}
		return state.part === 'yaml' ? yaml(stream, state) : markdown(stream);
	}
});
