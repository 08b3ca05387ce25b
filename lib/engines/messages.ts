import {type ErrorCode, SpeechError} from '../errors.js';

/** What the pool tells a worker. Jobs come one at a time: the next after `done` or `failed`. */
export type ToWorker<Request, Data> =
	| {
			readonly type: 'load';
			readonly data: Data;
			/** One Int32: the `id` of the job that nobody waits for any more. */
			readonly dropped: SharedArrayBuffer;
			/** A `NativeGate`'s. */
			readonly gate: SharedArrayBuffer;
	  }
	| {readonly type: 'job'; readonly id: number; readonly request: Request};

/** What a worker tells the pool. */
export type FromWorker<Part, Report> =
	| {readonly type: 'ready'; readonly report: Report}
	| {readonly type: 'load-failed'; readonly error: WireError}
	| {readonly type: 'part'; readonly part: Part}
	| {readonly type: 'done'}
	| {readonly type: 'failed'; readonly error: WireError};

/** An error on its way between threads, where structured cloning would lose its code. */
export interface WireError {
	/** Absent where the error was not foreseen: the worker's state is unknown then. */
	readonly code?: ErrorCode;
	readonly message: string;
	readonly cause: unknown;
}

export function toWireError(error: unknown): WireError {
	if (error instanceof SpeechError)
		return {code: error.code, message: error.message, cause: cloneable(error.cause)};
	return {message: error instanceof Error ? error.message : String(error), cause: cloneable(error)};
}

/** An error without a code becomes ENGINE_FAILED. */
export function fromWireError({code, message, cause}: WireError, engine: string): SpeechError {
	return code
		? new SpeechError(code, message, {cause})
		: new SpeechError('ENGINE_FAILED', `${engine} failed: ${message}`, {cause});
}

/** Some errors carry what cannot be cloned (WebAssembly's exceptions, functions): their text can. */
function cloneable(cause: unknown): unknown {
	if (cause === undefined) return undefined;
	return cause instanceof Error ? new Error(cause.message) : String(cause);
}
