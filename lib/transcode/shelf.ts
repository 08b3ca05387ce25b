import {findFfmpeg} from './ffmpeg.js';
import {type FfmpegProcess, startFfmpeg} from './process.js';

/** ms after one was taken until another is started: not while the first bytes are made. */
const restockDelay = 100;

/** The processes of one command line that have started, and wait for their first sample. */
export class Shelf {
	readonly #args: readonly string[];
	#ready: FfmpegProcess[] = [];
	#starting: Promise<void>[] = [];
	#timer: NodeJS.Timeout | undefined;
	#wanted = 0;
	#closed = false;

	constructor(args: readonly string[]) {
		this.#args = args;
	}

	/** Processes that are or will be ready. */
	get size(): number {
		return this.#ready.length + this.#starting.length;
	}

	/** One that waits, if one does. */
	take(): FfmpegProcess | undefined {
		const taken = this.#ready.pop();
		taken?.holdProcess(true);
		return taken;
	}

	/** Puts one back that was given nothing. */
	async put(ffmpeg: FfmpegProcess, most: number): Promise<void> {
		if (this.#closed || this.size >= most) return ffmpeg.kill();
		this.#add(ffmpeg);
		if (this.size >= this.#wanted) this.#waitNoMore();
	}

	/** Soon, so many will wait. */
	stock(wanted: number): void {
		this.#wanted = wanted;
		if (this.#closed || this.size >= wanted) return;
		this.#timer ??= setTimeout(() => {
			this.#waitNoMore();
			void this.stockNow(this.#wanted);
		}, restockDelay).unref();
	}

	/** So many wait when it resolves; where ffmpeg cannot be started fewer do, and who needs one hears why. */
	async stockNow(wanted: number): Promise<void> {
		while (!this.#closed && this.size < wanted) {
			const starting = this.#start().finally(() => {
				this.#starting = this.#starting.filter(other => other !== starting);
			});
			this.#starting.push(starting);
		}
		await Promise.allSettled(this.#starting);
	}

	/** Ends all of them; resolves when they are reaped. Never throws. Safe to call twice. */
	async close(): Promise<void> {
		this.#closed = true;
		this.#waitNoMore();
		await Promise.allSettled(this.#starting);
		await Promise.all(this.#ready.map(end));
	}

	/** Ends them without waiting, when the process exits. */
	killNow(): void {
		for (const ffmpeg of this.#ready) void ffmpeg.kill();
	}

	async #start(): Promise<void> {
		const ffmpeg = await startFfmpeg(findFfmpeg().path, this.#args, {stdout: true});
		if (this.#closed) return ffmpeg.kill();
		this.#add(ffmpeg);
		// One that dies while it waits, whoever killed it, is nobody's error.
		const forget = () => {
			this.#ready = this.#ready.filter(other => other !== ffmpeg);
		};
		ffmpeg.ended.then(forget, forget);
	}

	#waitNoMore(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	#add(ffmpeg: FfmpegProcess): void {
		ffmpeg.holdProcess(false);
		this.#ready.push(ffmpeg);
	}
}

/** Who waits for its end must not have the event loop run empty before. */
function end(ffmpeg: FfmpegProcess): Promise<void> {
	ffmpeg.holdProcess(true);
	return ffmpeg.kill();
}
