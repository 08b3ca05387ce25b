import {Channel} from '../../channel.js';
import {SpeechError} from '../../errors.js';
import {IdleTimer} from '../../idle-timer.js';
import {type Flush, flush, type SpeakOptions, type SpeechEvent, type Synthesizer} from '../../synthesizer.js';
import {formatProblem, internalProblem, problemOf, type WireProblem} from '../../wire/error-codes.js';
import type {ErrorMessage, FinishedMessage} from '../../wire/messages.js';
import {type GenerationReport, type Outcome, SpeechMeter} from '../meter.js';
import {Output} from './output.js';

/** What the first message of a generation, its context and the server's defaults make of it. */
export interface GenerationOptions {
	readonly generationId: string;
	readonly voiceId: string;
	readonly positions: boolean;
	/** Handed on to the synthesizer. */
	readonly speak: Omit<SpeakOptions, 'signal'>;
}

/** What a generation needs of its session. */
export interface GenerationHost {
	readonly synthesizer: Synthesizer;
	/** ms; see `Limits`. */
	readonly textIdle: number;
	readonly generationIdle: number;
	/** Settles when more may be sent. */
	send(message: string): Promise<void>;
	/** So many characters of the text taken wait no longer. */
	spoken(characters: number): void;
	/** It is over: its end was sent, or nobody is there to hear of it. */
	over(generation: Generation, report: GenerationReport): void;
	/** An error that nobody had foreseen. */
	unforeseen(error: unknown): void;
}

/** One stream of speech: text goes in, messages come out; exactly one `finished` or `error` ends it. */
export class Generation {
	readonly id: string;
	readonly voiceId: string;
	readonly #options: GenerationOptions;
	readonly #host: GenerationHost;
	readonly #text = new Channel<string | Flush>(Infinity);
	readonly #work = new AbortController();
	readonly #output: Output;
	readonly #meter = new SpeechMeter();
	readonly #textTimer: IdleTimer;
	readonly #idleTimer: IdleTimer;
	#spoken = 0;
	#over = false;

	constructor(options: GenerationOptions, host: GenerationHost) {
		this.id = options.generationId;
		this.voiceId = options.voiceId;
		this.#options = options;
		this.#host = host;
		this.#output = new Output({
			generationId: options.generationId,
			positions: options.positions,
			words: options.speak.words === true,
			sampleRate: options.speak.sampleRate,
		});
		this.#textTimer = new IdleTimer(host.textIdle, () => void this.#text.send(flush));
		this.#idleTimer = new IdleTimer(host.generationIdle, () => this.end());
	}

	/** Of PCM, given so far. */
	get audioBytes(): number {
		return 2 * this.#meter.samples;
	}

	/** No more text is taken. */
	get textEnded(): boolean {
		return this.#text.ended;
	}

	/** Starts to speak; text may have come before. */
	start(): void {
		this.#meter.start();
		if (!this.textEnded) this.#textTimer.refresh();
		this.#run().catch(error => {
			if (this.#over) return;
			if (!(error instanceof SpeechError)) this.#host.unforeseen(error);
			this.fail(error instanceof SpeechError ? this.#problemOf(error) : internalProblem);
		});
	}

	/** Text to be spoken; only while `textEnded` is false. */
	add(text: string): void {
		this.#meter.text(text.length);
		this.#textTimer.refresh();
		void this.#text.send(text);
	}

	/** A message for it came, even one without text: it is not idle. */
	touch(): void {
		if (!this.textEnded) this.#idleTimer.refresh();
	}

	/** No more text follows: it finishes when all was spoken. */
	end(): void {
		this.#textTimer.clear();
		this.#idleTimer.clear();
		this.#meter.textEnded();
		this.#text.end();
	}

	/** Stops it; its peer is told `finished`. */
	cancel(): void {
		this.#finish('cancelled');
	}

	/** Stops it; its peer is told why. */
	fail(problem: WireProblem): void {
		if (this.#over) return;
		const error: ErrorMessage = {type: 'error', generationId: this.id, error: formatProblem(problem)};
		void this.#host.send(JSON.stringify(error));
		this.#stop(problem.code);
	}

	/** Stops it; its peer is gone. */
	abandon(): void {
		this.#stop('gone');
	}

	async #run(): Promise<void> {
		const options = {...this.#options.speak, signal: this.#work.signal};
		for await (const event of this.#meter.watch(this.#host.synthesizer, this.#text, options)) {
			if (!(await this.#give(event))) return;
		}
		for (const message of this.#output.rest()) await this.#host.send(message);
		this.#finish('finished');
	}

	/** Sends what an event makes; gives whether to go on. */
	async #give(event: SpeechEvent): Promise<boolean> {
		if (this.#over) return false;
		for (const message of this.#output.messages(event)) {
			await this.#host.send(message);
			if (this.#over) return false;
		}
		// It is not idle while it speaks, nor while its peer is slow to listen.
		if (!this.textEnded) this.#idleTimer.refresh();
		if (event.type === 'unspoken' || (event.type === 'utterance' && event.endSample !== undefined)) {
			this.#host.spoken(event.textEnd - this.#spoken);
			this.#spoken = event.textEnd;
		}
		return true;
	}

	/** What sends a client elsewhere must not come once there was audio. */
	#problemOf(error: SpeechError): WireProblem {
		const problem = problemOf(error);
		const elsewhere = problem.code === 'overloaded' || problem.code === 'draining';
		return elsewhere && this.#meter.samples > 0 ? {...problem, code: 'engine_failed'} : problem;
	}

	#finish(outcome: 'finished' | 'cancelled'): void {
		if (this.#over) return;
		const finished: FinishedMessage = {type: 'finished', generationId: this.id};
		void this.#host.send(JSON.stringify(finished));
		this.#stop(outcome);
	}

	#stop(outcome: Outcome): void {
		if (this.#over) return;
		this.#over = true;
		this.end();
		this.#work.abort();
		this.#text.close();
		this.#host.spoken(this.#meter.characters - this.#spoken);
		this.#host.over(this, this.#meter.report(outcome));
	}
}
