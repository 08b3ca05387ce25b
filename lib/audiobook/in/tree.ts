/** A document as a tree: what the parsers of XML, HTML, Markdown and plain text all give, so that one reader reads them all. */
export interface Element {
	readonly type: 'element';
	/** Local name, in lower case. */
	readonly name: string;
	/** By name in lower case, prefix included: `epub:type`, `xml:lang`. */
	readonly attributes: ReadonlyMap<string, string>;
	readonly children: TreeNode[];
	readonly parent: Element | undefined;
}

export interface Text {
	readonly type: 'text';
	readonly pieces: readonly Piece[];
}

/** A stretch of text and where it stands in the source, in UTF-16 units; character for character where `length` is the text's. */
export interface Piece {
	readonly text: string;
	readonly start: number;
	readonly length: number;
	/** Characters of the source, where the text stands for others. */
	readonly counts?: number | undefined;
}

export type TreeNode = Element | Text;

/** Elements within elements beyond this depth lose their own meaning, as in browsers (Blink's limit): a stack has an end. */
export const deepest = 512;

/** Their content is no text of the document. */
const withoutText = new Set(['head', 'script', 'style', 'template', 'metadata']);

export function newElement(
	name: string,
	attributes: Readonly<Record<string, string>> = {},
	parent?: Element,
): Element {
	const element: Element = {
		type: 'element',
		name,
		attributes: new Map(Object.entries(attributes)),
		children: [],
		parent,
	};
	parent?.children.push(element);
	return element;
}

/** The elements below `root` and itself, in document order. */
export function* elementsIn(root: Element): Generator<Element> {
	yield root;
	for (const child of root.children) if (child.type === 'element') yield* elementsIn(child);
}

export function find(root: Element, ...names: readonly string[]): Element | undefined {
	for (const element of elementsIn(root)) if (names.includes(element.name)) return element;
	return undefined;
}

export function childrenOf(root: Element, name: string): Element[] {
	return root.children.filter((child): child is Element => child.type === 'element' && child.name === name);
}

/** The text below a node as it stands; scripts, styles and the head have none. */
export function textOf(node: TreeNode): string {
	if (node.type === 'text') return node.pieces.map(({text}) => text).join('');
	if (!hasText(node)) return '';
	return node.children.map(textOf).join('');
}

/** The text below a node if it is no longer than `most` UTF-16 units: whoever looks for short text at every element need not read all. */
export function shortTextOf(node: TreeNode, most: number): string | undefined {
	if (node.type === 'text') {
		const text = textOf(node);
		return text.length > most ? undefined : text;
	}
	let text = '';
	for (const child of hasText(node) ? node.children : []) {
		const more = shortTextOf(child, most - text.length);
		if (more === undefined) return undefined;
		text += more;
	}
	return text;
}

export function hasText(element: Element): boolean {
	return !withoutText.has(element.name);
}

export function isWithin(element: Element, test: (element: Element) => boolean): boolean {
	for (let at: Element | undefined = element; at; at = at.parent) if (test(at)) return true;
	return false;
}

/** White space at the ends removed, within made one space. */
export function collapsed(text: string): string {
	return text.replaceAll(/\s+/g, ' ').trim();
}
