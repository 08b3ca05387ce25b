import {SpeechError} from '../errors.js';
import {emoji} from '../phonemes/english/emoji.js';
import {transcribe} from '../phonemes/english/ipa.js';
import type {Variety} from '../phonemes/english/variety.js';
import type {Reading} from '../phonemes/reading.js';
import {type LexiconEntry, lexiconEntries, phonemesOf, type UserLexicon} from './entries.js';
import {LexiconWords, type Said} from './words.js';

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

const inline = /\[([^\][\n]{1,200})\]\(\/([^/\n]{1,500})\/\)/uy;
const emojiRun = new RegExp(`(?:${emoji})+`, 'uy');
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

/**
 * Finds in texts what is to be said otherwise than it is written: words of a user's lexicon, `[word](/phonemes/)`, emoji to be
 * skipped. Phonemes that no voice has are dropped, and `unknown` is told of them.
 */
export class ReadingFinder {
	readonly #words: LexiconWords;
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
		// Of several entries for a word the last holds.
		const entries = new Map<string, LexiconEntry>();
		for (const entry of lexiconEntries(options.lexicon ?? [])) {
			if (speaks(voice.language, entry.language)) entries.set(entry.grapheme.normalize(), entry);
		}
		this.#words = new LexiconWords(
			Array.from(entries, ([grapheme, {said}]) => [grapheme, this.#said(grapheme, said)] as const),
		);
	}

	/** In order, without overlap: what begins first, of several the longest. */
	find(text: string): readonly Reading[] {
		const {inlinePhonemes = false, emoji: emojiOption = 'say'} = this.#options;
		if (this.#words.empty && !inlinePhonemes && emojiOption === 'say') return [];
		const readings: Reading[] = [];
		for (let at = 0; at < text.length; ) {
			const reading =
				(inlinePhonemes ? this.#inline(text, at) : undefined) ??
				(emojiOption === 'skip' ? skipped(text, at) : undefined) ??
				this.#words.at(text, at);
			if (reading) readings.push(reading);
			at = reading?.end ?? at + 1;
		}
		return readings;
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
