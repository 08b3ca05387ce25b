import type {Flush, SpeakOptions, SpeechEvent, Synthesizer, Voice, VoiceChoice} from '../synthesizer.js';
import {createHeart, type HeartEngine} from './neural/heart.js';
import {speakUtterances} from './speak.js';

export interface LocalSynthesizerOptions {}
export class LocalSynthesizer implements Synthesizer {
	readonly name = 'local';
	readonly #heart: HeartEngine;
	constructor() {
		this.#heart = createHeart();
	}
	voices(): Promise<readonly Voice[]> {
		return this.#heart.voices();
	}
	nativeRate(choice: VoiceChoice): number | undefined {
		return this.#heart.voice(choice)?.nativeRate;
	}
	async *speak(text: AsyncIterable<string | Flush>, options: SpeakOptions): AsyncGenerator<SpeechEvent, void> {
		const voice = this.#heart.voice(options);
		if (!voice) throw new Error('voice');
		yield* speakUtterances(this.#heart, voice, text, options);
	}
	async close(): Promise<void> {
		await this.#heart.close();
	}
}
let shared: LocalSynthesizer | undefined;
export function defaultSynthesizer(): LocalSynthesizer {
	shared ??= new LocalSynthesizer();
	return shared;
}
