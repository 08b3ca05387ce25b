import {Channel} from '../channel.js';
import type {Flush, SpeakOptions, SpeechEvent, Synthesizer} from '../synthesizer.js';
import {leave, waitFor} from '../waiting.js';
import {HeardTrack} from './heard-track.js';
import {moved} from './moved.js';

/** A long text is handed on piece by piece, so that what the track keeps of it lies beside what is heard; in UTF-16 units. */
const sliceLength = 4096;

/**
 * Speech from the stream's start, or an interruption, to the next one: one `speak` of the synthesizer, whose positions are
 * mapped to those of the whole stream.
 */
export class Turn {
	readonly heard: HeardTrack;
	readonly #text = new Channel<string | Flush>(0);
	readonly #events: AsyncIterator<SpeechEvent>;
	readonly #controller = new AbortController();
	readonly #textBase: number;
	/** Samples of the stream before it. */
	readonly sampleBase: number;

	/** `textBase` and `sampleBase`: how much text and audio came before, in UTF-16 units and samples. */
	constructor(synthesizer: Synthesizer, options: SpeakOptions, textBase: number, sampleBase: number) {
		this.heard = new HeardTrack(textBase);
		this.#textBase = textBase;
		this.sampleBase = sampleBase;
		this.#events = synthesizer
			.speak(this.#text, {...options, signal: this.#controller.signal})
			[Symbol.asyncIterator]();
	}

	/** Whether the text has ended: only then may the speech. */
	get textEnded(): boolean {
		return this.#text.ended;
	}

	/** Settles once the synthesizer has taken the text. */
	async write(text: string | Flush): Promise<void> {
		if (typeof text !== 'string') return this.#text.send(text);
		for (let at = 0; at < text.length && !this.#text.ended; at += sliceLength) {
			const slice = text.slice(at, at + sliceLength);
			this.heard.add(slice);
			await this.#text.send(slice);
		}
	}

	endText(): void {
		this.#text.end();
	}

	/** The next event, in the stream's positions; undefined when all was spoken. Throws the reason once stopped. */
	async next(): Promise<SpeechEvent | undefined> {
		const {done, value} = await waitFor(this.#events.next(), this.#controller.signal);
		if (done) return undefined;
		const event = moved(value, this.#textBase, this.sampleBase);
		if (event.type === 'word') this.heard.mark(event.textEnd, event.endSample);
		if (event.type === 'utterance' && event.endSample !== undefined)
			this.heard.mark(event.textEnd, event.endSample);
		return event;
	}

	/** Ends the work, down to the engine. */
	stop(reason: Error): void {
		this.#controller.abort(reason);
		this.#text.close();
		leave(this.#events);
	}
}
