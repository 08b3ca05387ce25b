import {type DefaultTreeAdapterTypes, defaultTreeAdapter, parse} from 'parse5';
import {SpeechError} from '../../errors.js';
import {locate} from './pieces.js';
import {expandSelfClosing} from './self-closing.js';
import {deepest, type Element, newElement} from './tree.js';

/** Deeper than any book, and shallow enough for a parser that looks up the stack at each tag. */
const deepestSource = 5000;

/** Reads HTML as browsers do: anything is HTML. Throws SpeechError BOOK_TOO_LARGE for markup that grows beyond measure. */
export function parseHtml(source: string, {selfClosing = false} = {}): Element {
	const {text, toSource} = selfClosing
		? expandSelfClosing(source)
		: {text: source, toSource: (offset: number) => offset};
	const document = htmlTree(text);
	const html = document.childNodes.find(node => defaultTreeAdapter.isElementNode(node));
	const root = newElement('html');
	// A stack of our own: the parser's tree may be deeper than the call stack.
	const waiting = [
		{nodes: html && 'childNodes' in html ? html.childNodes : [], parent: root, depth: 1, next: 0},
	];
	if (html && defaultTreeAdapter.isElementNode(html)) copyAttributes(html, root);
	for (let level = waiting.at(-1); level; level = waiting.at(-1)) {
		const node = level.nodes[level.next++];
		if (!node) {
			waiting.pop();
		} else if (defaultTreeAdapter.isTextNode(node)) {
			const {startOffset = 0, endOffset = 0} = node.sourceCodeLocation ?? {};
			const pieces = locate(node.value, source, toSource(startOffset), toSource(endOffset), {
				references: 'html',
				tags: true,
			});
			level.parent.children.push({type: 'text', pieces});
		} else if (defaultTreeAdapter.isElementNode(node)) {
			const {depth} = level;
			const element =
				depth < deepest ? newElement(node.tagName.toLowerCase(), {}, level.parent) : level.parent;
			if (element !== level.parent) copyAttributes(node, element);
			const nodes = node.tagName === 'template' ? [] : node.childNodes;
			waiting.push({nodes, parent: element, depth: depth + 1, next: 0});
		}
	}
	return root;
}

/** The parser's own tree. Throws as `parseHtml` does. */
export function htmlTree(text: string): DefaultTreeAdapterTypes.Document {
	return parse(text, {
		sourceCodeLocationInfo: true,
		scriptingEnabled: false,
		treeAdapter: boundedAdapter(text),
	});
}

function copyAttributes(node: DefaultTreeAdapterTypes.Element, element: Element): void {
	for (const {name, value, prefix} of node.attrs) {
		const key = prefix ? `${prefix}:${name}` : name;
		(element.attributes as Map<string, string>).set(key.toLowerCase(), value); // It is being made.
	}
}

/** Unclosed formatting is opened again in each block after it: that may multiply what is small. */
function boundedAdapter(text: string): typeof defaultTreeAdapter {
	const most = 1000 + 20 * (text.match(/</g)?.length ?? 0);
	let made = 0;
	const depths = new WeakMap<object, number>();
	return {
		...defaultTreeAdapter,
		createElement(...given) {
			if (++made > most) throw tooLarge('its unclosed tags multiply without end');
			return defaultTreeAdapter.createElement(...given);
		},
		appendChild(parent, node) {
			const depth = (depths.get(parent) ?? 0) + 1;
			if (depth > deepestSource) throw tooLarge(`it nests elements more than ${deepestSource} deep`);
			depths.set(node, depth);
			defaultTreeAdapter.appendChild(parent, node);
		},
	};
}

function tooLarge(what: string): SpeechError {
	return new SpeechError('BOOK_TOO_LARGE', `A document of the book is no book's: ${what}.`);
}
