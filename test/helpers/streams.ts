import type {Readable} from 'node:stream';

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

/** Waits until `condition` holds, looking after each turn of the event loop. */
export async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise(resolve => setImmediate(resolve));
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
