/** A line of a plain text, without its end; offsets in UTF-16 units. */
export interface Line {
	readonly start: number;
	readonly text: string;
}

export type Paragraph = readonly Line[];

export function linesOf(source: string): Line[] {
	const lines: Line[] = [];
	let start = 0;
	for (const text of source.split('\n')) {
		lines.push({start, text: text.replace(/\r$/, '')});
		start += text.length + 1;
	}
	return lines;
}

/** How the lines of a text are broken. */
export interface Layout {
	/** Nearly every line is shorter, in UTF-16 units. */
	readonly width: number;
	/** Lines are not broken: each is a paragraph. */
	readonly unbroken: boolean;
}

/** Longer lines than these are paragraphs: no text is wrapped so wide. */
const widest = 100;

export function layoutOf(lines: readonly Line[]): Layout {
	const lengths = lines
		.map(({text}) => text.trim().length)
		.filter(length => length > 0)
		.sort((one, other) => one - other);
	const width = lengths[Math.floor(lengths.length * 0.95)] ?? 0;
	return {width, unbroken: width > widest};
}

/** Divides lines into paragraphs: at blank lines, and where one is told by its indented first line alone. */
export function paragraphsOf(lines: readonly Line[], {unbroken}: Layout): Paragraph[] {
	const paragraphs: Line[][] = [];
	let isOpen = false;
	for (const line of lines) {
		const isBlank = line.text.trim() === '';
		const last = paragraphs.at(-1);
		if (!isBlank && isOpen && last && !unbroken) last.push(line);
		else if (!isBlank) paragraphs.push([line]);
		isOpen = !isBlank;
	}
	return paragraphs.flatMap(byIndent);
}

/** Several paragraphs without blank lines: few lines are indented, and the first is. */
function byIndent(paragraph: Line[]): Line[][] {
	const indented = paragraph.map(({text}) => /^(?:\t|\s{2,8}\S)/.test(text));
	const count = indented.filter(Boolean).length;
	if (!indented[0] || count < 2 || count > paragraph.length / 2) return [paragraph];
	const parts: Line[][] = [];
	for (const [index, line] of paragraph.entries()) {
		if (indented[index]) parts.push([]);
		parts.at(-1)?.push(line);
	}
	return parts;
}

/** Whether a paragraph's lines end where its author ended them: verse, an address, a signature. */
export function keepsLines(paragraph: Paragraph, {width}: Layout): boolean {
	if (paragraph.length < 2) return false;
	const texts = paragraph.map(({text}) => text.trimEnd());
	const isShort = texts.slice(0, -1).every(text => text.trim().length < 0.75 * width);
	const capitals = texts.filter(text => /^\s*[^\p{L}]*\p{Lu}/u.test(text)).length;
	if (width < 45) return capitals >= 0.8 * texts.length;
	return isShort && (capitals >= 0.6 * texts.length || texts.every(text => /^(?:\t|\s{2})/.test(text)));
}
