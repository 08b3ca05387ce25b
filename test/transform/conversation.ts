import assert from 'node:assert/strict';
import type {TimedWord, UnspokenEvent, UtteranceEvent} from '../../lib/synthesizer.js';
import type {Heard} from '../../lib/transform/heard-track.js';
import type {TTSTransform} from '../../lib/transform/tts-transform.js';
import {unit} from '../helpers/tone.js';

/** What lies between two interruptions, as the stream told it and as its user knows it. */
interface Turn {
	/** Text written, and samples read, before it. */
	readonly textStart: number;
	readonly sampleStart: number;
	readonly ranges: Array<UtteranceEvent | UnspokenEvent>;
	/** Utterances that were told again, with their end. */
	readonly spoken: UtteranceEvent[];
	readonly words: TimedWord[];
}

/**
 * The user of a stream whose voice is a tone that spells its text: writes, reads and interrupts, keeps book, and holds
 * what the stream told and gave against that book. Its stream is to give `pcm_s16le` or `wav`.
 */
export class Conversation {
	readonly #stream: TTSTransform;
	readonly #header: number;
	readonly #chunks: Buffer[] = [];
	readonly #interruptions: Array<Promise<void>> = [];
	#bytes = 0;
	#audio: Buffer = Buffer.alloc(0);
	#given = '';
	#turns: Turn[] = [];

	constructor(stream: TTSTransform) {
		this.#stream = stream;
		this.#header = stream.format === 'wav' ? 44 : 0;
		this.#begin();
		stream.on('utterance', event => {
			if (event.endSample === undefined) this.#turn.ranges.push(event);
			else this.#turn.spoken.push(event);
		});
		stream.on('unspoken', event => this.#turn.ranges.push(event));
		stream.on('word', word => this.#turn.words.push(word));
	}

	/** Whether any audio was read. */
	get heard(): boolean {
		return this.#bytes > this.#header;
	}

	write(text: string, asBytes: boolean): void {
		if (this.#stream.writableEnded || this.#stream.destroyed) return;
		this.#given += text;
		this.#stream.write(asBytes ? Buffer.from(text) : text);
	}

	take(chunk: Buffer | null): void {
		if (chunk === null) return;
		this.#chunks.push(chunk);
		this.#bytes += chunk.length;
	}

	interrupt(playedSamples: number | undefined): void {
		if (this.#stream.destroyed) return;
		const turn = this.#turn;
		this.#begin();
		const samples = Math.min(playedSamples ?? Infinity, this.#samples - turn.sampleStart);
		const check = (heard: Heard) => this.#checkHeard(heard, turn, samples);
		this.#interruptions.push(this.#stream.interrupt({playedSamples}).then(check));
	}

	/** To be called when the stream has ended. Throws where the stream and the book differ. */
	async check(): Promise<void> {
		await Promise.all(this.#interruptions);
		this.#audio = Buffer.concat(this.#chunks).subarray(this.#header);
		assert.equal(this.#audio.length % 2, 0, 'whole samples');
		for (const [index, turn] of this.#turns.entries()) {
			const next = this.#turns[index + 1];
			this.#checkRanges(turn, next);
			this.#checkWords(turn, next);
		}
	}

	get #turn(): Turn {
		const turn = this.#turns.at(-1);
		assert(turn);
		return turn;
	}

	/** A sample that was read in part counts: its rest is still read. */
	get #samples(): number {
		return Math.max(0, Math.ceil((this.#bytes - this.#header) / 2));
	}

	#begin(): void {
		const [textStart, sampleStart] = [this.#given.length, this.#samples];
		this.#turns.push({textStart, sampleStart, ranges: [], spoken: [], words: []});
	}

	/** Of all that was told with its end, the last that was heard whole. */
	#checkHeard({text, textEnd, samples}: Heard, turn: Turn, expected: number): void {
		assert.equal(samples, expected, 'samples heard');
		const heardUntil = turn.sampleStart + samples;
		const whole = [...turn.words, ...turn.spoken].filter(({endSample = Infinity}) => endSample <= heardUntil);
		const end = Math.max(turn.textStart, ...whole.map(part => part.textEnd));
		assert.equal(text, this.#given.slice(turn.textStart, end), 'text heard');
		if (text !== '') assert.equal(textEnd, end, 'end of the text heard');
	}

	/** The ranges adjoin, and the audio read is theirs: nothing twice, nothing missing. */
	#checkRanges({textStart, sampleStart, ranges, spoken}: Turn, next: Turn | undefined): void {
		const samplesEnd = next?.sampleStart ?? this.#samples;
		let [text, sample] = [textStart, sampleStart];
		for (const range of ranges) {
			assert.equal(range.textStart, text, 'ranges adjoin');
			text = range.textEnd;
			if (range.type === 'unspoken') continue;
			assert.equal(range.startSample, sample, 'utterances adjoin');
			const end = spoken.find(event => event.textStart === range.textStart)?.endSample;
			sample = end ?? Infinity;
			this.#checkAudio(range, Math.min(sample, samplesEnd));
		}
		assert(text <= (next?.textStart ?? this.#given.length), 'no text of the next turn');
		assert(sample >= samplesEnd, 'no audio without its text');
		if (next) return;
		assert.equal(text, this.#given.length, 'all text is covered');
		assert.equal(sample, samplesEnd, 'all audio was read');
	}

	/** The audio spells the text; what follows is the pause. */
	#checkAudio({textStart, textEnd, startSample}: UtteranceEvent, endSample: number): void {
		for (let sample = startSample; sample < endSample; sample++) {
			const at = textStart + Math.floor((sample - startSample) / unit);
			const expected = at < textEnd ? this.#given.charCodeAt(at) : 0;
			if (this.#audio.readUInt16LE(sample * 2) !== expected) assert.fail(`sample ${sample} is not of ${at}`);
		}
	}

	#checkWords({words, sampleStart}: Turn, next: Turn | undefined): void {
		for (const {word, textStart, textEnd, startSample} of words) {
			assert.equal(this.#given.slice(textStart, textEnd), word);
			assert(startSample >= sampleStart, 'words lie in their turn');
			if (startSample >= (next?.sampleStart ?? this.#samples)) continue;
			assert.equal(this.#audio.readUInt16LE(startSample * 2), word.charCodeAt(0), `audio of ${word}`);
		}
	}
}
