import {SpeechError} from '../errors.js';
import {decideClause, decidePhrase, spokenLength} from './clause.js';
import {cutPoint} from './cut.js';
import {decideLine} from './lines.js';
import {clauseMark, lookahead, spaceEnded, type Verdict, white} from './marks.js';
import {pauseAfter} from './pauses.js';
import {SentenceEnds} from './sentence.js';

/** A piece of the source. Ranges adjoin: every character is in exactly one, the white space behind a piece is its own. */
export interface TextRange {
	/** Offsets into all the text fed, in UTF-16 units; `text` is exactly what stands there. */
	readonly start: number;
	readonly end: number;
	readonly text: string;
	/** Why it ends here. `cut`: a length or a flush, not the text, ended it. `blank`: white space alone. */
	readonly boundary: 'clause' | 'sentence' | 'paragraph' | 'cut' | 'blank';
}

export interface SegmenterOptions {
	/** BCP 47 tag; `en` by default. */
	readonly language?: string | undefined;
	/** Length of the longest range in UTF-16 units, at least 2. */
	readonly maxLength: number;
	/** Length of the first range in UTF-16 units, whatever its boundaries, even within a surrogate pair; at most `maxLength` is taken. */
	readonly firstUtterance?: number | undefined;
	/**
	 * The first range may end at a clause of this length, in letters (a Chinese, Japanese or Korean character counts as
	 * three); 20 by default, which takes about 1.3 s to say. `Infinity`: only where every other range may end.
	 */
	readonly firstClause?: number | undefined;
}

/** Least length of a phrase that ends at a space, in scripts without sentence marks (Thai, Lao), in UTF-16 units. */
const leastPhrase = 40;

/** Most marks taken as one run, in code points: within the lookahead even if each is a surrogate pair. */
const longestRun = lookahead / 2;

/** What may follow what waits: more text; nothing for now; nothing. */
type Mode = 'more' | 'pause' | 'end';
type Boundary = TextRange['boundary'];
interface Found {
	readonly length: number;
	readonly boundary: Boundary;
}

/**
 * Segments text that comes in pieces into ranges to be spoken at once. The ranges depend on the text alone, not on how it
 * was split, and each on nothing before its own start (but for the first range's own rules); `complete` and `flush` end
 * ranges where they are called. Holds back no more than `maxLength` and a few characters; linear in time.
 */
export class Segmenter {
	readonly #maxLength: number;
	readonly #firstUtterance: number | undefined;
	readonly #firstClause: number;
	readonly #sentences: SentenceEnds;
	readonly #candidates: RegExp;
	#text = '';
	#offset = 0;
	#first = true;
	// Before this place of #text no range ends, whatever follows.
	#scanned = 0;

	/** Throws SpeechError OPTION_INVALID for a length out of range or a language that is no BCP 47 tag. */
	constructor({language = 'en', maxLength, firstUtterance, firstClause = 20}: SegmenterOptions) {
		checkLength('maxLength', maxLength, 2);
		if (firstUtterance !== undefined) checkLength('firstUtterance', firstUtterance, 1);
		this.#maxLength = maxLength;
		this.#firstUtterance = firstUtterance;
		this.#firstClause = firstClause;
		this.#sentences = new SentenceEnds(language);
		this.#candidates = new RegExp(
			`(?<stop>${this.#sentences.marks}{1,${longestRun}})` +
				`|(?<line>[\\n\\r\\v\\f\\u0085\\u2028\\u2029]${white}{0,${lookahead - 1}})` +
				`|(?<phrase>(?<=${spaceEnded})${white})` +
				`|(?<clause>(?:(?!${this.#sentences.marks})${clauseMark}){1,${longestRun}})`,
			'gu',
		);
	}

	/** Takes more text and gives the ranges that are certain now. */
	push(text: string): TextRange[] {
		this.#text += text;
		return this.#take('more');
	}

	/**
	 * The deadline passed without more text: gives the complete sentences and the lines that only wait to see what follows.
	 * Nothing where what waits is neither.
	 */
	complete(): TextRange[] {
		return this.#take('pause');
	}

	/** Gives everything that waits; more may come. */
	flush(): TextRange[] {
		return this.#take('end');
	}

	/** UTF-16 units that wait. */
	get waiting(): number {
		return this.#text.length;
	}

	/** Whether `complete` would give something: only then is a deadline worth a timer. */
	get endsSentence(): boolean {
		return this.#find(this.#text, 'pause') !== undefined;
	}

	#take(mode: Mode): TextRange[] {
		const ranges: TextRange[] = [];
		let taken = 0;
		while (taken < this.#text.length) {
			const found = this.#find(this.#text.slice(taken, taken + this.#maxLength + lookahead), mode);
			if (found === undefined) break;
			const text = this.#text.slice(taken, taken + found.length);
			const start = this.#offset + taken;
			ranges.push({start, end: start + text.length, text, boundary: found.boundary});
			taken += text.length;
			this.#scanned = 0;
			this.#first = false;
		}
		this.#text = this.#text.slice(taken);
		this.#offset += taken;
		return ranges;
	}

	/** The first range of `seen`, or undefined where it is not certain yet. */
	#find(seen: string, mode: Mode): Found | undefined {
		if (this.#first && this.#firstUtterance !== undefined)
			return this.#findExact(seen, this.#firstUtterance, mode);
		// The second half of a pair may still come.
		const text = mode === 'more' ? seen.replace(/[\uD800-\uDBFF]$/, '') : seen;
		if (isBlank(text.slice(0, this.#maxLength))) return this.#findBlank(text, mode);
		const found = this.#findBoundary(text, mode);
		if (found === 'wait') return undefined;
		return found ?? this.#findLimit(text, mode);
	}

	#findExact(seen: string, length: number, mode: Mode): Found | undefined {
		const wanted = Math.min(length, this.#maxLength);
		if (seen.length < wanted && mode !== 'end') return undefined;
		const text = seen.slice(0, wanted);
		return {length: text.length, boundary: isBlank(text) ? 'blank' : 'cut'};
	}

	#findBlank(text: string, mode: Mode): Found | undefined {
		if (text.length < this.#maxLength && mode !== 'end') return undefined;
		return {length: Math.min(text.length, this.#maxLength), boundary: 'blank'};
	}

	#findBoundary(text: string, mode: Mode): Found | 'wait' | undefined {
		for (let from = this.#scanned; ; ) {
			this.#candidates.lastIndex = from;
			const match = this.#candidates.exec(text);
			if (match === null || match.index >= this.#maxLength) {
				if (mode === 'more') this.#scanned = match?.index ?? text.length;
				return undefined;
			}
			const verdict = this.#decide(match, text, mode !== 'more');
			const found = typeof verdict === 'string' ? verdict : this.#found(match, text, verdict.end, mode);
			if (found !== 'goes on') return found;
			from = match.index + match[0].length;
			if (mode === 'more') this.#scanned = from;
		}
	}

	#decide({index, groups}: RegExpExecArray, text: string, ended: boolean): Verdict {
		if (groups?.['stop'] !== undefined) return this.#sentences.decide(text, index, ended);
		if (groups?.['line'] !== undefined) return decideLine(text, index, ended);
		if (groups?.['phrase'] !== undefined) {
			const verdict = decidePhrase(text, index, ended);
			return this.#longEnough(
				text,
				verdict,
				this.#first ? Math.min(this.#firstClause, leastPhrase) : leastPhrase,
			);
		}
		return this.#first
			? this.#longEnough(text, decideClause(text, index, ended), this.#firstClause)
			: 'goes on';
	}

	#longEnough(text: string, verdict: Verdict, least: number): Verdict {
		if (typeof verdict === 'string') return verdict;
		return spokenLength(text.slice(0, verdict.end)) >= least ? verdict : 'goes on';
	}

	/** The range that ends at `end`, with the white space behind it. */
	#found({groups}: RegExpExecArray, text: string, end: number, mode: Mode): Found | 'goes on' | 'wait' {
		if (end > this.#maxLength) return 'goes on';
		whiteRun.lastIndex = end;
		const length = Math.min(this.#maxLength, end + (whiteRun.exec(text)?.[0].length ?? 0));
		if (mode === 'more' && length === text.length && length < this.#maxLength) return 'wait';
		if (groups?.['stop'] === undefined && groups?.['line'] === undefined) return {length, boundary: 'clause'};
		return {length, boundary: pauseAfter(text.slice(0, length)) === 'paragraph' ? 'paragraph' : 'sentence'};
	}

	/** No boundary up to the limit: cut there; at the end all that is left is the last range. */
	#findLimit(text: string, mode: Mode): Found | undefined {
		if (text.length > this.#maxLength) return {length: cutPoint(text, this.#maxLength), boundary: 'cut'};
		if (mode !== 'end') return undefined;
		const pause = pauseAfter(text);
		return {length: text.length, boundary: pause === 'none' ? 'cut' : pause};
	}
}

const blank = new RegExp(`^${white}*$`, 'u');
const whiteRun = new RegExp(`${white}*`, 'uy');

function isBlank(text: string): boolean {
	return blank.test(text);
}

function checkLength(name: string, value: number, least: number): void {
	if (Number.isSafeInteger(value) && value >= least) return;
	throw new SpeechError('OPTION_INVALID', `${name}: ${value} is no integer of at least ${least}`);
}
