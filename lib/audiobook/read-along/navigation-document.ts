import {escaped} from './markup.js';

export interface NavigationEntry {
	readonly title: string;
	/** Relative to the navigation document, percent-encoded. */
	readonly href: string;
	/** 1 for the outermost. */
	readonly level: number;
}

/** A navigation document (EPUB 3.3, 7). There must be at least one entry. */
export function navigationDocument(
	title: string,
	language: string,
	entries: readonly NavigationEntry[],
): string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${escaped(language)}" xml:lang="${escaped(language)}">
<head>
<title>${escaped(title)}</title>
</head>
<body>
<nav epub:type="toc">
${listOf(entries)}
</nav>
</body>
</html>
`;
}

/** Lists within lists; a level that is left out counts as one. */
function listOf(entries: readonly NavigationEntry[]): string {
	const [first] = entries;
	if (!first) return '';
	const items: string[] = [];
	for (let index = 0; index < entries.length; ) {
		const entry = entries[index];
		let next = index + 1;
		while ((entries[next]?.level ?? 0) > (entry?.level ?? 0)) next++;
		if (entry) {
			const link = `<a href="${escaped(entry.href)}">${escaped(entry.title)}</a>`;
			items.push(`<li>${link}${listOf(entries.slice(index + 1, next))}</li>`);
		}
		index = next;
	}
	return `<ol>\n${items.join('\n')}\n</ol>`;
}
