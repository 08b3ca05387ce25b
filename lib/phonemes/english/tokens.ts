import {punctuation} from './alphabet.js';
import type {Context, Rule, Saying} from './normalize/rule.js';
import {letterRules, numberRules} from './normalize/rules.js';
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
const apostrophes = /[’‘ʼ]/gu;
const mark = /\.{3,}|-{2,}|\p{P}/uy;

/** Cuts a text into what is spoken, in order. */
export class Tokenizer {
	readonly #text: string;
	readonly #variety: Variety;
	readonly #tokens: Token[] = [];
	#at = 0;
	#spaced = false;

	constructor(text: string, variety: Variety) {
		this.#text = text;
		this.#variety = variety;
	}

	tokens(): readonly Token[] {
		while (this.#at < this.#text.length) {
			if (this.#blank()) continue;
			const rules = matchAt(letter, this.#text, this.#at) ? letterRules : numberRules;
			if (!this.#byRule(rules) && !this.#word() && !this.#mark()) this.#at += 1;
		}
		return this.#tokens;
	}

	#push(kind: Token['kind'], start: number, end: number, text: string): void {
		// What is not spoken may stand between the white space and a mark, which then belongs to the word before.
		const spaced = this.#spaced && (kind !== 'mark' || isBlank(this.#text[start - 1]));
		this.#tokens.push({kind, start, end, text, spaced});
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

	#byRule(rules: readonly Rule[]): boolean {
		const at = this.#at;
		for (const rule of rules) {
			const match = matchAt(rule.pattern, this.#text, at);
			const said =
				match === null || match[0] === '' ? undefined : rule.say(match, this.#context(at + match[0].length));
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

	#context(from: number): Context {
		const last = this.#tokens.at(-1);
		return {
			variety: this.#variety,
			before: last === undefined || last.kind === 'mark' ? '' : this.#text.slice(last.start, last.end),
			after: this.#text.slice(from, from + 24),
		};
	}

	#word(): boolean {
		const match = matchAt(word, this.#text, this.#at);
		if (match === null) return false;
		const text = match[0].normalize('NFKC').replace(apostrophes, "'").replace(/[‐‑]/gu, '-');
		this.#push('word', this.#at, this.#at + match[0].length, text);
		return true;
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
