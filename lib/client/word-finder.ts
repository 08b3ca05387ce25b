/** Letters and digits of the scripts that put spaces between words: such a word does not begin or end within another. */
const inner = /[\p{L}\p{N}]/u;
const unspaced =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function joins(before: string, after: string): boolean {
	return [before, after].every(character => inner.test(character) && !unspaced.test(character));
}

/** Where `word` stands first in `text` from `from` on (UTF-16 units), as a word of its own if it does anywhere; -1 if nowhere. */
export function findWord(text: string, word: string, from: number): number {
	if (word === '') return -1;
	for (let at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
		const end = at + word.length;
		const cut = joins(text.charAt(at - 1), text.charAt(at)) || joins(text.charAt(end - 1), text.charAt(end));
		if (!cut) return at;
	}
	return text.indexOf(word, from);
}
