/** A source with its self-closing tags expanded: `<title/>` becomes `<title></title>`. */
export interface Expanded {
	readonly text: string;
	/** Offset into the source for an offset into `text`. */
	toSource(offset: number): number;
}

const opening = /<(?:(!--)|(!\[CDATA\[)|([a-zA-Z][^\s/>]*))/g;
const voidElement = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;

/** HTML knows no self-closing tags: it would take all that follows `<title/>` for the title. Linear in time. */
export function expandSelfClosing(source: string): Expanded {
	let text = '';
	let copied = 0;
	// Offsets into `text` at which something was added, and how much had been added by then.
	const added: Array<{readonly at: number; readonly before: number; readonly length: number}> = [];
	let length = 0;
	opening.lastIndex = 0;
	for (let found = opening.exec(source); found; found = opening.exec(source)) {
		const [, comment, , name] = found;
		const end =
			name === undefined
				? behind(source, comment ? '-->' : ']]>', opening.lastIndex)
				: tagEnd(source, opening.lastIndex);
		opening.lastIndex = end;
		if (name === undefined || source[end - 2] !== '/' || voidElement.test(name)) continue;
		const closing = `></${name}>`;
		text += source.slice(copied, end - 2) + closing;
		added.push({at: text.length, before: length, length: closing.length - 2});
		length += closing.length - 2;
		copied = end;
	}
	text += source.slice(copied);
	return {
		text,
		toSource(offset) {
			let low = 0;
			let high = added.length;
			while (low < high) {
				const middle = (low + high) >> 1;
				if ((added[middle]?.at ?? 0) <= offset) low = middle + 1;
				else high = middle;
			}
			const last = added[low - 1];
			return offset - (last ? last.before + last.length : 0);
		},
	};
}

function behind(source: string, mark: string, from: number): number {
	const found = source.indexOf(mark, from);
	return found < 0 ? source.length : found + mark.length;
}

/** Behind the `>` that ends a tag: none within quotes counts. */
function tagEnd(source: string, from: number): number {
	let quote = '';
	for (let at = from; at < source.length; at++) {
		const character = source[at] ?? '';
		if (quote !== '') {
			if (character === quote) quote = '';
		} else if (character === '>') return at + 1;
		else if ((character === '"' || character === "'") && source[at - 1] === '=') quote = character;
	}
	return source.length;
}
