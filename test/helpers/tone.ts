import type {Engine, Piece, RenderOptions, Utterance} from '../../lib/engines/engine.js';
import {speakUtterances} from '../../lib/engines/speak.js';
import type {Flush, SpeakOptions, Synthesizer, Voice} from '../../lib/synthesizer.js';

/** Samples that stand for one UTF-16 unit of the text. */
export const unit = 100;

export const toneVoice: Voice = {
	id: 'tone',
	name: 'Tone',
	language: 'en-US',
	gender: 'neutral',
	engine: 'tone',
	licence: 'MIT',
	nativeRate: 16_000,
	wordTimes: 'exact',
	speed: null,
	pitch: null,
	volume: null,
};

/**
 * An engine as users may write one: each UTF-16 unit becomes 100 samples that spell its code, so that a test can read
 * from the audio which text was spoken. It counts what it is asked for.
 */
export class ToneEngine implements Engine {
	readonly name = 'tone';
	readonly maxUtterance = 300;
	readonly parallel = 2;
	rendered: string[] = [];
	/** Resolves before an utterance is rendered: lets a test hold the engine back. */
	gate: (text: string) => Promise<void> = async () => {};

	async voices(): Promise<readonly Voice[]> {
		return [toneVoice];
	}

	voice(): Voice {
		return toneVoice;
	}

	scripts(): readonly string[] {
		return ['Latin'];
	}

	async *render({text}: Utterance, {signal}: RenderOptions): AsyncGenerator<Piece> {
		await this.gate(text);
		signal?.throwIfAborted();
		this.rendered.push(text);
		const samples = new Int16Array(text.length * unit);
		for (let at = 0; at < text.length; at++) samples.fill(text.charCodeAt(at), at * unit, (at + 1) * unit);
		const words = [...text.matchAll(/[\p{L}\p{N}'’]+/gu)].map(({0: word, index}) => ({
			textStart: index,
			textEnd: index + word.length,
			startSample: index * unit,
			endSample: (index + word.length) * unit,
		}));
		yield {pcm: Buffer.from(samples.buffer), words};
	}

	async warm(): Promise<void> {}
	async close(): Promise<void> {}
}

export class ToneSynthesizer implements Synthesizer {
	readonly name = 'tone';
	readonly engine = new ToneEngine();

	async voices(): Promise<readonly Voice[]> {
		return [toneVoice];
	}

	nativeRate(): number {
		return toneVoice.nativeRate;
	}

	speak(text: AsyncIterable<string | Flush>, options: SpeakOptions) {
		return speakUtterances(this.engine, toneVoice, text, options);
	}

	async close(): Promise<void> {}
}

/** The text that tone audio (s16le) spells; silence is left out. */
export function spelled(pcm: Buffer): string {
	let text = '';
	for (let at = 0; at + 2 * unit <= pcm.length; ) {
		const code = pcm.readInt16LE(at);
		if (code === 0) at += 2;
		else {
			text += String.fromCharCode(code);
			at += 2 * unit;
		}
	}
	return text;
}
