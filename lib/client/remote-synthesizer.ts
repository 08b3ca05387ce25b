import {randomBytes} from 'node:crypto';
import {checkSampleRate} from '../audio/formats.js';
import {SpeechError} from '../errors.js';
import type {Flush, SpeakOptions, SpeechEvent, Synthesizer, Voice, VoiceChoice} from '../synthesizer.js';
import {writeVoiceOptions} from '../wire/voice-options.js';
import {authorization, webSocketUrl} from './addresses.js';
import {type CheckedOptions, checkOptions, type RemoteSynthesizerOptions} from './options.js';
import {Pool} from './pool.js';
import {speakRemotely} from './speech.js';
import {fetchVoices} from './voice-list.js';

/**
 * The voices of a server, over the Voicelab WebSocket protocol. All streams share a connection, which opens when it is first
 * needed; one that is lost is opened again, and each stream goes on exactly once where it was.
 */
export class RemoteSynthesizer implements Synthesizer {
	/** `remote`. */
	readonly name = 'remote';
	readonly #options: CheckedOptions;
	readonly #headers: Record<string, string>;
	readonly #pool: Pool;
	readonly #idPrefix = randomBytes(6).toString('base64url');
	#ids = 0;
	#voices: Promise<readonly Voice[]> | undefined;
	#known: readonly Voice[] = [];

	/** Throws OPTION_INVALID. Connects to nothing yet. */
	constructor(options: RemoteSynthesizerOptions) {
		this.#options = checkOptions(options);
		this.#headers = authorization(options.apiKey);
		const urls = [options.url].flat().map(webSocketUrl);
		if (urls.length === 0)
			throw new SpeechError('OPTION_INVALID', 'url is an empty list; give at least one address.');
		const {
			maxGenerationsPerSocket: places,
			maxSockets,
			connectTimeout,
			keepAlive,
			idleTimeout,
		} = this.#options;
		const reconnect = options.reconnect ?? {};
		const headers = this.#headers;
		this.#pool = new Pool({
			urls,
			headers,
			places,
			maxSockets,
			connectTimeout,
			keepAlive,
			idleTimeout,
			reconnect,
		});
	}

	/**
	 * What `GET /api/voices` on the socket's host lists; asked once, unless it fails. Throws `SpeechError`: REMOTE_REFUSED (also by a
	 * server that has no such list), REMOTE_LOST, REMOTE_PROTOCOL.
	 */
	voices(): Promise<readonly Voice[]> {
		this.#voices ??= this.#fetchVoices();
		return this.#voices;
	}

	/** Connects now, so that the first `speak` need not wait for it. Throws as `speak` does. */
	async connect({
		signal = new AbortController().signal,
	}: {
		signal?: AbortSignal | undefined;
	} = {}): Promise<void> {
		(await this.#pool.acquire(signal)).release();
	}

	/**
	 * Speaks on the server. Throws what a local voice does, and `SpeechError` REMOTE_REFUSED, REMOTE_LOST, REMOTE_PROTOCOL,
	 * REMOTE_ERROR, RESUME_IMPOSSIBLE, CLOSED; VOICE_LACKS for `pauses`, `deadline` and how words are said, which the protocol cannot carry. A word's
	 * `timing` is `exact` if `voices()` was asked before and says so of the voice, since the protocol itself does not.
	 */
	async *speak(
		text: AsyncIterable<string | Flush>,
		options: SpeakOptions,
	): AsyncGenerator<SpeechEvent, void> {
		const sampleRate = checkSampleRate(options.sampleRate);
		for (const name of ['pauses', 'deadline', 'lexicon', 'inlinePhonemes', 'emoji'] as const) {
			if (options[name] !== undefined)
				throw new SpeechError('VOICE_LACKS', `${name} cannot be asked of a server: leave it out.`);
		}
		const voiceId = await this.#voiceId(options);
		const voice = this.#known.find(({id}) => id === voiceId);
		const voiceOptionValues = writeVoiceOptions(options);
		const {window, textIdle, silence, reconnect = {}} = this.#options;
		yield* speakRemotely(text, {
			pool: this.#pool,
			nextId: () => `${this.#idPrefix}-${(this.#ids++).toString(36)}`,
			opening: {
				...(voiceId === undefined ? {} : {voiceId}),
				sampleRate,
				// Without positions the words tell where to go on after a loss, whether the reader wants them or not.
				addWordTimestamps: true,
				positions: true,
				...(voiceOptionValues.length === 0 ? {} : {voiceOptionValues}),
				...(options.items === undefined ? {} : {items: options.items}),
				...(options.description === undefined ? {} : {description: options.description}),
			},
			firstUtterance: options.firstUtterance,
			sampleRate,
			words: options.words ?? true,
			timing: voice?.wordTimes === 'exact' ? 'exact' : 'estimated',
			language: options.language ?? voice?.language,
			window,
			textIdle,
			silence,
			reconnect,
			signal: options.signal,
		});
	}

	/** Closes all sockets: what still speaks fails with CLOSED. */
	async close(): Promise<void> {
		await this.#pool.close();
	}

	async #voiceId({voiceId, language}: VoiceChoice): Promise<string | undefined> {
		if (voiceId !== undefined || language === undefined) return voiceId ?? this.#options.voiceId;
		const wanted = language.toLowerCase();
		const voices = await this.voices();
		const found =
			voices.find(voice => voice.language.toLowerCase() === wanted) ??
			voices.find(voice => voice.language.toLowerCase().split('-')[0] === wanted.split('-')[0]);
		if (found) return found.id;
		throw new SpeechError(
			'VOICE_UNKNOWN',
			`No voice of ${this.#pool.url.host} speaks ${JSON.stringify(language)}: give a BCP 47 tag like de or pt-BR.`,
		);
	}

	async #fetchVoices(): Promise<readonly Voice[]> {
		try {
			const {connectTimeout: timeout} = this.#options;
			this.#known = await fetchVoices({url: this.#pool.url, headers: this.#headers, timeout});
			return this.#known;
		} catch (error) {
			this.#voices = undefined;
			throw error;
		}
	}
}
