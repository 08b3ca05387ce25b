import {SaxesParser} from 'saxes';
import {locate, namedCharacter} from './pieces.js';
import {deepest, type Element, newElement, type Piece} from './tree.js';

export interface ParsedXml {
	readonly root: Element | undefined;
	/** The first thing that is wrong with the document, with its line and column. */
	readonly error: string | undefined;
}

/** HTML's named characters: books use them without a DTD that says what they are. No other entity is ever expanded. */
const entities: Record<string, string> = new Proxy<Record<string, string>>(
	{},
	{get: (_target, name) => (typeof name === 'string' ? namedCharacter(name) : undefined)},
);

/** Reads XML, as much of it as is well-formed or can be passed over. Prefixes are kept in attributes' names, not in elements'. */
export function parseXml(source: string): ParsedXml {
	const parser = new SaxesParser({xmlns: false});
	parser.ENTITIES = entities;
	let root: Element | undefined;
	let error: string | undefined;
	let open: Element | undefined;
	let depth = 0;
	let textStart = 0;
	const behindMarkup = () => {
		// A comment is told of before its last character.
		const {position} = parser;
		textStart = source[position - 1] === '>' ? position : source.indexOf('>', position) + 1 || source.length;
	};
	const addText = (pieces: Piece[]) => open?.children.push({type: 'text', pieces});

	parser.on('error', found => {
		error ??= found.message;
	});
	parser.on('opentag', ({name, attributes}) => {
		depth++;
		if (depth <= deepest && (open || !root)) {
			const element = newElement(localName(name), {}, open);
			for (const [key, value] of Object.entries(attributes))
				(element.attributes as Map<string, string>).set(key.toLowerCase(), value); // It is being made.
			root ??= element;
			open = element;
		}
		behindMarkup();
	});
	parser.on('closetag', () => {
		if (depth <= deepest) open = open?.parent;
		depth--;
		behindMarkup();
	});
	parser.on('text', text => {
		addText(locate(text, source, textStart, parser.position - 1, {references: 'xml'}));
	});
	parser.on('cdata', text => {
		const start = source.indexOf('<![CDATA[', textStart) + '<![CDATA['.length;
		behindMarkup();
		addText(locate(text, source, start, textStart - ']]>'.length));
	});
	for (const event of ['comment', 'processinginstruction', 'doctype'] as const)
		parser.on(event, behindMarkup);
	parser.write(source).close();
	return {root, error};
}

function localName(name: string): string {
	return name.slice(name.lastIndexOf(':') + 1).toLowerCase();
}
