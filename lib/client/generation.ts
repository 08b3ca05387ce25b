import {SpeechError} from '../errors.js';
import {IdleTimer} from '../idle-timer.js';
import {parseProblem, wireErrors} from '../wire/error-codes.js';
import type {ChunkMessage, ErrorMessage, OutputMessage, TimestampMessage} from '../wire/messages.js';
import type {GenerationEvents} from './connection.js';
import type {EventQueue} from './event-queue.js';
import type {Loss} from './loss.js';
import {PositionTrack} from './position-track.js';
import type {ResumePoint, Track, TrackHost} from './resume.js';
import {TextSender, type TextSenderOptions} from './text-sender.js';
import {WordTrack} from './word-track.js';

export interface GenerationOptions extends Omit<TextSenderOptions, 'signal' | 'onStarved'> {
	readonly out: EventQueue;
	/** Hz. */
	readonly sampleRate: number;
	/** Whether the reader wants words. */
	readonly words: boolean;
	readonly timing: 'exact' | 'estimated';
	/** ms in which the server may say nothing, once all audio has played out. */
	readonly silence: number;
	readonly signal: AbortSignal;
}

/** How it ended, and where the next goes on. `refused`: before any audio, to be tried again; `lost`: with its socket. */
export interface Outcome {
	readonly how: 'finished' | 'lost' | 'refused';
	readonly point: ResumePoint;
	/** Why it did not finish. */
	readonly error?: SpeechError;
}

/** More unread audio than this, in seconds, or events, comes from no server that speaks what it was sent. */
const mostUnread = 300;
const mostEvents = 100_000;

/** One generation on one socket: text out through its sender, events in. */
export class Generation implements GenerationEvents {
	readonly #options: GenerationOptions;
	readonly #host: TrackHost;
	readonly #over = new AbortController();
	readonly #sender: TextSender;
	#track: Track | undefined;
	/** When all that came will have played out, on `performance.now()`'s clock. */
	#playedOut = performance.now();
	#silence: IdleTimer | undefined;
	#settle: {resolve(outcome: Outcome): void; reject(error: unknown): void} | undefined;

	constructor(options: GenerationOptions) {
		const {point, source, window, out, sampleRate, words, timing} = options;
		this.#options = options;
		this.#sender = new TextSender({
			...options,
			signal: this.#over.signal,
			onStarved: () => this.#onStarved(),
		});
		this.#host = {
			sampleRate,
			timing,
			emit: event => {
				if (event.type !== 'word' || words) out.emit(event);
			},
			delivered: () => out.samples,
			text: (start, end) => source.slice(start, end),
			spoken: textEnd => window.spoken(textEnd - point.textStart),
			sent: () => this.#sender.sent,
		};
	}

	/** Sends the text and takes the audio until the end. Throws what ends the speech, the signal's reason included; the server is then told to stop. */
	run(): Promise<Outcome> {
		const {signal, connection, id, out} = this.#options;
		return new Promise((resolve, reject) => {
			signal.throwIfAborted();
			const onAbort = () => this.#fail(signal.reason);
			signal.addEventListener('abort', onAbort, {once: true});
			out.onRead = () => this.#sender.wake();
			const forget = () => {
				this.#settle = undefined;
				signal.removeEventListener('abort', onAbort);
				out.onRead = () => {};
				this.#silence?.clear();
				connection.detach(id);
				this.#over.abort();
			};
			this.#settle = {
				resolve(outcome) {
					forget();
					resolve(outcome);
				},
				reject(error) {
					forget();
					reject(error);
				},
			};
			connection.attach(id, this);
			this.#sender.run().then(
				() => this.#expectMore(),
				error => this.#fail(error),
			);
		});
	}

	message(message: OutputMessage): void {
		this.#expectMore();
		try {
			if (message.type === 'chunk') this.#onChunk(message);
			else if (message.type === 'timestamp') this.#onTimestamp(message);
			else if (message.type === 'finished') this.#onFinished();
			else this.#onError(message);
			if (this.#track) this.#options.source.forget(this.#track.keepFrom);
		} catch (error) {
			this.#fail(error);
		}
		this.#sender.wake();
	}

	lost({error, final}: Loss): void {
		if (final) this.#fail(error);
		else this.#tryAgain('lost', error);
	}

	#onChunk({audio}: ChunkMessage): void {
		const {out, window, sampleRate} = this.#options;
		const pcm = Buffer.from(audio, 'base64');
		if (pcm.length % 2 === 1)
			throw new SpeechError(
				'REMOTE_PROTOCOL',
				`The server sent ${pcm.length} bytes of 16-bit samples: half a sample is missing.`,
			);
		const seconds = pcm.length / 2 / sampleRate;
		this.#playedOut = Math.max(this.#playedOut, performance.now()) + seconds * 1000;
		window.arrived(pcm.length / 2);
		this.#trackWith(WordTrack).audio(pcm);
		if (out.unread > mostUnread * sampleRate || out.size > mostEvents)
			throw new SpeechError('REMOTE_PROTOCOL', 'The server sends far more audio than the text can be.');
	}

	#onTimestamp({wordTimestamps, utterance}: TimestampMessage): void {
		const track = this.#trackWith(utterance ? PositionTrack : WordTrack);
		if (utterance) track.utterance(utterance);
		track.words(wordTimestamps);
	}

	/** What comes first tells whether the server announces utterances. */
	#trackWith(Kind: new (host: TrackHost, point: ResumePoint) => Track): Track {
		this.#track ??= new Kind(this.#host, this.#options.point);
		return this.#track;
	}

	#onFinished(): void {
		const point = this.#trackWith(WordTrack).finish();
		// It ended by itself: text on its way to it now would open another of its name.
		if (!this.#sender.ended) this.#sender.cancel();
		this.#settle?.resolve({how: 'finished', point});
	}

	#onError({error: said}: ErrorMessage): void {
		const {connection, out} = this.#options;
		const {code, explanation} = parseProblem(said);
		if (code === 'draining') connection.drain();
		const known = code === undefined ? undefined : wireErrors[code];
		const error = new SpeechError(
			code === 'draining' ? 'REMOTE_LOST' : (known?.speech ?? 'REMOTE_ERROR'),
			`${connection.host} says: ${explanation}`,
		);
		if (code === 'draining' || code === 'overloaded') this.#tryAgain('refused', error);
		// Locally a text's rest that cannot be spoken is no error either.
		else if (code === 'text_not_speakable' && out.samples > 0) this.#restUnspoken(explanation);
		else this.#fail(error, false);
	}

	#restUnspoken(reason: string): void {
		const {point, out} = this.#options;
		const textStart = Math.max(point.textStart, this.#track?.keepFrom ?? 0);
		if (textStart < this.#sender.sent)
			out.emit({type: 'unspoken', textStart, textEnd: this.#sender.sent, reason});
		this.#settle?.resolve({how: 'finished', point: {textStart: this.#sender.sent, sampleStart: out.samples}});
	}

	#tryAgain(how: 'lost' | 'refused', error: SpeechError): void {
		try {
			this.#settle?.resolve({how, point: this.#track?.resume() ?? this.#options.point, error});
		} catch (impossible) {
			this.#settle?.reject(impossible);
		}
	}

	#fail(error: unknown, tell = true): void {
		if (tell && !this.#over.signal.aborted) this.#sender.cancel();
		this.#settle?.reject(error);
	}

	/** The server said something, or was asked to end: how long it may be silent now counts anew. */
	#expectMore(): void {
		if (this.#over.signal.aborted) return;
		this.#silence?.clear();
		this.#silence = this.#sender.ended ? this.#startSilence() : undefined;
	}

	/** The reader has had everything that came. */
	#onStarved(): void {
		this.#silence ??= this.#startSilence();
	}

	#startSilence(): IdleTimer {
		const {silence, connection} = this.#options;
		const error = new SpeechError('REMOTE_LOST', `${connection.host} said nothing for ${silence} ms.`);
		const ms = Math.max(0, this.#playedOut - performance.now()) + silence;
		return new IdleTimer(ms, () => this.#fail(error));
	}
}
