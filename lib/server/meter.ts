import {AudibleDetector} from '../audio/audible.js';
import type {SpeakOptions, SpeechEvent, Synthesizer} from '../synthesizer.js';
import type {WireErrorCode} from '../wire/error-codes.js';
import type {HttpErrorCode} from '../wire/http-errors.js';

export type Outcome = 'finished' | 'cancelled' | 'gone' | WireErrorCode | HttpErrorCode;

/** What became of a generation, for logs and metrics: times in ms from its opening. */
export interface GenerationReport {
	readonly outcome: Outcome;
	readonly characters: number;
	readonly audioSeconds: number;
	/** When its turn in its context came; HTTP has none to wait for. */
	readonly startedMs: number | undefined;
	/** How long its first utterance waited for a worker. */
	readonly queuedMs: number | undefined;
	readonly firstChunkMs: number | undefined;
	readonly firstAudibleMs: number | undefined;
	readonly totalMs: number;
	/** How often a player that began at once would have run dry, although all of the text was there. */
	readonly underruns: number;
}

/** A gap that no ear notices, in ms. */
const tolerance = 10;

/** Notes the moments of one generation's life. */
export class SpeechMeter {
	readonly #opened = performance.now();
	readonly #sampleRate: number;
	readonly #audible: AudibleDetector;
	#started: number | undefined;
	#queuedMs: number | undefined;
	#firstChunk: number | undefined;
	#firstAudible: number | undefined;
	#asked = this.#opened;
	/** Whether text may be missing: then nobody is to blame for a gap. */
	#textComplete = false;
	/** ms of audio that a player has not played yet; while nobody asks for more it stands still. */
	#ahead = 0;
	#characters = 0;
	#samples = 0;
	#underruns = 0;

	/** Of audio at so many Hz. */
	constructor(sampleRate: number) {
		this.#sampleRate = sampleRate;
		this.#audible = new AudibleDetector(sampleRate);
	}

	/** Characters of text taken so far, and samples of audio given. */
	get characters(): number {
		return this.#characters;
	}

	get samples(): number {
		return this.#samples;
	}

	/** ms from its opening until now. */
	get elapsed(): number {
		return performance.now() - this.#opened;
	}

	text(characters: number): void {
		this.#characters += characters;
	}

	/** No more text follows. */
	textEnded(): void {
		this.#textComplete = true;
	}

	/** Its turn has come. */
	start(): void {
		this.#started ??= performance.now();
	}

	/** An utterance has waited so long for a worker, in ms. */
	queued(ms: number): void {
		this.#queuedMs ??= ms;
	}

	/** The events of a synthesizer, as they are, each noted. */
	async *watch(events: AsyncIterable<SpeechEvent>): AsyncGenerator<SpeechEvent, void> {
		this.start();
		this.#asked = performance.now();
		for await (const event of events) {
			if (event.type === 'audio') this.#audio(event.pcm);
			yield event;
			this.#asked = performance.now();
		}
	}

	report(outcome: Outcome): GenerationReport {
		const since = (at: number | undefined) => (at === undefined ? undefined : Math.round(at - this.#opened));
		return {
			outcome,
			characters: this.#characters,
			audioSeconds: this.#samples / this.#sampleRate,
			startedMs: since(this.#started),
			queuedMs: this.#queuedMs === undefined ? undefined : Math.round(this.#queuedMs),
			firstChunkMs: since(this.#firstChunk),
			firstAudibleMs: since(this.#firstAudible),
			totalMs: Math.round(this.elapsed),
			underruns: this.#underruns,
		};
	}

	#audio(pcm: Buffer): void {
		const now = performance.now();
		if (this.#firstChunk !== undefined && this.#textComplete) this.#ahead -= now - this.#asked;
		if (this.#ahead < -tolerance) this.#underruns++;
		this.#ahead = Math.max(this.#ahead, 0) + (pcm.length / 2 / this.#sampleRate) * 1000;
		this.#firstChunk ??= now;
		this.#samples += pcm.length / 2;
		if (this.#firstAudible === undefined && this.#audible.push(pcm) !== undefined) this.#firstAudible = now;
	}
}

/** A synthesizer whose speech is noted by a meter; it is never closed by this. */
export function metered(synthesizer: Synthesizer, meter: SpeechMeter): Synthesizer {
	return {
		name: synthesizer.name,
		voices: () => synthesizer.voices(),
		speak: (text, options) => meter.watch(synthesizer.speak(text, noted(options, meter))),
		...(synthesizer.nativeRate && {nativeRate: choice => synthesizer.nativeRate?.(choice)}),
		close: async () => {},
	};
}

/** Options that tell the meter how long work waited. */
export function noted(options: SpeakOptions, meter: SpeechMeter): SpeakOptions {
	return {...options, onQueued: ms => meter.queued(ms)};
}
