import {checkNumber} from '../check-number.js';
import {targetCommand} from './command.js';
import {checkInput, type InputFormat} from './input.js';
import type {FfmpegProcess} from './process.js';
import {Shelf} from './shelf.js';
import {type TranscodeTarget, targetNamed} from './targets.js';

/** Of `FfmpegPool`; all of it is optional. */
export interface FfmpegPoolOptions {
	/** Processes that wait ready for each format and rate in use, 0 to 64; 2 by default. At 0 each transcode starts its own. */
	readonly size?: number | undefined;
	/** ms that those of a format and rate wait after they were last asked for; 300,000 (5 minutes) by default. */
	readonly idle?: number | undefined;
	/** Formats and rates for which processes wait at a time, 1 to 64; 8 by default. The one longest not asked for gives way. */
	readonly kinds?: number | undefined;
}

interface Kind {
	readonly shelf: Shelf;
	readonly timer: NodeJS.Timeout;
	/** How often it was asked for: a format that somebody took once gets one process, not all. */
	asked: number;
}

/**
 * ffmpeg processes that have started and wait for audio, so that an encoded stream's first bytes wait for the audio alone:
 * `transcode(target, {pool})` takes one, and another is started in its place. Nothing is started before the first is
 * asked for, or `warm` is called. What waits keeps no process alive, and is ended with it.
 */
export class FfmpegPool {
	readonly #size: number;
	readonly #idle: number;
	readonly #most: number;
	/** By command line, the one longest not asked for first. */
	readonly #kinds = new Map<string, Kind>();
	/** All that may hold a process: those of `#kinds`, and those that are being cleared. */
	readonly #shelves = new Set<Shelf>();
	#closed = false;

	/** Throws OPTION_INVALID. */
	constructor({size = 2, idle = 300_000, kinds = 8}: FfmpegPoolOptions = {}) {
		const isCount = (value: number) => Number.isInteger(value) && value >= 0 && value <= 64;
		checkNumber('size', size, 'a whole number from 0 to 64', isCount);
		checkNumber('kinds', kinds, 'a whole number from 1 to 64', value => isCount(value) && value > 0);
		checkNumber('idle', idle, 'ms from 1 to 2147483647', value => value >= 1 && value < 2 ** 31);
		this.#size = size;
		this.#idle = idle;
		this.#most = kinds;
	}

	/** Processes that wait. */
	get ready(): number {
		return [...this.#kinds.values()].reduce((sum, {shelf}) => sum + shelf.size, 0);
	}

	/**
	 * Starts all processes of a target, for input of that format, now; resolves when they wait. Throws OPTION_INVALID; where
	 * ffmpeg cannot be started, the first transcode says why.
	 */
	async warm(target: TranscodeTarget, input: InputFormat): Promise<void> {
		const args = targetCommand(targetNamed(target), undefined)(checkInput(input), 'pipe');
		if (this.#closed || this.#size === 0) return;
		const kind = this.#kindOf(args);
		kind.asked = this.#size;
		await kind.shelf.stockNow(this.#size);
	}

	/** A process of this command line that waits, if one does; another will take its place. */
	take(args: readonly string[]): FfmpegProcess | undefined {
		if (this.#closed || this.#size === 0) return undefined;
		const kind = this.#kindOf(args);
		kind.asked++;
		const taken = kind.shelf.take();
		kind.shelf.stock(Math.min(this.#size, kind.asked));
		return taken;
	}

	/** Takes a process back that was given nothing; resolves when it waits again, or is reaped where enough do. */
	async giveBack(args: readonly string[], ffmpeg: FfmpegProcess): Promise<void> {
		const kind = this.#kinds.get(args.join('\0'));
		await (kind ? kind.shelf.put(ffmpeg, this.#size) : ffmpeg.kill());
	}

	/** Ends what waits; what was taken is its taker's. From now on nothing waits. */
	async close(): Promise<void> {
		this.#closed = true;
		for (const key of [...this.#kinds.keys()]) this.#drop(key);
		await Promise.all([...this.#shelves].map(shelf => shelf.close()));
	}

	#kindOf(args: readonly string[]): Kind {
		const key = args.join('\0');
		const kind = this.#kinds.get(key) ?? this.#newKind(key, args);
		this.#kinds.delete(key);
		this.#kinds.set(key, kind);
		kind.timer.refresh();
		for (const oldest of [...this.#kinds.keys()].slice(0, -this.#most)) this.#drop(oldest);
		return kind;
	}

	#newKind(key: string, args: readonly string[]): Kind {
		const shelf = new Shelf(args);
		if (this.#shelves.size === 0) process.on('exit', this.#killAll);
		this.#shelves.add(shelf);
		const timer = setTimeout(() => this.#drop(key), this.#idle).unref();
		return {shelf, timer, asked: 0};
	}

	#drop(key: string): void {
		const kind = this.#kinds.get(key);
		if (!kind) return;
		this.#kinds.delete(key);
		clearTimeout(kind.timer);
		void kind.shelf.close().then(() => {
			this.#shelves.delete(kind.shelf);
			if (this.#shelves.size === 0) process.off('exit', this.#killAll);
		});
	}

	readonly #killAll = () => {
		for (const shelf of this.#shelves) shelf.killNow();
	};
}

let shared: FfmpegPool | undefined;

/** The process's own, for who is not given another. Nobody needs to close it. */
export function defaultFfmpegPool(): FfmpegPool {
	shared ??= new FfmpegPool();
	return shared;
}
