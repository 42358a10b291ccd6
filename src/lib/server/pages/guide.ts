// The authoring guide as a page. It tells no scenario's truth, so everybody may read it.

import { join } from 'node:path';
import { marked } from 'marked';
import { authoringGuide } from '../../lab/authoring-guide.ts';
import { muster } from '../muster.ts';
import { readFiles } from '../scenarios/registry.ts';

export interface GuidePage {
	/** Of our own text, so it needs no cleaning. */
	html: string;
	contents: { id: string; title: string; level: 2 | 3 }[];
}

let made: GuidePage | null = null;

export function loadGuide(): GuidePage {
	made ??= render(authoringGuide(readFiles(join(muster().config.root, 'scenarios/_topologies'))));
	return made;
}

function render(markdown: string): GuidePage {
	const contents: GuidePage['contents'] = [];
	const html = marked
		.parse(markdown, { async: false, gfm: true })
		.replace(/<h([23])>(.*?)<\/h\1>/g, (_whole, level: string, title: string) => {
			const plain = title
				.replace(/<[^>]*>/g, '')
				.replaceAll('&lt;', '<')
				.replaceAll('&gt;', '>');
			const id = plain
				.toLowerCase()
				.replace(/[^a-z0-9]+/g, '-')
				.replace(/^-|-$/g, '');
			contents.push({ id, title: plain, level: level === '2' ? 2 : 3 });
			return `<h${level} id="${id}">${title}</h${level}>`;
		})
		.replaceAll('<table>', '<div class="wide" tabindex="0" role="group" aria-label="Table"><table>')
		.replaceAll('</table>', '</table></div>')
		.replaceAll('<pre>', '<pre tabindex="0">');
	return { html, contents };
}
