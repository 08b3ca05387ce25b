import {SpeechError} from '../errors.js';
import {type Tables, tablesOf} from './abbreviations.js';
import {abbreviationBefore, isListMarker} from './guards.js';
import {
	closer,
	lookahead,
	partialFootnote,
	spaceless,
	terminal,
	type Verdict,
	viewFrom,
	white,
} from './marks.js';

const weak = /^[.․﹒．…‥⋯]+$/u;
const asciiOrEllipsis = /[!-~…‥⋯]$/u;
const spacelessEnd = new RegExp(`${spaceless}$`, 'u');
const spacelessStart = new RegExp(`^${spaceless}`, 'u');
const numberEnd = /\p{Nd}$/u;
const numberStart = /^\p{Nd}/u;
const quoteOrBracket = /[\p{Pe}\p{Pf}\p{Pi}"']/u;
const beforeWord = /^[^\p{L}\p{N}]*/u;
// 「はい。」と言った: a particle carries the sentence on; ところ, とても and the like begin one.
const japaneseParticle = /^(?:と(?![ころてにきうりもな])|って|の(?![ちん])|を|が(?!っ))/u;
const capitalStart = /^[^\p{L}]*\p{Lu}/u;
const lineEnds = /[\n\r\v\f\u0085\u2028\u2029]/gu;

/** How far before a mark the text matters, in UTF-16 units; an opening quote may be farther away than a word. */
const lookbehind = 64;
const quoteLookbehind = 512;

/** The marks at a place with what stands around them. */
interface Stop {
	readonly run: string;
	readonly closers: string;
	readonly space: string;
	/** What follows the white space, as far as it was seen. */
	readonly next: string;
	/** What precedes `next`'s first letter or digit. */
	readonly lead: number;
	/** The first letter or digit of `next`, or ''. */
	readonly first: string;
	readonly whole: boolean;
}

/** Decides where sentences end, in one language: `Intl.Segmenter` says where they may, the guards here take some back. */
export class SentenceEnds {
	/** Source of the class of marks that may end a sentence. */
	readonly marks: string;
	readonly #segmenter: Intl.Segmenter;
	readonly #tables: Tables;
	readonly #stop: RegExp;
	readonly #stopInQuotes: RegExp;

	/** Throws SpeechError OPTION_INVALID where `language` is no BCP 47 tag. */
	constructor(language: string) {
		try {
			this.#segmenter = new Intl.Segmenter(language, {granularity: 'sentence'});
		} catch (cause) {
			throw new SpeechError('OPTION_INVALID', `language: ${JSON.stringify(language)} is no BCP 47 tag`, {
				cause,
			});
		}
		// `;` is the Greek question mark.
		this.marks = /^el\b/iu.test(language) ? terminal.replace(']', ';]') : terminal;
		this.#tables = tablesOf(language);
		this.#stop = new RegExp(`^(${this.marks}+)((?:${closer})*)(${white}*)`, 'u');
		this.#stopInQuotes = new RegExp(`^(${this.marks}+)((?:${closer}|")*)(${white}*)`, 'u');
	}

	/** Whether a sentence of `text` (a range from its start on) ends with the run of marks at `at`. `ended`: nothing follows `text` now. */
	decide(text: string, at: number, ended: boolean): Verdict {
		const stop = this.#read(text, at, ended);
		const {run, closers, space, next, whole} = stop;
		if (!whole && (next === '' || partialFootnote.test(next))) return 'wait';
		const verdict = {end: at + run.length + closers.length};
		const before = text.slice(Math.max(0, at - lookbehind), at);
		if (next === '') return this.#complete(before, stop) ? verdict : 'goes on';
		if (/^\p{M}/u.test(next) || (space === '' && !mayAdjoin(before, stop))) return 'goes on';
		const quoted = quoteOrBracket.test(closers);
		if (stop.first === '' && !whole) return 'wait';
		// Ah! how good: within a sentence that began with a capital. Chats begin none with it.
		const joined = weak.test(run) || quoted || capitalStart.test(text.slice(0, Math.min(at, lookbehind)));
		if (joined && /^\p{Ll}/u.test(stop.first)) return 'goes on';
		if (quoted && space === '') {
			if (next.length < 2 && !whole) return 'wait';
			if (japaneseParticle.test(next)) return 'goes on';
		}
		if (run === '.' && closers === '') {
			const abbreviated = abbreviationBefore(before, next.slice(stop.lead), whole, this.#tables);
			if (abbreviated !== 'no') return abbreviated === 'yes' ? 'goes on' : 'wait';
		}
		return this.#breaks(before, stop) ? verdict : 'goes on';
	}

	#read(text: string, at: number, ended: boolean): Stop {
		const view = viewFrom(text, at, ended);
		// Within straight quotes the next one closes, even with a letter behind it.
		const inQuotes = text.slice(Math.max(0, at - quoteLookbehind), at).split('"').length % 2 === 0;
		const match = (inQuotes ? this.#stopInQuotes : this.#stop).exec(view.text);
		const [all = '', run = '', closers = '', space = ''] = match ?? [];
		const next = view.text.slice(all.length);
		const lead = beforeWord.exec(next)?.[0].length ?? 0;
		const point = next.codePointAt(lead);
		const first = point === undefined ? '' : String.fromCodePoint(point);
		return {run, closers, space, next, lead, first, whole: view.whole};
	}

	/** Whether the sentence is complete if nothing follows. */
	#complete(before: string, {run, closers, space}: Stop): boolean {
		if (run.length + closers.length === lookahead) return !asciiOrEllipsis.test(run);
		if (run !== '.' || closers !== '') return true;
		if (space === '' && numberEnd.test(before)) return false;
		return !isListMarker(before) && abbreviationBefore(before, '', true, this.#tables) !== 'yes';
	}

	#breaks(before: string, {run, closers, space, next, lead, first}: Stop): boolean {
		const context = before.slice(-32);
		// Hard-wrapped lines are prose to it too, and an ellipsis is three stops.
		const window = `${context}${run}${closers}${space}${next.slice(0, lead)}${first}`
			.replace(lineEnds, ' ')
			.replace(/[…‥⋯]/gu, '.');
		const place = Math.max(0, window.length - Math.max(1, first.length));
		const found = this.#segmenter.segment(window).containing(place);
		return found !== undefined && found.index > context.length;
	}
}

/** Whether the next sentence may follow without white space: in Chinese and Japanese, and after marks that are not ASCII. */
function mayAdjoin(before: string, {run, next}: Stop): boolean {
	if (asciiOrEllipsis.test(run)) {
		return /[.!?]$/u.test(run) && spacelessEnd.test(before) && spacelessStart.test(next);
	}
	return !(numberEnd.test(before) && numberStart.test(next));
}
