import {realpath, stat} from 'node:fs/promises';
import {resolve, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import {SpeechError} from '../errors.js';
import {addAbortSignal, Writable} from '../streams.js';
import {unfitExtension} from './extension.js';
import {fileFailed} from './file-errors.js';
import {type FileSource, type FileTarget, isFileSource} from './file-target.js';
import type {Output} from './output.js';
import {openDevice, openFifo} from './special-file.js';
import {type StreamedWav, streamedWav} from './streamed-wav.js';
import {openTemporary} from './temporary-file.js';

/** Of `toFile`; all of it is optional. */
export interface ToFileOptions {
	/** Whether a file of that name is replaced (default) or is an error (FILE_FAILED, with nothing written). */
	readonly overwrite?: boolean | undefined;
	/**
	 * Called once all is written and synced, and awaited before the file appears under its name: so several files can
	 * wait for each other, to appear together or not at all.
	 */
	readonly ready?: (() => Promise<void>) | undefined;
	/** Removes what was written and destroys the stream with an AbortError. */
	readonly signal?: AbortSignal | undefined;
}

type Callback = (error?: Error | null) => void;

/**
 * A Writable that makes a file appear whole or not at all: written under a hidden name in the same folder, synced to the
 * disk, renamed, at `finish`. On error, abort or destroy nothing is left, and a file that was there is untouched.
 * A streamed WAV gets its sizes (RF64 past 4 GiB). A `transcode` piped into it has ffmpeg write the file itself.
 * Devices and FIFOs are written as it comes. Throws OPTION_INVALID and, where the path can't be one, FILE_FAILED;
 * the stream fails with FILE_FAILED, and with OPTION_INVALID where what is piped in tells a `format` that the extension
 * can't hold (raw PCM into `.mp3`); both say what to do.
 */
export function toFile(path: string | URL, options: ToFileOptions = {}): Writable {
	const {overwrite = true, ready, signal} = options;
	const sink = new FileSink(checkPath(path), {overwrite, ready});
	if (signal) addAbortSignal(signal, sink);
	return sink;
}

class FileSink extends Writable implements FileTarget {
	readonly temporary: Promise<string | undefined>;
	readonly #path: string;
	readonly #ready: (() => Promise<void>) | undefined;
	readonly #opening: Promise<Output>;
	readonly #wav: StreamedWav = streamedWav();
	#output: Output | undefined;
	/** Writes the file in our place. */
	#writer: FileSource | undefined;

	constructor(
		path: string,
		{overwrite, ready}: {readonly overwrite: boolean; readonly ready: (() => Promise<void>) | undefined},
	) {
		super({highWaterMark: 256 * 1024});
		this.#path = path;
		this.#ready = ready;
		this.#opening = openOutput(path, overwrite).catch(cause => {
			throw fileFailed(path, cause);
		});
		this.temporary = this.#opening.then(output => output.temporary);
		// Who opens it in vain hears of it in `_construct`.
		this.temporary.catch(() => {});
		this.on('pipe', source => this.#piped(source));
		this.on('unpipe', source => isFileSource(source) && this.#unpiped(source));
	}

	takeOver(source: FileSource): void {
		this.#writer = source;
		source.once('close', () => this.#unpiped(source));
	}

	override _construct(callback: Callback): void {
		this.#opening.then(output => {
			this.#output = output;
			callback();
		}, callback);
	}

	override _write(chunk: Buffer, _encoding: BufferEncoding, callback: Callback): void {
		if (this.#writer) return void callback(this.#failed('two sources write to it at once'));
		this.#do(async output => {
			const bytes = output.temporary === undefined ? chunk : this.#wav.next(chunk);
			await output.write(bytes);
		}, callback);
	}

	override _final(callback: Callback): void {
		if (this.#writer && !this.#writer.readableEnded)
			return void callback(this.#failed('it was ended before its source'));
		this.#do(async output => {
			const {rest, header} = this.#wav.end();
			await output.write(rest);
			if (header) await output.patch(header);
			await output.sync();
			await this.#ready?.();
			await output.commit(() => this.destroyed);
		}, callback);
	}

	override _destroy(error: Error | null, callback: Callback): void {
		this.#output?.remove();
		const released = this.#writer?.withdrawFile(this) ?? Promise.resolve();
		void released.then(() => this.#output?.discard()).then(() => callback(error));
	}

	#piped(source: unknown): void {
		if (isFileSource(source)) source.offerFile(this);
		const unfit = unfitExtension(this.#path, source);
		// The name of a device or a FIFO tells no format.
		const refuse = (temporary: string | undefined) => temporary !== undefined && this.destroy(unfit);
		if (unfit) void this.temporary.then(refuse, () => {});
	}

	#unpiped(source: FileSource): void {
		if (this.#writer !== source) void source.withdrawFile(this);
		else if (!source.readableEnded) this.destroy(this.#failed('its source was taken away before its end'));
	}

	#do(work: (output: Output) => Promise<void>, callback: Callback): void {
		this.#opening.then(work).then(
			() => callback(),
			cause => callback(fileFailed(this.#path, cause)),
		);
	}

	#failed(what: string): SpeechError {
		return new SpeechError('FILE_FAILED', `${this.#path} could not be written: ${what}.`);
	}
}

function checkPath(path: string | URL): string {
	if (path instanceof URL && path.protocol === 'file:') return fileURLToPath(path);
	if (typeof path !== 'string')
		throw new SpeechError('OPTION_INVALID', 'The path of a file must be a string or a file: URL.');
	if (path === '') throw new SpeechError('FILE_FAILED', 'The path is empty: give the name of a file.');
	if (path.endsWith('/') || path.endsWith(sep)) throw fileFailed(path, systemError('EISDIR'));
	return resolve(path);
}

async function openOutput(path: string, overwrite: boolean): Promise<Output> {
	const existing = await orMissing(stat(path));
	if (existing?.isDirectory()) throw systemError('EISDIR');
	if (existing?.isFIFO()) return openFifo(path);
	// What a shell redirected must stay the file that it opened, even where it is a regular one.
	const isRedirection = /^\/dev\/(?:std|fd\/)|^\/proc\/.*\/fd\//.test(path);
	if (existing && (!existing.isFile() || isRedirection)) return openDevice(path);
	if (existing && !overwrite) throw systemError('EEXIST');
	// The file that a link names is replaced, not the link.
	const target = (await orMissing(realpath(path))) ?? path;
	return openTemporary(target, existing, {overwrite});
}

async function orMissing<T>(found: Promise<T>): Promise<T | undefined> {
	try {
		return await found;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	}
}

/** What the system would say, for what is found before it is asked. */
function systemError(code: string): Error {
	return Object.assign(new Error(code), {code});
}
