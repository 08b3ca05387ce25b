import type {Nodes, Parents, Root} from 'mdast';
import {fromMarkdown} from 'mdast-util-from-markdown';
import {gfmFromMarkdown} from 'mdast-util-gfm';
import {gfm} from 'micromark-extension-gfm';
import {SpeechError} from '../../errors.js';
import {parseHtml} from './html.js';
import {refuseEntangled} from './markdown-limits.js';
import type {Metadata} from './metadata.js';
import {locate, type Spelling} from './pieces.js';
import {deepest, type Element, find, newElement, type TreeNode} from './tree.js';

const names: Readonly<Partial<Record<Nodes['type'], string>>> = {
	blockquote: 'blockquote',
	break: 'br',
	delete: 'del',
	emphasis: 'em',
	link: 'a',
	linkReference: 'a',
	listItem: 'li',
	paragraph: 'p',
	strong: 'strong',
	table: 'table',
	tableRow: 'tr',
	thematicBreak: 'hr',
};

/** Reads Markdown (CommonMark with GitHub's tables, footnotes and strikethrough) into the tree that HTML would give. */
export function parseMarkdown(source: string): {root: Element; metadata: Metadata} {
	const {metadata, length} = frontMatterOf(source);
	const tree = treeOf(source.slice(length));
	const root = newElement('body');
	new Converter(source, length).children(tree, root, 1);
	return {root, metadata};
}

/** Throws SpeechError BOOK_TOO_LARGE for quotes or lists within each other beyond any measure: the parser calls itself for each. */
function treeOf(markdown: string): Root {
	try {
		refuseEntangled(markdown);
		return fromMarkdown(markdown, {extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()]});
	} catch (cause) {
		if (!(cause instanceof RangeError)) throw cause;
		throw new SpeechError('BOOK_TOO_LARGE', 'The Markdown is no book’s: it nests quotes or lists too deep.', {
			cause,
		});
	}
}

class Converter {
	readonly #source: string;
	/** Of the Markdown within the source. */
	readonly #start: number;

	constructor(source: string, start: number) {
		this.#source = source;
		this.#start = start;
	}

	children(node: Parents, parent: Element, depth: number): void {
		for (const child of node.children) this.#node(child, parent, depth + 1);
	}

	#node(node: Nodes, parent: Element, depth: number): void {
		const within = (name: string, attributes?: Readonly<Record<string, string>>) =>
			depth < deepest ? newElement(name, attributes, parent) : parent;
		switch (node.type) {
			case 'text':
				this.#text(node.value, node, parent, {references: 'html', escapes: true});
				break;
			case 'inlineCode':
				this.#text(node.value, node, within('code'));
				break;
			case 'code':
				this.#text(node.value, node, within('pre', {class: 'code'}));
				break;
			case 'html':
				this.#html(node, parent);
				break;
			case 'image':
			case 'imageReference':
				within('img', {alt: node.alt ?? '', src: 'url' in node ? node.url : ''});
				break;
			case 'footnoteReference':
				within('a', {'epub:type': 'noteref', href: `#note-${node.identifier}`});
				break;
			default: {
				const element = within(...this.#element(node, parent));
				if ('children' in node) this.children(node, element, depth);
			}
		}
	}

	/** The element that a node with others in it is in HTML. */
	#element(node: Nodes, parent: Element): [name: string, attributes?: Readonly<Record<string, string>>] {
		if (node.type === 'footnoteDefinition')
			return ['aside', {'epub:type': 'footnote', id: `note-${node.identifier}`}];
		if (node.type === 'heading') return [`h${node.depth}`];
		if (node.type === 'list') return [node.ordered ? 'ol' : 'ul'];
		if (node.type === 'tableCell') return [isHead(parent) ? 'th' : 'td'];
		return [names[node.type] ?? 'span'];
	}

	#text(value: string, node: Nodes, parent: Element, spelling: Spelling = {}): void {
		const [start, end] = this.#range(node);
		parent.children.push({type: 'text', pieces: locate(value, this.#source, start, end, spelling)});
	}

	/** A block of HTML is read as such; of a tag within a line only `<br>` matters. */
	#html(node: Nodes & {type: 'html'}, parent: Element): void {
		const [start, end] = this.#range(node);
		if (/^<br\b/i.test(node.value)) newElement('br', {}, parent);
		else if (!/^<\/?[a-z][^>]*>$/i.test(node.value)) {
			const body = find(parseHtml(this.#source.slice(start, end)), 'body');
			for (const child of body?.children ?? []) parent.children.push(moved(child, start, parent));
		}
	}

	#range({position}: Nodes): [start: number, end: number] {
		const start = position?.start.offset ?? 0;
		return [this.#start + start, this.#start + (position?.end.offset ?? start)];
	}
}

function isHead(row: Element): boolean {
	return row.parent?.children[0] === row;
}

/** A node of a fragment, with its place in the whole source. */
function moved(node: TreeNode, by: number, parent: Element): TreeNode {
	if (node.type === 'text')
		return {type: 'text', pieces: node.pieces.map(piece => ({...piece, start: piece.start + by}))};
	const element: Element = {...node, parent, children: []};
	for (const child of node.children) element.children.push(moved(child, by, element));
	return element;
}

/** What stands between two lines of three dashes at the beginning: YAML as Pandoc, Jekyll and Hugo write it, of which `name: value` is read. */
function frontMatterOf(source: string): {metadata: Metadata; length: number} {
	const found = /^---[ \t]*\r?\n([\s\S]*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/m.exec(source);
	if (found?.index !== 0) return {metadata: {authors: []}, length: 0};
	const value = (name: string) => {
		const [, quoted, bare] =
			new RegExp(`^${name}[ \\t]*:[ \\t]*(?:(["'].*["'])|(\\S.*?))[ \\t]*\\r?$`, 'im').exec(found[1] ?? '') ??
			[];
		return quoted === undefined ? bare : unquoted(quoted);
	};
	const author = value('authors?');
	return {
		metadata: {
			title: value('title'),
			authors: author === undefined ? [] : author.replace(/^\[|\]$/g, '').split(/\s*,\s*/),
			language: value('lang(?:uage)?'),
			year: /\b\d{4}\b/.exec(value('date') ?? '')?.[0],
			publisher: value('publisher'),
			description: value('description'),
		},
		length: found[0].length,
	};
}

/** A quoted scalar of YAML 1.2 (7.3): within double quotes a backslash escapes, within single ones `''` is a quote. */
function unquoted(scalar: string): string {
	const inner = scalar.slice(1, -1);
	return scalar.startsWith('"') ? inner.replaceAll(/\\(["\\/])/g, '$1') : inner.replaceAll("''", "'");
}
