import {AudibleDetector} from '../audio/audible.js';
import type {Flush, SpeakOptions, SpeechEvent, Synthesizer} from '../synthesizer.js';
import type {WireErrorCode} from '../wire/error-codes.js';
import type {HttpErrorCode} from '../wire/http-errors.js';

export type Outcome = 'finished' | 'cancelled' | 'gone' | WireErrorCode | HttpErrorCode;

/** Whether that is an error; its code, then. */
export function isFailure(outcome: Outcome): boolean {
	return outcome !== 'finished' && outcome !== 'cancelled' && outcome !== 'gone';
}

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
	/** Characters that were not spoken, blanks and punctuation aside. */
	readonly unspoken: number;
	/** How often a player that began at once would have run dry, although all of the text was there. */
	readonly underruns: number;
}

/** A gap that no ear notices, in ms. */
const tolerance = 10;

/** Notes the moments of one generation's life. */
export class SpeechMeter {
	readonly #now: () => number;
	readonly #opened: number;
	#sampleRate = 0;
	#audible: AudibleDetector | undefined;
	#started: number | undefined;
	#queuedMs: number | undefined;
	#firstChunk: number | undefined;
	#firstAudible: number | undefined;
	#asked = 0;
	/** Whether text may be missing: then nobody is to blame for a gap. */
	#textComplete = false;
	/** ms of audio that a player has not played yet; while nobody asks for more it stands still. */
	#ahead = 0;
	#characters = 0;
	#samples = 0;
	#unspoken = 0;
	#underruns = 0;

	/** `now` gives ms of a clock that never goes back. */
	constructor(now = () => performance.now()) {
		this.#now = now;
		this.#opened = now();
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
		return this.#now() - this.#opened;
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
		this.#started ??= this.#now();
	}

	/** What a synthesizer speaks, as it is, each event noted. */
	async *watch(
		synthesizer: Synthesizer,
		text: AsyncIterable<string | Flush>,
		options: SpeakOptions,
	): AsyncGenerator<SpeechEvent, void> {
		const {sampleRate} = options;
		const events = synthesizer.speak(text, {...options, onQueued: ms => this.#queued(ms)});
		this.#sampleRate = sampleRate;
		this.#audible = new AudibleDetector(sampleRate);
		this.start();
		this.#asked = this.#now();
		for await (const event of events) {
			if (event.type === 'audio') this.#audio(event.pcm);
			else if (event.type === 'unspoken' && event.reason !== 'blank')
				this.#unspoken += event.textEnd - event.textStart;
			yield event;
			this.#asked = this.#now();
		}
	}

	report(outcome: Outcome): GenerationReport {
		const since = (at: number | undefined) => (at === undefined ? undefined : Math.round(at - this.#opened));
		return {
			outcome,
			characters: this.#characters,
			audioSeconds: this.#samples === 0 ? 0 : this.#samples / this.#sampleRate,
			startedMs: since(this.#started),
			queuedMs: this.#queuedMs === undefined ? undefined : Math.round(this.#queuedMs),
			firstChunkMs: since(this.#firstChunk),
			firstAudibleMs: since(this.#firstAudible),
			totalMs: Math.round(this.elapsed),
			unspoken: this.#unspoken,
			underruns: this.#underruns,
		};
	}

	/** An utterance has waited so long for a worker. */
	#queued(ms: number): void {
		this.#queuedMs ??= ms;
	}

	#audio(pcm: Buffer): void {
		const now = this.#now();
		if (this.#firstChunk !== undefined && this.#textComplete) this.#ahead -= now - this.#asked;
		if (this.#ahead < -tolerance) this.#underruns++;
		this.#ahead = Math.max(this.#ahead, 0) + (pcm.length / 2 / this.#sampleRate) * 1000;
		this.#firstChunk ??= now;
		this.#samples += pcm.length / 2;
		if (this.#firstAudible === undefined && this.#audible?.push(pcm) !== undefined) this.#firstAudible = now;
	}
}

/** A synthesizer whose speech is noted by a meter; it is never closed by this. */
export function metered(synthesizer: Synthesizer, meter: SpeechMeter): Synthesizer {
	return {
		name: synthesizer.name,
		voices: () => synthesizer.voices(),
		speak: (text, options) => meter.watch(synthesizer, text, options),
		...(synthesizer.nativeRate && {nativeRate: choice => synthesizer.nativeRate?.(choice)}),
		close: async () => {},
	};
}
