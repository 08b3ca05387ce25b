import type {Reading} from '../reading.js';
import {punctuation} from './alphabet.js';
import type {EmojiNames} from './emoji.js';
import type {Context, Rule, Saying} from './normalize/rule.js';
import {letterRules, numberRules, ruledWords} from './normalize/rules.js';
import {s as possessive} from './suffixes.js';
import {
	apostrophes,
	blank,
	droppedLetter,
	emojis,
	endsSentences,
	isBlank,
	letter,
	mark,
	matchAt,
	numeral,
	plain,
	possessiveEnding,
	word,
} from './token-patterns.js';
import type {Variety} from './variety.js';
import {closedClass} from './word-classes.js';

/** A piece of the text, with its range in UTF-16 offsets. What cannot be spoken is in no token. */
export interface Token {
	/**
	 * `word`: read as it stands (apostrophes straightened, composed letters); `phrase`: said in other words, as a rule gives them;
	 * `mark`: punctuation that is a phoneme.
	 */
	readonly kind: 'word' | 'phrase' | 'mark';
	readonly start: number;
	readonly end: number;
	readonly text: string;
	/** Whether white space stands before it. */
	readonly spaced: boolean;
	/** How a word is said, where a reading tells it. */
	readonly phonemes?: string;
}

export interface TokenizerOptions {
	readonly variety: Variety;
	/** What is said otherwise than it is written: in order, without overlap. */
	readonly readings?: readonly Reading[];
	/** Without them emoji are passed over. */
	readonly emoji?: EmojiNames | undefined;
}

/** Characters before and after a match that a rule may look at. */
const seen = {behind: 200, after: 32};

/** Cuts a text into what is spoken, in order. */
export class Tokenizer {
	readonly #text: string;
	readonly #options: TokenizerOptions;
	readonly #readings: Map<number, Reading>;
	readonly #tokens: Token[] = [];
	#at = 0;
	#spaced = false;

	constructor(text: string, options: TokenizerOptions) {
		this.#text = text;
		this.#options = options;
		this.#readings = new Map(options.readings?.map(reading => [reading.start, reading]));
	}

	tokens(): readonly Token[] {
		while (this.#at < this.#text.length) {
			if (this.#blank() || this.#reading() || this.#emoji() || this.#plainWord()) continue;
			const rules = matchAt(letter, this.#text, this.#at) ? letterRules : numberRules;
			if (!this.#byRule(rules) && !this.#word() && !this.#mark()) this.#at += 1;
		}
		return this.#tokens;
	}

	#push(kind: Token['kind'], start: number, end: number, text: string, phonemes?: string): void {
		// What is not spoken may stand between the white space and a mark, which then belongs to the word before.
		const spaced = this.#spaced && (kind !== 'mark' || isBlank(this.#text[start - 1]));
		this.#tokens.push({kind, start, end, text, spaced, ...(phonemes === undefined ? {} : {phonemes})});
		this.#spaced = false;
		this.#at = end;
	}

	#blank(): boolean {
		const match = matchAt(blank, this.#text, this.#at);
		if (match === null) return false;
		this.#spaced = true;
		this.#at += match[0].length;
		return true;
	}

	/** Most words: in small letters, and of no interest to any rule. */
	#plainWord(): boolean {
		const written = matchAt(plain, this.#text, this.#at)?.[0];
		return written !== undefined && !ruledWords.has(written) && !numeral.test(written) && this.#word();
	}

	/** A possessive ending goes with the word that a reading names. */
	#reading(): boolean {
		const reading = this.#readings.get(this.#at);
		if (reading === undefined) return false;
		const {end, wordStart, wordEnd, phonemes, words = ''} = reading;
		const ending = matchAt(possessiveEnding, this.#text, end)?.[0] ?? '';
		const wordStop = end === wordEnd ? end + ending.length : wordEnd;
		if (phonemes !== undefined) {
			const joined = ending === '' ? phonemes : possessive.join(phonemes, this.#options.variety);
			this.#push('word', wordStart, wordStop, this.#text.slice(wordStart, wordEnd), joined);
		} else if (words !== '') this.#phrase(wordStart, wordStop, words + ending);
		this.#at = end + ending.length;
		return true;
	}

	#emoji(): boolean {
		const found = this.#options.emoji && matchAt(emojis, this.#text, this.#at);
		const name = found ? (this.#options.emoji?.name(found[1] ?? '') ?? '') : '';
		if (!found || name === '') return false;
		const [start, end] = [this.#at, this.#at + found[0].length];
		// It is no part of the sentence: pauses set it off.
		if (this.#tokens.length > 0 && this.#tokens.at(-1)?.kind !== 'mark') {
			this.#spaced = false;
			this.#push('mark', start, start, ',');
		}
		this.#spaced = true;
		this.#phrase(start, end, /^\s*[\p{L}\p{N}]/u.test(this.#text.slice(end, end + 8)) ? `${name},` : name);
		return true;
	}

	/** Other words in place of what is written, themselves read as a text is. */
	#phrase(start: number, end: number, words: string): void {
		const said = new Tokenizer(words, {variety: this.#options.variety}).tokens();
		const phrase = said
			.map(({kind, text}) => (kind !== 'mark' ? ` ${text}` : text === ',' ? ',' : ''))
			.join('');
		if (phrase.trim() !== '') this.#push('phrase', start, end, phrase.trim());
		else this.#at = end;
	}

	#byRule(rules: readonly Rule[]): boolean {
		const at = this.#at;
		for (const rule of rules) {
			const match = matchAt(rule.pattern, this.#text, at);
			const said =
				match === null || match[0] === ''
					? undefined
					: rule.say(match, this.#context(at, at + match[0].length));
			if (said === undefined || match === null) continue;
			const sayings: readonly Saying[] = typeof said === 'string' ? [[0, match[0].length, said]] : said;
			for (const [start, end, phrase] of sayings) {
				this.#spaced ||= start > 0;
				this.#push('phrase', at + start, at + end, phrase);
			}
			this.#closeSentence(sayings.at(-1)?.[2] ?? '');
			return true;
		}
		return false;
	}

	/** The period of an abbreviation ends the sentence too, at the end of the text or where a function word begins the next. */
	#closeSentence(phrase: string): void {
		if (this.#text[this.#at - 1] !== '.') return;
		const after = this.#text.slice(this.#at, this.#at + 24);
		const next = /^["'”’)\]]*\s+["'“‘(]*(\p{Lu}\p{L}+)/u.exec(after)?.[1];
		const begins = endsSentences.test(phrase) && next !== undefined && closedClass.has(next.toLowerCase());
		if (begins || /^["'”’)\]\s]*$/u.test(after)) this.#push('mark', this.#at, this.#at, '.');
	}

	#context(start: number, end: number): Context {
		const last = this.#tokens.at(-1);
		return {
			variety: this.#options.variety,
			before: last === undefined || last.kind === 'mark' ? '' : this.#text.slice(last.start, last.end),
			behind: this.#text.slice(Math.max(0, start - seen.behind), start),
			after: this.#text.slice(end, end + seen.after),
		};
	}

	#word(): boolean {
		const match = matchAt(word, this.#text, this.#at);
		if (match === null) return false;
		const written = this.#beforeReading(match[0]);
		const dropped = written === match[0] ? droppedLetter(this.#text, this.#at + written.length) : '';
		const text = (written + dropped).normalize('NFKC').replace(apostrophes, "'").replace(/[‐‑]/gu, '-');
		this.#push('word', this.#at, this.#at + written.length + dropped.length, text);
		return true;
	}

	/** Of "pre-acme", where a reading tells how "acme" is said, what stands before it. */
	#beforeReading(written: string): string {
		const offsets = Array.from(written, (_, offset) => offset);
		const cut = offsets.find(offset => offset > 0 && this.#readings.has(this.#at + offset));
		return cut === undefined ? written : written.slice(0, cut).replace(/[-‐‑'’]+$/u, '');
	}

	#mark(): boolean {
		const match = matchAt(mark, this.#text, this.#at);
		if (match === null) return false;
		const [written] = match;
		const said = this.#sayMark(written);
		if (said === '') this.#at += written.length;
		else this.#push('mark', this.#at, this.#at + written.length, said);
		return true;
	}

	/** Whether a quotation begins here: behind a space, a bracket, or what parts words. */
	#opens(): boolean {
		const [before, after] = [this.#text[this.#at - 1], this.#text[this.#at + 1] ?? ''];
		if (this.#spaced || this.#tokens.length === 0) return true;
		return (
			before !== undefined &&
			(/[([{=]/.test(before) || (/[-–—/]/.test(before) && /[\p{L}\p{N}]/u.test(after)))
		);
	}

	#sayMark(written: string): string {
		if (written.startsWith('..')) return '...';
		if (written.startsWith('--') || written === '–' || written === '―') return '—';
		if (written === '"') return this.#opens() ? '“' : '”';
		// A hyphen by itself is a dash.
		if (written === '-') return this.#spaced && isBlank(this.#text[this.#at + 1] ?? ' ') ? '—' : '';
		return punctuation.has(written) ? written : '';
	}
}
