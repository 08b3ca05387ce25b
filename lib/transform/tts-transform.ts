import {samplesToMs} from '../audio/clock.js';
import {type AudioFormat, encoderFor, parseFormat} from '../audio/formats.js';
import {wavHeader} from '../audio/wav.js';
import {checkNumber} from '../check-number.js';
import {defaultSynthesizer} from '../engines/local-synthesizer.js';
import {abortError, SpeechError} from '../errors.js';
import {addAbortSignal, Duplex, finished} from '../streams.js';
import type {SpeakOptions, SpeechEvent, Synthesizer, TimedWord} from '../synthesizer.js';
import {AudioQueue} from './audio-queue.js';
import type {SpeechStreamEvents} from './events.js';
import type {Heard} from './heard-track.js';
import {checkOptions, type TTSTransformOptions} from './options.js';
import {flushMark, TextIntake} from './text-intake.js';
import {Stopwatch} from './timeline.js';
import {Turn} from './turn.js';
import {WordTrack} from './word-track.js';

type Listener = Parameters<Duplex['on']>[1];
type WriteCallback = (error: Error | null | undefined) => void;

/**
 * Text in, speech out: a Duplex. Write strings, or UTF-8 bytes split anywhere; read audio of the format chosen, whole
 * samples always. Whoever stops reading stops the engine and, once its window is full, the acceptance of text.
 *
 * It ends only when all was spoken; otherwise it is destroyed, with a `SpeechError` or, if aborted, an AbortError.
 * Events besides a Duplex's own: `SpeechStreamEvents`.
 */
export class TTSTransform extends Duplex {
	/** Hz of the audio: as asked for, else the voice's native rate. */
	readonly sampleRate: number;
	/** Of the bytes read. */
	readonly format: AudioFormat;
	readonly #synthesizer: Synthesizer;
	readonly #speakOptions: SpeakOptions;
	readonly #intake = new TextIntake();
	readonly #audio: AudioQueue;
	readonly #words = new WordTrack();
	readonly #stopwatch: Stopwatch;
	#turn: Turn | undefined;
	#textEnded = false;
	#wanted = false;
	#pumping = false;
	#discarding = false;

	/** Throws OPTION_INVALID. What depends on the voice (VOICE_UNKNOWN, VOICE_LACKS) destroys the stream once it is read. */
	constructor(options: TTSTransformOptions = {}) {
		checkOptions(options);
		const {synthesizer = defaultSynthesizer(), format = 'pcm_s16le', signal, ...others} = options;
		const {readableHighWaterMark = 32 * 1024, writableHighWaterMark = 16 * 1024, ...speakOptions} = others;
		super({readableHighWaterMark, writableHighWaterMark, decodeStrings: false});
		const sampleRate = options.sampleRate ?? synthesizer.nativeRate?.(options) ?? 24_000;
		const {container, encoding, bytesPerSample} = parseFormat(format);
		const header = container === 'wav' ? wavHeader({encoding, sampleRate}) : Buffer.alloc(0);
		this.#audio = new AudioQueue({header, encode: encoderFor(encoding), bytesPerSample, sampleRate});
		this.#stopwatch = new Stopwatch(sampleRate);
		this.#synthesizer = synthesizer;
		this.#speakOptions = {...speakOptions, sampleRate};
		this.sampleRate = sampleRate;
		this.format = format;
		if (signal) addAbortSignal(signal, this);
	}

	/**
	 * The words spoken, from when this is first asked for; it ends and fails with the stream. Read them while the audio
	 * is read: 100,000 words that wait are an error (WORDS_UNREAD).
	 */
	get words(): AsyncIterableIterator<TimedWord, undefined> {
		return this.#words.reader;
	}

	/**
	 * The source between two offsets into all the text written (UTF-16 units), or undefined where it is not held: the
	 * last 64 Ki units since the last interruption are.
	 */
	textBetween(start: number, end: number): string | undefined {
		return this.#turn?.heard.textBetween(start, end);
	}

	/** Speaks what has been written so far, without waiting for more and without ending. */
	flush(): void {
		if (!this.writableEnded && !this.destroyed) this.write(flushMark);
	}

	/**
	 * Barge-in: stops speech, drops the text and the audio that wait, and stays open for more. Resolves to what was heard:
	 * what was read from the stream since its start or the last interruption or, where the player knows better,
	 * `playedSamples` of it. A word counts once it was heard whole. Throws OPTION_INVALID.
	 */
	async interrupt({playedSamples}: {playedSamples?: number | undefined} = {}): Promise<Heard> {
		const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
		checkNumber('playedSamples', playedSamples, 'a whole number of samples from 0 on', isCount);
		if (this.readableEncoding) {
			const message = 'interrupt() counts the bytes read: read Buffers, without setEncoding().';
			throw new SpeechError('OPTION_INVALID', message);
		}
		const turn = this.#turn;
		this.#turn = undefined;
		this.#stopwatch.textSpoken();
		turn?.stop(abortError('speech was interrupted'));
		// Before audio is taken back: that makes the Readable ask for more, and the next turn must not begin before the mark.
		const mark = this.#textEnded ? undefined : this.#intake.drop();
		this.#discardUnread();
		const readBefore = turn?.sampleBase ?? this.#audio.samplesRead(0);
		const read = this.#audio.samplesRead(0) - readBefore;
		const samples = Math.min(playedSamples ?? read, read);
		if (mark && !this.writableEnded && !this.destroyed) this.write(mark);
		const nothing = {text: '', textEnd: this.#intake.length};
		const heard = turn?.heard.at(readBefore + samples) ?? nothing;
		return {...heard, samples, ms: samplesToMs(samples, this.sampleRate)};
	}

	override on<Name extends keyof SpeechStreamEvents>(
		event: Name,
		listener: (...args: SpeechStreamEvents[Name]) => void,
	): this;
	override on(event: string | symbol, listener: Listener): this;
	override on(event: string | symbol, listener: Listener): this {
		return super.on(event, listener);
	}

	override once<Name extends keyof SpeechStreamEvents>(
		event: Name,
		listener: (...args: SpeechStreamEvents[Name]) => void,
	): this;
	override once(event: string | symbol, listener: Listener): this;
	override once(event: string | symbol, listener: Listener): this {
		return super.once(event, listener);
	}

	/** Whatever is no text destroys the stream: a throw, as the base class has it, could be caught by nobody in a pipe. */
	override write(chunk: unknown, callback?: WriteCallback): boolean;
	override write(chunk: unknown, encoding: BufferEncoding, callback?: WriteCallback): boolean;
	override write(
		chunk: unknown,
		encoding?: BufferEncoding | WriteCallback,
		callback?: WriteCallback,
	): boolean {
		if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
			return typeof encoding === 'string'
				? super.write(chunk, encoding, callback)
				: super.write(chunk, encoding);
		}
		const what = chunk === null ? 'null' : typeof chunk;
		const message = `What was written is of type ${what}: write strings or UTF-8 bytes, such as the text in a model's chunks.`;
		this.destroy(new SpeechError('TEXT_INVALID', message));
		return false;
	}

	/** While unread audio is taken back out of the Readable's buffer, nobody is to hear of it. */
	override emit(event: string | symbol, ...args: unknown[]): boolean {
		return this.#discarding && event === 'data' ? false : super.emit(event, ...args);
	}

	/** Destroys the stream if it has not ended, and waits until it is closed. */
	override async [Symbol.asyncDispose](): Promise<void> {
		const ended = this.readableEnded && this.writableFinished;
		if (!this.destroyed && !ended) this.destroy();
		if (!this.closed) await new Promise<void>(resolve => finished(this, () => resolve()));
	}

	override _write(chunk: string | Buffer, encoding: string, callback: (error?: Error | null) => void): void {
		let text: ReturnType<TextIntake['take']>;
		const before = this.#intake.length;
		try {
			text = this.#intake.take(chunk, encoding);
			if (text !== undefined) this.#turn ??= this.#newTurn(before);
		} catch (error) {
			callback(asError(error));
			return;
		}
		if (text === undefined || !this.#turn) {
			callback();
			void this.#pump();
			return;
		}
		if (typeof text === 'string') this.#stopwatch.text();
		void this.#turn.write(text).then(() => callback());
	}

	override _final(callback: (error?: Error | null) => void): void {
		try {
			this.#intake.end();
		} catch (error) {
			callback(asError(error));
			return;
		}
		this.#textEnded = true;
		this.#turn?.endText();
		callback();
		void this.#pump();
	}

	override _read(): void {
		this.#wanted = true;
		this.#stopwatch.wanted();
		void this.#pump();
	}

	override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
		const reason = error ?? abortError('the stream was destroyed');
		this.#turn?.stop(reason);
		this.#words.fail(reason);
		callback(error);
	}

	#newTurn(textBase: number): Turn {
		return new Turn(this.#synthesizer, this.#speakOptions, textBase, this.#audio.samplesRead(0));
	}

	/** Pulls speech and pushes audio for as long as the reader wants more. What goes wrong, in a listener too, destroys the stream. */
	async #pump(): Promise<void> {
		if (this.#pumping) return;
		this.#pumping = true;
		try {
			while (this.#wanted && !this.destroyed) {
				const ready = this.#audio.take();
				if (ready) this.#give(ready);
				else if (this.#turn || !(this.#textEnded || this.#intake.dropping)) await this.#listen();
				else if (this.#textEnded) this.#finish();
				else break;
			}
		} catch (error) {
			this.destroy(asError(error));
		}
		this.#pumping = false;
	}

	#give({chunk, pcm}: {chunk: Buffer; pcm: Buffer}): void {
		this.#stopwatch.chunk(pcm);
		this.#wanted = false;
		if (!this.push(chunk)) return;
		this.#wanted = true;
		this.#stopwatch.wanted();
	}

	/** Takes the next event of the speech; what comes from a turn that was interrupted meanwhile does not count. */
	async #listen(): Promise<void> {
		this.#turn ??= this.#newTurn(this.#intake.length);
		const turn = this.#turn;
		let event: SpeechEvent | undefined;
		try {
			event = await turn.next();
		} catch (error) {
			if (turn !== this.#turn) return;
			// It speaks of this turn's text alone.
			const spokeBefore =
				error instanceof SpeechError && error.code === 'TEXT_NOT_SPEAKABLE' && turn.sampleBase > 0;
			if (!spokeBefore) throw error;
		}
		if (turn !== this.#turn) return;
		if (event) this.#handle(event);
		else if (turn.textEnded) this.#finish();
		else throw this.#engineFailed('ended the speech before the text had ended');
	}

	#engineFailed(how: string): SpeechError {
		return new SpeechError('ENGINE_FAILED', `${this.#synthesizer.name} ${how}.`);
	}

	#handle(event: SpeechEvent): void {
		if (event.type === 'audio') {
			if (event.pcm.length % 2 !== 0) throw this.#engineFailed('gave half a sample');
			this.#audio.add(event.pcm);
		} else if (event.type === 'word') {
			const [startSeconds, endSeconds] = [
				event.startSample / this.sampleRate,
				event.endSample / this.sampleRate,
			];
			const word = {...event, startSeconds, endSeconds};
			this.#words.add(word);
			this.emit('word', word);
		} else {
			if (event.type === 'utterance' && event.endSample !== undefined && event.textEnd >= this.#intake.length)
				this.#stopwatch.textSpoken();
			this.emit(event.type, event);
		}
	}

	#finish(): void {
		this.#wanted = false;
		this.#words.end();
		this.emit('timeline', this.#stopwatch.timeline());
		this.push(null);
	}

	/** Takes back what the reader has not read yet; the rest of a header or a sample that it has begun is left to it. */
	#discardUnread(): void {
		const unread: Buffer[] = [];
		this.#discarding = true;
		for (let chunk = this.read(); chunk !== null; chunk = this.read()) unread.push(chunk);
		this.#discarding = false;
		const kept = this.#audio.discard(Buffer.concat(unread));
		if (kept.length > 0) this.unshift(kept);
	}
}

/** Whatever a synthesizer or a listener throws: a stream's error is an Error. */
function asError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
