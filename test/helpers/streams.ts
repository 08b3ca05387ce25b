import type {Readable} from 'node:stream';
import {setTimeout as sleep} from 'node:timers/promises';

/** Everything that a stream gives. */
export async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** Waits until a stream has `bytes` to read, and reads just those. */
export async function readBytes(stream: Readable, bytes: number): Promise<Buffer> {
	for (;;) {
		const chunk: Buffer | null = stream.read(bytes);
		if (chunk !== null) return chunk;
		await new Promise(resolve => stream.once('readable', resolve));
	}
}

/** ms after which what was waited for will not come any more, however loaded the machine. */
const longestWait = 90_000;

/** Waits until `condition` holds: looks at once, then every 20 ms, which leaves the processor to what is waited for. Throws what was waited for, where it never comes. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
	const end = performance.now() + longestWait;
	while (!(await condition())) {
		if (performance.now() > end) throw new Error(`waited ${longestWait} ms in vain for ${condition}`);
		await sleep(20);
	}
}

/** Waits for a promise, but not for ever. */
export async function inTime<T>(promise: Promise<T>, what: string): Promise<T> {
	const over = new AbortController();
	const late = sleep(longestWait, undefined, {signal: over.signal}).then(() => {
		throw new Error(`waited ${longestWait} ms in vain for ${what}`);
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		over.abort();
		late.catch(() => {});
	}
}

/** Gives what is running a good number of turns of the event loop, to show that nothing more happens. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 50; turn++) await new Promise(resolve => setImmediate(resolve));
}

/** Holds the process up, as a long computation does: sockets fill, and timers run late. */
export function standStill(ms: number): void {
	for (const until = performance.now() + ms; performance.now() < until; );
}

/**
 * Rejections of promises to which nobody listened at that time, from now on. Node ends a process for one; AVA takes it for
 * nothing where somebody listens later.
 */
export function unheardRejections(): readonly unknown[] {
	const reasons: unknown[] = [];
	process.on('unhandledRejection', reason => reasons.push(reason));
	return reasons;
}
