import {SpeechError} from '../errors.js';
import type {WordTimestamp} from '../wire/messages.js';
import {isSpeakable, type ResumePoint, resumeImpossible, type Track, type TrackHost} from './resume.js';
import {findWord} from './word-finder.js';

/** A word in the positions of the whole speech. */
interface Word {
	readonly word: string;
	readonly textStart: number;
	readonly textEnd: number;
	readonly startSample: number;
	readonly endSample: number;
}

/** Longest silence after a word, in seconds: more audio than that without a word has words whose times are late. */
const longestPause = 1.5;
/** Longest that audio is held for a word to be complete, in seconds. */
const longestWord = 10;
/** Text kept for words to come, in UTF-16 units, where none have. */
const keptWithoutWords = 10_000;

/**
 * Follows a server that announces no utterances: each word's audio is given once it is there whole, so that speech can go on
 * at the next word after a loss. Audio of no known word is never held.
 */
export class WordTrack implements Track {
	readonly #host: TrackHost;
	readonly #from: ResumePoint;
	/** Audio that was not given yet. */
	#held: Buffer = Buffer.alloc(0);
	/** Words whose audio is not there whole. */
	#waiting: Word[] = [];
	#last: Word | undefined;
	#textEnd: number;
	#trusted = true;

	constructor(host: TrackHost, from: ResumePoint) {
		this.#host = host;
		this.#from = from;
		this.#textEnd = from.textStart;
		if (from.begun)
			throw resumeImpossible(host, from.textStart, 'the server announces no utterances any more');
	}

	get keepFrom(): number {
		if (this.#last || this.#received === this.#from.sampleStart) return this.#textEnd;
		return Math.max(this.#from.textStart, this.#host.sent() - keptWithoutWords);
	}

	utterance(): void {}

	words(words: readonly WordTimestamp[]): void {
		for (const {word, startTime, endTime} of words) {
			const start = this.#waiting.at(-1)?.textEnd ?? this.#textEnd;
			const at = findWord(this.#host.text(start, this.#host.sent()), word, 0);
			const startSample = this.#samplesAt(startTime);
			const endSample = Math.max(startSample, this.#samplesAt(endTime));
			if (startSample < this.#host.delivered()) this.#trusted = false;
			if (at < 0) this.#trusted = false;
			else {
				const textStart = start + at;
				this.#waiting.push({word, textStart, textEnd: textStart + word.length, startSample, endSample});
			}
		}
		this.#release();
	}

	audio(pcm: Buffer): void {
		this.#held = this.#held.length === 0 ? pcm : Buffer.concat([this.#held, pcm]);
		this.#release();
		if (this.#held.length / 2 > longestWord * this.#host.sampleRate) this.#releaseAll();
	}

	finish(): ResumePoint {
		const received = this.#received - this.#from.sampleStart;
		this.#releaseAll();
		const [textStart, textEnd] = [this.#from.textStart, this.#host.sent()];
		if (received > 0) this.#covered(textEnd);
		else if (textEnd > textStart) {
			const text = this.#host.text(textStart, textEnd);
			if (isSpeakable(text))
				throw new SpeechError('REMOTE_PROTOCOL', 'The server finished without any audio for its text.');
			const reason = text.trim() === '' ? 'blank' : 'there is nothing to say here';
			this.#host.emit({type: 'unspoken', textStart, textEnd, reason});
		}
		return {textStart: textEnd, sampleStart: this.#host.delivered()};
	}

	resume(): ResumePoint {
		const delivered = this.#host.delivered();
		if (delivered === this.#from.sampleStart) return this.#from;
		const last = this.#last;
		const silence = delivered - (last?.endSample ?? this.#from.sampleStart);
		if (!this.#trusted || silence > longestPause * this.#host.sampleRate || !last) {
			const why = last ? 'its words’ times are late or do not match the text' : 'no words’ times tell where';
			throw resumeImpossible(this.#host, this.#trusted && last ? last.textEnd : null, `${why} to go on`);
		}
		const textStart = last.textEnd + toNextWord(this.#host.text(last.textEnd, Infinity));
		this.#covered(textStart);
		return {textStart, sampleStart: delivered};
	}

	get #received(): number {
		return this.#host.delivered() + this.#held.length / 2;
	}

	#samplesAt(seconds: number): number {
		return this.#from.sampleStart + Math.round(seconds * this.#host.sampleRate);
	}

	/** Gives what is known to be whole. */
	#release(): void {
		for (let [next] = this.#waiting; next && next.endSample <= this.#received; [next] = this.#waiting) {
			this.#waiting.shift();
			this.#giveWord(next);
		}
		this.#give(this.#waiting[0]?.startSample ?? this.#received);
	}

	/** Gives everything, words cut short too. */
	#releaseAll(): void {
		if (this.#waiting.length > 0) this.#trusted = false;
		for (const word of this.#waiting.splice(0)) this.#giveWord(word);
		this.#give(this.#received);
	}

	#giveWord(word: Word): void {
		this.#give(word.startSample);
		this.#host.emit({type: 'word', ...word, timing: this.#host.timing});
		this.#give(word.endSample);
		this.#last = word;
		this.#textEnd = word.textEnd;
		this.#host.spoken(word.textEnd);
	}

	/** Gives audio up to a position. */
	#give(position: number): void {
		const bytes = Math.min(this.#held.length, 2 * (position - this.#host.delivered()));
		if (bytes <= 0) return;
		this.#host.emit({type: 'audio', pcm: this.#held.subarray(0, bytes)});
		this.#held = this.#held.subarray(bytes);
	}

	/** The one thing known of the ranges: that the text up to here belongs to the audio up to now. */
	#covered(textEnd: number): void {
		const {textStart, sampleStart} = this.#from;
		this.#host.emit({
			type: 'utterance',
			textStart,
			textEnd,
			startSample: sampleStart,
			endSample: this.#host.delivered(),
		});
		this.#host.spoken(textEnd);
	}
}

/** From behind a word to the next: past the marks that follow it and the white space, or to the next letter where none stands. */
function toNextWord(rest: string): number {
	if (!isSpeakable(rest)) return rest.length;
	return /^[^\p{L}\p{N}\s]*\s+/u.exec(rest)?.[0].length ?? Math.max(0, rest.search(/[\p{L}\p{N}]/u));
}
