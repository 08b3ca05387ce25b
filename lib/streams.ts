import * as core from 'node:stream';
import * as readableStream from 'readable-stream';

/*
 * The one import of readable-stream: the same stream behaviour on every Node version, chosen in one line. Its classes are
 * not `instanceof` the core ones, but core's `pipeline`, `compose`, `finished` and `Duplex.toWeb` take them all the same.
 * They are typed as the core classes that they follow: so ours fit where a core stream is asked for, and nobody needs
 * readable-stream's own types to use our declarations. The casts rest on that.
 */
export const Duplex = readableStream.Duplex as unknown as typeof core.Duplex;
export const Readable = readableStream.Readable as unknown as typeof core.Readable;
export const Transform = readableStream.Transform as unknown as typeof core.Transform;
export const Writable = readableStream.Writable as unknown as typeof core.Writable;
export const finished = readableStream.finished as unknown as typeof core.finished;
export const pipeline = readableStream.pipeline as unknown as typeof core.pipeline;
export type Duplex = core.Duplex;
export type Readable = core.Readable;
export type Transform = core.Transform;
export type Writable = core.Writable;

/**
 * Destroys a stream with an AbortError when the signal aborts. Of one that has aborted already, in the next tick: Node 24's
 * `pipeline` refuses a stream that is destroyed, and then nobody would be there to hear the AbortError.
 */
export function addAbortSignal(signal: AbortSignal, stream: core.Stream): void {
	if (signal.aborted) process.nextTick(core.addAbortSignal, signal, stream);
	else core.addAbortSignal(signal, stream);
}
