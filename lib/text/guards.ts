import type {Tables} from './abbreviations.js';

const wordAtEnd = /[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}º°ª'’-]|\.(?=[\p{L}\p{N}]))*$/u;
// One-letter abbreviations in a row, with or without spaces: J. R. R, z. B, U.S
const lettersAtEnd = /(?<![\p{L}\p{M}\p{N}])(?:\p{L}\p{M}*\.[ \u00A0\u202F]?)*\p{L}\p{M}*$/u;
const firstWord = /^([\p{L}\p{M}]+['’]?)([\s\S]?)/u;
const marker =
	/^[^\p{L}\p{N}]*(?:\d{1,3}(?:\.\d{1,3})*|\p{L}|(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})|(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3}))$/u;

/** Whether the stop behind `before`, a range's text from its start on, makes a list marker: `1.`, `a.`, `IV.`, `2.3.`. */
export function isListMarker(before: string): boolean {
	return before.length <= 16 && marker.test(before);
}

/**
 * Whether the stop behind `before` belongs to an abbreviation, an initial, an ordinal or a list marker that does not end
 * the sentence. `next` starts with the first word or number behind it; `whole`: more text cannot change that.
 */
export function abbreviationBefore(
	before: string,
	next: string,
	whole: boolean,
	tables: Tables,
): 'yes' | 'no' | 'wait' {
	if (isListMarker(before)) return 'yes';
	const tail = before.slice(-32);
	const word = wordAtEnd.exec(tail)?.[0];
	if (word === undefined) return 'no';
	const letters = lettersAtEnd.exec(tail)?.[0].replace(/\s/gu, '') ?? '';
	const forms = [word, letters, asTitle(word)];
	const among = (table: ReadonlySet<string>) => forms.some(form => table.has(form));
	if (among(tables.leads)) return 'yes';
	const ambiguous =
		among(tables.ambiguous) ||
		letters.includes('.') ||
		/^\p{Lu}$/u.test(letters) ||
		(tables.ordinals && /^\d{1,2}$/u.test(word));
	if (/^\p{N}/u.test(next))
		return ambiguous || among(tables.numbered) || !/\p{L}{4}$/u.test(word) ? 'yes' : 'no';
	const [, follower = '', behind = ''] = firstWord.exec(next) ?? [];
	const mayContinue = letters.length === 1 && follower.length === 1;
	if (!ambiguous && !mayContinue) return 'no';
	if (behind === '' && !whole) return 'wait';
	// One letter after another, each with its stop: z. B.
	if (mayContinue && behind === '.') return 'yes';
	if (!ambiguous) return 'no';
	if (follower === '') return letters.length === 1 && letters !== 'I' ? 'yes' : 'no';
	return startsSentence(follower, behind, tables) ? 'no' : 'yes';
}

/** Whether a word begins a sentence; one letter with a stop behind it is an initial. */
function startsSentence(word: string, behind: string, {starters}: Tables): boolean {
	if (behind === '.' && word.length === 1) return false;
	return starters.has(word) || starters.has(word.replace(/['’]$/u, ''));
}

/** MR as Mr; other words as they are. */
function asTitle(word: string): string {
	return /^\p{Lu}{2,}$/u.test(word) ? word.slice(0, 1) + word.slice(1).toLowerCase() : word;
}
