import {SpeechError} from '../errors.js';
import {emoji} from '../phonemes/english/emoji.js';
import {transcribe} from '../phonemes/english/ipa.js';
import type {Variety} from '../phonemes/english/variety.js';
import type {Reading} from '../phonemes/reading.js';
import {type LexiconEntry, lexiconEntries, phonemesOf, type UserLexicon} from './entries.js';

export interface ReadingOptions {
	readonly lexicon?: UserLexicon | undefined;
	readonly inlinePhonemes?: boolean | undefined;
	readonly emoji?: 'say' | 'skip' | undefined;
}

export interface ReadingVoice {
	readonly id: string;
	readonly language: string;
	/** The English whose phonemes it takes; undefined: it takes none. */
	readonly english: Variety | undefined;
}

/** What is said for a word that was found: `Reading` without its place. */
type Said = Pick<Reading, 'phonemes' | 'words'>;

interface Candidate {
	/** Made when it is first needed: of a large lexicon a text needs little. */
	pattern: RegExp | undefined;
	readonly grapheme: string;
	readonly said: Said;
}

const inline = /\[([^\][\n]{1,200})\]\(\/([^/\n]{1,500})\/\)/uy;
const emojiRun = new RegExp(`(?:${emoji})+`, 'uy');
const wordCharacter = /[\p{L}\p{N}\p{M}]/u;
const finders = new WeakMap<object, Map<string, ReadingFinder>>();

/** A finder for a voice; that of entries which `lexiconEntries` gave is remembered, because a large lexicon takes a while. */
export function readingFinder(
	options: ReadingOptions,
	voice: ReadingVoice,
	unknown: (phonemes: readonly string[]) => void,
): ReadingFinder {
	const lexicon = lexiconEntries(options.lexicon ?? []);
	const {inlinePhonemes = false, emoji: emojiOption = 'say'} = options;
	const key = JSON.stringify([voice.id, voice.language, voice.english, inlinePhonemes, emojiOption]);
	const known = finders.get(lexicon) ?? new Map<string, ReadingFinder>();
	const finder = known.get(key) ?? new ReadingFinder({...options, lexicon}, voice, unknown);
	finders.set(lexicon, known.set(key, finder));
	return finder;
}

/** Letters by which entries are kept apart, so that a large lexicon costs a text no time. */
const indexed = 2;

/**
 * Finds in texts what is to be said otherwise than it is written: words of a user's lexicon, `[word](/phonemes/)`, emoji to be
 * skipped. Phonemes that no voice has are dropped, and `unknown` is told of them.
 */
export class ReadingFinder {
	readonly #candidates = new Map<string, Candidate[]>();
	readonly #options: ReadingOptions;
	readonly #voice: ReadingVoice;
	readonly #unknown: (phonemes: readonly string[]) => void;

	/**
	 * Throws `SpeechError`: OPTION_INVALID for a lexicon that is none, or phonemes of which no voice has any; VOICE_LACKS where
	 * a word is given by phonemes and the voice takes only words.
	 */
	constructor(options: ReadingOptions, voice: ReadingVoice, unknown: (phonemes: readonly string[]) => void) {
		this.#options = options;
		this.#voice = voice;
		this.#unknown = unknown;
		// The last entry of a word holds: it is met last, and put before the others.
		const entries = new Map<string, LexiconEntry>();
		for (const entry of lexiconEntries(options.lexicon ?? [])) {
			if (speaks(voice.language, entry.language)) entries.set(entry.grapheme.normalize(), entry);
		}
		for (const [grapheme, entry] of entries) this.#add(grapheme, entry);
		for (const candidates of this.#candidates.values())
			candidates.sort((a, b) => b.grapheme.length - a.grapheme.length);
	}

	/** In order, without overlap: what begins first, of several the longest. */
	find(text: string): readonly Reading[] {
		const {inlinePhonemes = false, emoji: emojiOption = 'say'} = this.#options;
		if (this.#candidates.size === 0 && !inlinePhonemes && emojiOption === 'say') return [];
		const readings: Reading[] = [];
		for (let at = 0; at < text.length; ) {
			const reading =
				(inlinePhonemes ? this.#inline(text, at) : undefined) ??
				(emojiOption === 'skip' ? skipped(text, at) : undefined) ??
				this.#word(text, at);
			if (reading) readings.push(reading);
			at = reading?.end ?? at + 1;
		}
		return readings;
	}

	#add(grapheme: string, {said: written}: LexiconEntry): void {
		const said = this.#said(grapheme, written);
		const candidate: Candidate = {pattern: undefined, grapheme, said};
		const key = keyOf(grapheme.trim());
		const others = this.#candidates.get(key);
		if (others) others.push(candidate);
		else this.#candidates.set(key, [candidate]);
	}

	#said(grapheme: string, written: string): Said {
		const phonemes = phonemesOf(written);
		if (phonemes === undefined) return {words: written.trim().replace(/\s+/gu, ' ')};
		const {id, english} = this.#voice;
		if (english === undefined) {
			const message = `The voice ${id} takes no phonemes: give words for ${JSON.stringify(grapheme)} instead, or say by its language whose they are.`;
			throw new SpeechError('VOICE_LACKS', message);
		}
		const known = this.#transcribe(phonemes, english);
		if (known !== '') return {phonemes: known};
		throw new SpeechError(
			'OPTION_INVALID',
			`lexicon: none of the phonemes of ${JSON.stringify(grapheme)} is one: ${written}.`,
		);
	}

	#transcribe(written: string, english: Variety): string {
		const {phonemes, dropped} = transcribe(written, english);
		if (dropped.length > 0) this.#unknown(dropped);
		return phonemes;
	}

	/** `[word](/phonemes/)`; a voice that takes no phonemes says the word as it stands. */
	#inline(text: string, at: number): Reading | undefined {
		if (text.charAt(at) !== '[') return undefined;
		inline.lastIndex = at;
		const [all, word = '', written = ''] = inline.exec(text) ?? [];
		if (all === undefined || word.trim() === '') return undefined;
		const place = {start: at, end: at + all.length, wordStart: at + 1, wordEnd: at + 1 + word.length};
		const {english} = this.#voice;
		const phonemes = english === undefined ? '' : this.#transcribe(written, english);
		return phonemes === '' ? {...place, words: word} : {...place, phonemes};
	}

	#word(text: string, at: number): Reading | undefined {
		const before = text.slice(0, at).at(-1);
		for (const candidate of this.#candidatesAt(text, at)) {
			candidate.pattern ??= patternOf(candidate.grapheme);
			const {pattern, said} = candidate;
			pattern.lastIndex = at;
			const found = pattern.exec(text)?.[0];
			if (found === undefined) continue;
			const end = at + found.length;
			const joinsBefore = adjoin(before, found.charAt(0));
			if (!joinsBefore && !adjoin(found.at(-1), text.charAt(end)))
				return {start: at, end, wordStart: at, wordEnd: end, ...said};
		}
		return undefined;
	}

	#candidatesAt(text: string, at: number): readonly Candidate[] {
		const key = keyOf(text.slice(at, at + indexed));
		const longer = this.#candidates.get(key) ?? [];
		return key.length < indexed ? longer : [...longer, ...(this.#candidates.get(key.slice(0, 1)) ?? [])];
	}
}

/** Of a word in small letters any case; spaces stand for any white space, letters composed or not. */
function patternOf(grapheme: string): RegExp {
	const spelled = grapheme.trim().split(/\s+/u).map(quoted).join('\\s+');
	const flags = grapheme === grapheme.toLowerCase() ? 'iuy' : 'uy';
	return new RegExp(`(?:${spelled}|${spelled.normalize('NFD')})`, flags);
}

/** A word's first letters, alike however it is capitalized, composed or spaced. */
function keyOf(text: string): string {
	return text
		.normalize('NFD')
		.slice(0, indexed)
		.toLowerCase()
		.replace(/[\s\p{M}].*$/su, '');
}

/** Whether two characters belong to one word. A mark adjoins whatever it stands behind. */
function adjoin(before: string | undefined, after: string): boolean {
	return before !== undefined && wordCharacter.test(before) && wordCharacter.test(after);
}

function skipped(text: string, at: number): Reading | undefined {
	emojiRun.lastIndex = at;
	const run = emojiRun.exec(text)?.[0];
	return run === undefined
		? undefined
		: {start: at, end: at + run.length, wordStart: at, wordEnd: at + run.length, words: ''};
}

/** `en` holds for `en-US`, and what is for `en-US` for a voice of plain `en`. */
function speaks(language: string, wanted: string | undefined): boolean {
	if (wanted === undefined) return true;
	const [a, b] = [language.toLowerCase(), wanted.toLowerCase()];
	return a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`);
}

const quoted = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
