import type {Reading} from '../reading.js';
import {punctuation} from './alphabet.js';
import {type EmojiNames, emoji} from './emoji.js';
import type {Context, Rule, Saying} from './normalize/rule.js';
import {letterRules, numberRules} from './normalize/rules.js';
import {s as possessive} from './suffixes.js';
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

const blank = /\s+/uy;
const elisions =
	'em|tis|twas|twere|twill|twould|twixt|tween|cause|cept|bout|neath|gainst|mongst|un|til|fraid|n';
/** Letters, with apostrophes and hyphens between them (no real compound has as many as 12); a curly apostrophe before them may stand for a dropped letter. */
const latin = '\\p{Script=Latin}[\\p{Script=Latin}\\p{M}]*';
const word = new RegExp(
	`(?:’|['‘](?=(?:${elisions})(?!\\p{L})))?${latin}(?:(?:['’‘ʼ]|[-‐‑]['’]?)${latin}){0,12}`,
	'iuy',
);
const letter = /['’‘]?\p{Script=Latin}/uy;
/** What is spelled, and abbreviations that are no titles: "at 5 p.m. The", but "Dr. Who". */
const endsSentences = /\.$|^(?:etc|junior|senior|incorporated|limited|company|street|avenue|road)$/;
/** Characters before and after a match that a rule may look at. */
const seen = {behind: 200, after: 32};
const possessiveEnding = /['’]s(?![\p{L}\p{N}])/uy;
const apostrophes = /[’‘ʼ]/gu;
const mark = /\.{3,}|-{2,}|\p{P}/uy;
/** The same emoji over and over is named once. */
const emojis = new RegExp(`(${emoji})(?:\\s?\\1)*`, 'uy');

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
			if (this.#blank() || this.#reading() || this.#emoji()) continue;
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
		const dropped = this.#droppedLetter(this.#at + match[0].length);
		const text = (match[0] + dropped).normalize('NFKC').replace(apostrophes, "'").replace(/[‐‑]/gu, '-');
		this.#push('word', this.#at, this.#at + match[0].length + dropped.length, text);
		return true;
	}

	/** The apostrophe of "dancin'", where it closes no quotation. */
	#droppedLetter(end: number): string {
		const after = this.#text[end];
		if ((after !== "'" && after !== '’') || !/\p{L}in$/u.test(this.#text.slice(end - 3, end))) return '';
		if (/\p{L}/u.test(this.#text[end + 1] ?? '')) return '';
		return /(?:^|\s)['‘]\p{L}[^'’]*$/u.test(this.#text.slice(Math.max(0, end - 200), end)) ? '' : after;
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

	#sayMark(written: string): string {
		if (written.startsWith('...')) return '...';
		if (written.startsWith('--') || written === '–' || written === '―') return '—';
		if (written === '"') return this.#spaced || this.#tokens.length === 0 ? '“' : '”';
		// A hyphen by itself is a dash.
		if (written === '-') return this.#spaced && isBlank(this.#text[this.#at + 1] ?? ' ') ? '—' : '';
		return punctuation.has(written) ? written : '';
	}
}

const isBlank = (character: string | undefined) => character !== undefined && /\s/u.test(character);

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
	pattern.lastIndex = at;
	return pattern.exec(text);
}
