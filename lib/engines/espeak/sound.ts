import type {EspeakEvent} from '@echogarden/espeak-ng-emscripten';
import {msToSamples} from '../../audio/clock.js';
import {fadeEdges, keepEdge, silentLead, silentTail} from '../../audio/edges.js';
import type {UtteranceWord} from '../engine.js';
import type {WordExtent, WordExtents} from './text.js';

/** -60 dB of full scale; eSpeak NG's silence is nothing at all. */
const audible = 0.001;
const fullScale = 32_768;

/** Audio at the native rate with the words whose end it knows, positions counted from the first sample given. */
export interface Stretch {
	readonly samples: Float32Array;
	readonly words: readonly UtteranceWord[];
}

/**
 * Turns eSpeak NG's sound, as it comes, into trimmed audio. Holds back the word that is being spoken, whose end is not known,
 * and the silence before the next, which may be the last.
 */
export class EspeakSound {
	readonly #rate: number;
	readonly #extents: WordExtents;
	/** Samples that fade in at the start and out at the end. */
	readonly #fade: number;
	#samples: Float32Array<ArrayBuffer> = new Float32Array(0);
	/** Positions below count from the first sample that eSpeak NG made. */
	#length = 0;
	#given = 0;
	/** Where the audio begins, once a sound has come. */
	#begin: number | undefined;
	#spoken: {readonly extent: WordExtent; readonly start: number} | undefined;
	/** End of the last word known. */
	#end = 0;
	#textEnd = 0;
	#words: UtteranceWord[] = [];

	constructor(rate: number, extents: WordExtents) {
		this.#rate = rate;
		this.#extents = extents;
		this.#fade = msToSamples(5, rate);
	}

	/** Takes 100 ms; gives what is certain now. */
	push(samples: Int16Array, events: readonly EspeakEvent[]): Stretch | undefined {
		this.#append(samples);
		for (const {type, text_position, audio_position} of events) {
			const position = Math.min(this.#length, msToSamples(audio_position, this.#rate));
			if (type === 'word') this.#startWord(this.#extents.at(text_position), position);
			else if (type === 'end') this.#endWord(position, this.#extents.offset(text_position));
		}
		// The last word's end may be the utterance's, and is faded then: eSpeak NG breaks off within a sound.
		return this.#take(this.#spoken?.start ?? this.#end - this.#fade);
	}

	/** Gives the rest without the silence at its end. */
	finish(): Stretch | undefined {
		this.#endWord(this.#length, Number.POSITIVE_INFINITY);
		const rest = this.#samples.subarray(this.#given, this.#length);
		const silence = silentTail(rest, audible);
		return this.#take(this.#length - Math.max(0, silence - keepEdge(this.#rate)), this.#length - silence);
	}

	#append(samples: Int16Array): void {
		if (this.#length + samples.length > this.#samples.length) {
			const larger = new Float32Array(2 * (this.#length + samples.length));
			larger.set(this.#samples.subarray(0, this.#length));
			this.#samples = larger;
		}
		// A loop over indices: an iterator takes as long as a fifth of the synthesis.
		for (let index = 0; index < samples.length; index++)
			this.#samples[this.#length + index] = (samples[index] ?? 0) / fullScale;
		this.#length += samples.length;
	}

	/** Several events may belong to one word: a price, an emoji. */
	#startWord(extent: WordExtent | undefined, position: number): void {
		if (!extent || extent.textStart === this.#spoken?.extent.textStart) return;
		this.#endWord(position, extent.textStart);
		if (extent.textStart < this.#textEnd) return;
		this.#textEnd = extent.textEnd;
		this.#spoken = {extent, start: position};
	}

	/** `textEnd`: where the text goes on. */
	#endWord(position: number, textEnd: number): void {
		if (!this.#spoken) return;
		const {start} = this.#spoken;
		const extent = this.#extents.upTo(textEnd, this.#spoken.extent);
		this.#spoken = undefined;
		const sound = this.#samples.subarray(start, position);
		const lead = silentLead(sound, audible);
		if (lead === sound.length) return;
		this.#end = position - silentTail(sound, audible);
		this.#begin ??= Math.max(0, start + lead - keepEdge(this.#rate));
		this.#words.push({...extent, startSample: start + lead, endSample: this.#end});
	}

	/** What was not given yet, up to a position; the words with their positions in what is given. `soundEnd`: where the last sound of all ends. */
	#take(end: number, soundEnd?: number): Stretch | undefined {
		const begin = this.#begin;
		if (begin === undefined) return undefined;
		const start = Math.max(begin, this.#given);
		if (end <= start) return undefined;
		const samples = this.#samples.slice(start, end);
		if (this.#given === 0) fadeEdges(samples, {fadeIn: this.#fade, fadeOut: 0});
		if (soundEnd !== undefined)
			fadeEdges(samples.subarray(0, Math.max(0, soundEnd - start)), {fadeIn: 0, fadeOut: this.#fade});
		const words = this.#words.map(word => ({
			...word,
			startSample: word.startSample - begin,
			endSample: word.endSample - begin,
		}));
		this.#words = [];
		this.#given = end;
		return {samples, words};
	}
}
