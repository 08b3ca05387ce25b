import {SpeechError} from '../errors.js';
import type {FileSource, FileTarget} from '../sinks/file-target.js';
import {Duplex} from '../streams.js';
import type {CommandLine} from './command.js';
import {findFfmpeg} from './ffmpeg.js';
import {checkInput, type Input, type SampleReader, sampleReader, tellsFormat} from './input.js';
import type {FfmpegPool} from './pool.js';
import {type FfmpegProcess, startFfmpeg} from './process.js';

type Callback = (error?: Error | null) => void;

/** The stream that `transcode` gives: how the bytes, the process and a file sink's offer come together. */
export class Transcoder extends Duplex implements FileSource {
	readonly #command: CommandLine;
	/** The option given; it wins. */
	readonly #declared: Input | undefined;
	readonly #pool: FfmpegPool | undefined;
	#input: Input | undefined;
	#samples: SampleReader | undefined;
	#offer: FileTarget | undefined;
	#taken: FileTarget | undefined;
	#wanted = false;
	#starting: Promise<void> | undefined;
	#process: FfmpegProcess | undefined;
	/** Gives a process that was given nothing back to its pool. */
	#giveBack: (() => Promise<void>) | undefined;
	/** What was written before ffmpeg ran, at most one chunk or the end. */
	#waiting: ((ffmpeg: FfmpegProcess) => void) | undefined;

	constructor(command: CommandLine, declared: Input | undefined, pool: FfmpegPool | undefined) {
		super({readableHighWaterMark: 64 * 1024, writableHighWaterMark: 64 * 1024});
		this.#command = command;
		this.#declared = declared;
		this.#pool = pool;
		if (declared) this.#accept(declared);
		this.on('pipe', source => this.#learn(source));
	}

	offerFile(target: FileTarget): void {
		this.#offer = target;
	}

	async withdrawFile(target: FileTarget): Promise<void> {
		if (this.#offer === target) this.#offer = undefined;
		if (this.#taken !== target || this.readableEnded || this.closed) return;
		this.destroy();
		// Not `once` of node:events: an error on the way would reject it.
		await new Promise<void>(resolve => this.once('close', () => resolve()));
	}

	override _write(chunk: Buffer, _encoding: BufferEncoding, callback: Callback): void {
		this.#withProcess(callback, (ffmpeg, reader) => {
			const samples = reader.read(chunk);
			if (samples.length === 0) return void callback();
			const {stdin, ended} = this.#attached(ffmpeg);
			stdin.write(samples, error => {
				if (!error) return void callback();
				// ffmpeg is gone. Had it all that it wanted (`-t 1`), the rest is dropped; else how it ended is the error.
				this.#whenEnded(ended, callback);
			});
		});
	}

	override _final(callback: Callback): void {
		this.#withProcess(callback, (ffmpeg, reader) => {
			reader.end();
			const {stdin, ended} = this.#attached(ffmpeg);
			stdin.end();
			this.#whenEnded(ended, callback);
		});
	}

	override _read(): void {
		this.#wanted = true;
		if (!this.#giveBack) this.#process?.stdout?.resume();
		this.#startIfKnown();
	}

	override _destroy(error: Error | null, callback: Callback): void {
		this.#waiting = undefined;
		const started = this.#starting ?? Promise.resolve();
		const reaped = started.then(() => (this.#giveBack ?? this.#process?.kill)?.());
		void reaped.then(() => callback(error));
	}

	/** What is piped in tells its format. */
	#learn(source: unknown): void {
		if (this.#declared || !tellsFormat(source)) return;
		try {
			const input = checkInput(source);
			if (this.#input && !isSame(input, this.#input)) {
				throw new SpeechError(
					'OPTION_INVALID',
					'A stream of another format was piped in: a transcode takes one.',
				);
			}
			if (!this.#input) this.#accept(input);
		} catch (error) {
			// Only SpeechErrors are thrown above.
			this.destroy(error as SpeechError);
		}
		this.#startIfKnown();
	}

	#accept(input: Input): void {
		this.#input = input;
		this.#samples = sampleReader(input);
	}

	#withProcess(callback: Callback, work: (ffmpeg: FfmpegProcess, reader: SampleReader) => void): void {
		const reader = this.#samples;
		if (!reader) {
			const what =
				'What format is the audio? Pipe in a stream that tells its sampleRate and format, or give transcode the option input: {sampleRate, format}.';
			return void callback(new SpeechError('OPTION_INVALID', what));
		}
		const attempt = (ffmpeg: FfmpegProcess) => {
			try {
				work(ffmpeg, reader);
			} catch (error) {
				// Only the reader throws, and it throws SpeechErrors.
				callback(error as SpeechError);
			}
		};
		if (this.#process) attempt(this.#process);
		else this.#waiting = attempt;
	}

	/** By the time of the first read the pipeline is wired: the place of the output is known. */
	#startIfKnown(): void {
		if (!this.#wanted || !this.#input || this.#starting || this.destroyed) return;
		this.#starting = this.#start(this.#input).catch(error => void this.destroy(error));
	}

	async #start(input: Input): Promise<void> {
		const file = await this.#offeredFile();
		if (this.destroyed) return;
		const args = this.#command(input, file === undefined ? 'pipe' : {file});
		const ready = file === undefined ? this.#pool?.take(args) : undefined;
		const ffmpeg = ready ?? (await startFfmpeg(findFfmpeg().path, args, {stdout: file === undefined}));
		this.#process = ffmpeg;
		if (ready) this.#giveBack = async () => this.#pool?.giveBack(args, ready);
		else this.#listen(ffmpeg);
		if (this.destroyed) return;
		this.#waiting?.(ffmpeg);
		this.#waiting = undefined;
	}

	/** A process that is about to be given something: ours from now on. */
	#attached(ffmpeg: FfmpegProcess): FfmpegProcess {
		if (this.#giveBack) this.#listen(ffmpeg);
		this.#giveBack = undefined;
		return ffmpeg;
	}

	/** Calls back with how ffmpeg ended. That we killed it is no error: it would count as the stream's own, for which there was none. */
	#whenEnded(ended: Promise<void>, callback: Callback): void {
		ended.then(
			() => callback(),
			error => callback(this.destroyed ? null : error),
		);
	}

	#listen({stdout, ended}: FfmpegProcess): void {
		stdout?.on('data', (chunk: Buffer) => {
			if (!this.push(chunk)) stdout.pause();
		});
		ended.then(
			() => this.push(null),
			error => this.destroy(error),
		);
	}

	/** The file that ffmpeg is to write itself: of the sink that is the only reader. */
	async #offeredFile(): Promise<string | undefined> {
		const target = this.#offer;
		const file = await target?.temporary;
		const isOnlyReader = this.listenerCount('data') === 1 && this.listenerCount('readable') === 0;
		if (file === undefined || this.#offer !== target || !isOnlyReader) return undefined;
		this.#taken = target;
		target?.takeOver(this);
		return file;
	}
}

function isSame(one: Input, other: Input): boolean {
	return (
		one.sampleRate === other.sampleRate &&
		one.encoding === other.encoding &&
		one.container === other.container
	);
}
