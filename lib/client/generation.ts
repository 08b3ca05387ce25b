import {SpeechError} from '../errors.js';
import {late, waitFor} from '../waiting.js';
import {parseProblem, wireErrors} from '../wire/error-codes.js';
import type {
	ChunkMessage,
	ErrorMessage,
	InputMessage,
	OutputMessage,
	TimestampMessage,
} from '../wire/messages.js';
import type {Connection, GenerationEvents} from './connection.js';
import type {EventQueue} from './event-queue.js';
import type {Loss} from './loss.js';
import {MessageRate} from './message-rate.js';
import {PositionTrack} from './position-track.js';
import type {ResumePoint, Track, TrackHost} from './resume.js';
import type {TextSource} from './text-source.js';
import type {Window} from './window.js';
import {WordTrack} from './word-track.js';

export interface GenerationOptions {
	readonly id: string;
	readonly connection: Connection;
	readonly point: ResumePoint;
	readonly source: TextSource;
	readonly window: Window;
	readonly out: EventQueue;
	/** What the first message says besides. */
	readonly first: InputMessage;
	/** Hz. */
	readonly sampleRate: number;
	/** Whether the reader wants words. */
	readonly words: boolean;
	readonly timing: 'exact' | 'estimated';
	/** ms without new text after which it is ended, so that the server does not do it first. */
	readonly textIdle: number;
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

/** How long a reader that has had everything waits before more text is sent all the same, in ms. */
const starvation = 1000;
/** More unread audio than this, in seconds, or events, comes from no server that speaks what it was sent. */
const mostUnread = 300;
const mostEvents = 100_000;

/** Text that joins a message, in UTF-16 units. */
const mostGathered = 1000;

/** One generation on one socket: messages out, events in. */
export class Generation implements GenerationEvents {
	readonly #options: GenerationOptions;
	readonly #host: TrackHost;
	readonly #over = new AbortController();
	readonly #rate = new MessageRate();
	#track: Track | undefined;
	/** Offset up to which text was sent. */
	#sent: number;
	#opened = false;
	#final = false;
	#sentAt = performance.now();
	/** When all that came will have played out, on `performance.now()`'s clock. */
	#playedOut = performance.now();
	#silence: NodeJS.Timeout | undefined;
	#wake = () => {};
	#settle: {resolve(outcome: Outcome): void; reject(error: unknown): void} | undefined;

	constructor(options: GenerationOptions) {
		const {point, source, window, out, sampleRate, words, timing} = options;
		this.#options = options;
		this.#sent = point.textStart;
		this.#host = {
			sampleRate,
			timing,
			emit: event => {
				if (event.type !== 'word' || words) out.emit(event);
			},
			delivered: () => out.samples,
			text: (start, end) => source.slice(start, end),
			spoken: textEnd => window.spoken(textEnd - point.textStart),
			sent: () => this.#sent,
		};
	}

	/** Sends the text and takes the audio until the end. Throws what ends the speech, the signal's reason included; the server is then told to stop. */
	run(): Promise<Outcome> {
		const {signal, connection, id, out} = this.#options;
		return new Promise((resolve, reject) => {
			signal.throwIfAborted();
			const onAbort = () => this.#fail(signal.reason);
			signal.addEventListener('abort', onAbort, {once: true});
			out.onRead = () => this.#wake();
			const forget = () => {
				this.#settle = undefined;
				signal.removeEventListener('abort', onAbort);
				out.onRead = () => {};
				clearTimeout(this.#silence);
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
			this.#write().catch(error => this.#fail(error));
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
		this.#wake();
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
		if (!this.#final) this.#cancel();
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
		if (textStart < this.#sent) out.emit({type: 'unspoken', textStart, textEnd: this.#sent, reason});
		this.#settle?.resolve({how: 'finished', point: {textStart: this.#sent, sampleStart: out.samples}});
	}

	#tryAgain(how: 'lost' | 'refused', error: SpeechError): void {
		try {
			this.#settle?.resolve({how, point: this.#track?.resume() ?? this.#options.point, error});
		} catch (impossible) {
			this.#settle?.reject(impossible);
		}
	}

	#fail(error: unknown, tell = true): void {
		if (tell && !this.#over.signal.aborted) this.#cancel();
		this.#settle?.reject(error);
	}

	#cancel(): void {
		if (this.#opened) this.#options.connection.send({generationId: this.#options.id, cancel: true});
	}

	/** Sends text as it comes and the window allows, then the end. */
	async #write(): Promise<void> {
		const {point, textIdle} = this.#options;
		for (let taken = point.textStart; ; ) {
			const length = await this.#take(taken, this.#idleIn(textIdle));
			if (length === 0) break;
			taken = await this.#gather(taken + length);
			if (!(await this.#pass(taken))) break;
		}
		this.#final = true;
		this.#send({text: '', finalText: true});
		this.#expectMore();
	}

	/** Hands the next piece of text to the window and gives its length; 0 where it ends, is flushed, or does not come within `ms`. */
	async #take(at: number, ms: number): Promise<number> {
		const {source, point, window} = this.#options;
		const piece = await waitFor(source.next(at, point.textStart), this.#over.signal, ms);
		if (typeof piece !== 'object') return 0;
		window.push(piece.text);
		return piece.text.length;
	}

	/** Where messages are many, waits a moment for text to join the one to be sent. Gives the offset up to which it was taken. */
	async #gather(from: number): Promise<number> {
		const until = performance.now() + this.#rate.count();
		let taken = from;
		while (taken - from < mostGathered) {
			const ms = until - performance.now();
			const length = ms > 0 ? await this.#take(taken, ms) : 0;
			if (length === 0) break;
			taken += length;
		}
		return taken;
	}

	/** Sends text up to `end` as the window lets it pass; false: the reader let it wait for too long. */
	async #pass(end: number): Promise<boolean> {
		const {source, point, window, out, textIdle} = this.#options;
		for (;;) {
			const to = point.textStart + window.pass();
			if (to > this.#sent) {
				const text = source.slice(this.#sent, to);
				this.#sent = to;
				this.#send({text});
			}
			if (to === end) return true;
			const idleIn = this.#idleIn(textIdle);
			if (idleIn <= 0) return false;
			const changed = new Promise<void>(resolve => {
				this.#wake = resolve;
			});
			const result = await waitFor(changed, this.#over.signal, Math.min(starvation, idleIn));
			if (result === late && out.unread === 0) {
				window.starved();
				this.#silence ??= this.#startSilence();
			}
		}
	}

	#idleIn(textIdle: number): number {
		return Math.max(0, this.#sentAt + textIdle - performance.now());
	}

	#send(message: InputMessage): void {
		// It was aborted between two awaits: the server was told already.
		if (this.#over.signal.aborted) return;
		const {connection, id, first} = this.#options;
		this.#sentAt = performance.now();
		connection.send({generationId: id, ...(this.#opened ? {} : first), ...message});
		this.#opened = true;
	}

	/** The server said something, or was asked to end: how long it may be silent now counts anew. */
	#expectMore(): void {
		clearTimeout(this.#silence);
		this.#silence = this.#final ? this.#startSilence() : undefined;
	}

	#startSilence(): NodeJS.Timeout {
		const {silence, connection} = this.#options;
		const error = new SpeechError('REMOTE_LOST', `${connection.host} said nothing for ${silence} ms.`);
		return setTimeout(() => this.#fail(error), Math.max(0, this.#playedOut - performance.now()) + silence);
	}
}
