import {tagsIn} from './tags.js';

/** A source with its self-closing tags expanded: `<title/>` becomes `<title></title>`. */
export interface Expanded {
	readonly text: string;
	/** Offset into the source for an offset into `text`. */
	toSource(offset: number): number;
}

const voidElement = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;

/** HTML knows no self-closing tags: it would take all that follows `<title/>` for the title. Linear in time. */
export function expandSelfClosing(source: string): Expanded {
	let text = '';
	let copied = 0;
	// Behind each tag that was expanded: the offset into `text`, and how much was added by then.
	const added: Array<{readonly at: number; readonly length: number}> = [];
	for (const {kind, name, end} of tagsIn(source)) {
		if (kind !== 'empty' || voidElement.test(name)) continue;
		text += `${source.slice(copied, end - '/>'.length)}></${name}>`;
		copied = end;
		added.push({at: text.length, length: text.length - end});
	}
	text += source.slice(copied);
	return {text, toSource: offset => offset - addedBefore(added, offset)};
}

function addedBefore(
	added: ReadonlyArray<{readonly at: number; readonly length: number}>,
	offset: number,
): number {
	let low = 0;
	let high = added.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((added[middle]?.at ?? 0) <= offset) low = middle + 1;
		else high = middle;
	}
	return added[low - 1]?.length ?? 0;
}
