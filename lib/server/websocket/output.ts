import type {SpeechEvent, UtteranceEvent, WordEvent} from '../../synthesizer.js';
import {maxChunkBytes, type TimestampMessage, type UtterancePosition} from '../../wire/messages.js';

export interface OutputOptions {
	readonly generationId: string;
	/** Hz. */
	readonly sampleRate: number;
	/** Whether words are sent. */
	readonly words: boolean;
	/** Whether utterances are announced. */
	readonly positions: boolean;
}

/** Turns the events of one generation into messages. Words wait for the audio that they belong to, never audio for words. */
export class Output {
	readonly #options: OutputOptions;
	readonly #chunkStart: string;
	#words: WordEvent[] = [];
	#samples = 0;

	constructor(options: OutputOptions) {
		this.#options = options;
		this.#chunkStart = `{"type":"chunk","generationId":${JSON.stringify(options.generationId)},"audio":"`;
	}

	/** The messages that an event makes, each the text of a frame; made one at a time, as they can be sent. */
	*messages(event: SpeechEvent): Generator<string, void> {
		if (event.type === 'word') {
			if (this.#options.words) this.#words.push(event);
		} else if (event.type === 'audio') yield* this.#audio(event.pcm);
		else if (this.#options.positions) {
			yield* this.rest();
			yield this.#timestamp({
				wordTimestamps: [],
				utterance: event.type === 'utterance' ? positionOf(event) : this.#unspoken(event),
			});
		}
	}

	/** The words that still wait, after the last event. */
	*rest(): Generator<string, void> {
		if (this.#words.length === 0) return;
		const {sampleRate} = this.#options;
		const wordTimestamps = this.#words.map(({word, startSample, endSample}) => ({
			word,
			startTime: startSample / sampleRate,
			endTime: endSample / sampleRate,
		}));
		this.#words = [];
		yield this.#timestamp({wordTimestamps});
	}

	*#audio(pcm: Buffer): Generator<string, void> {
		yield* this.rest();
		this.#samples += pcm.length / 2;
		for (let at = 0; at < pcm.length; at += maxChunkBytes) {
			// Base64 needs no escapes: putting the message together spares a scan of all of it.
			const audio = pcm.subarray(at, at + maxChunkBytes).toString('base64');
			yield `${this.#chunkStart}${audio}"}`;
		}
	}

	#unspoken({textStart, textEnd, reason}: SpeechEvent & {type: 'unspoken'}): UtterancePosition {
		return {
			textStart,
			textEnd,
			startSample: this.#samples,
			endSample: this.#samples,
			unspoken: reason,
		};
	}

	#timestamp(fields: Pick<TimestampMessage, 'wordTimestamps' | 'utterance'>): string {
		const {generationId} = this.#options;
		return JSON.stringify({type: 'timestamp', generationId, ...fields} satisfies TimestampMessage);
	}
}

function positionOf({textStart, textEnd, startSample, endSample}: UtteranceEvent): UtterancePosition {
	return {textStart, textEnd, startSample, ...(endSample === undefined ? {} : {endSample})};
}
