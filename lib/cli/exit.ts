import {once} from 'node:events';
import {constants} from 'node:os';
import {getSystemErrorMap} from 'node:util';
import {isAbort, SpeechError} from '../index.js';

/** A command was used wrongly: the message says how to use it. */
export class UsageError extends Error {}

type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** A signal asked the command to stop. */
export class Interrupted extends Error {
	readonly signal: StopSignal;

	constructor(signal: StopSignal) {
		super(signal);
		this.signal = signal;
	}
}

/** Codes whose cause is what the command was asked for. */
const wrongUse = new Set(['OPTION_INVALID', 'VOICE_UNKNOWN', 'VOICE_LACKS', 'LICENCE_REFUSED']);

/** 0 all is well (a reader that had enough, too), 1 failure, 2 wrong use, 128 + n stopped by signal n (130 for SIGINT). */
export function exitCodeOf(error: unknown): number {
	if (error instanceof Interrupted) return statusOf(error.signal);
	if (isClosedPipe(error)) return 0;
	return error instanceof UsageError || (error instanceof SpeechError && wrongUse.has(error.code)) ? 2 : 1;
}

/** Says on stderr what went wrong: in one line, with its code, where it is known; silent about signals and closed pipes. */
export function report(error: unknown): void {
	if (error instanceof Interrupted || isClosedPipe(error)) return;
	process.stderr.write(`speechpipe: ${reason(error)}\n`);
}

/** What the file system said, in words: `no such file or directory`. */
export function systemReason(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const errno = 'errno' in error && typeof error.errno === 'number' ? error.errno : 0;
	return getSystemErrorMap().get(errno)?.[1] ?? error.message;
}

/** Aborts `controller` on the first signal; a second one ends the process at once. Gives how to stop listening. */
export function abortOnSignals(controller: AbortController): () => void {
	const signals: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
	const stop = (signal: StopSignal) => {
		// Its exit handlers remove the temporary files.
		if (controller.signal.reason instanceof Interrupted) process.exit(statusOf(signal));
		controller.abort(new Interrupted(signal));
	};
	for (const signal of signals) process.on(signal, stop);
	return () => {
		for (const signal of signals) process.off(signal, stop);
	};
}

/** For what runs until it is stopped: aborted by the first SIGTERM or SIGINT, however early it comes once this was called; a second one ends the process at once. */
export function stopSignal(): AbortSignal {
	const stop = new AbortController();
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		process.on(signal, () => {
			if (stop.signal.aborted) process.exit(statusOf(signal));
			stop.abort();
		});
	}
	return stop.signal;
}

/** Settles when a signal is aborted, or at once if it is. */
export async function aborted(signal: AbortSignal): Promise<void> {
	if (!signal.aborted) await once(signal, 'abort');
}

function statusOf(signal: StopSignal): number {
	return 128 + constants.signals[signal];
}

/** What went wrong, in a line, with its code where it has one. */
export function reason(error: unknown): string {
	if (error instanceof SpeechError) return `${error.message} [${error.code}]`;
	if (error instanceof UsageError || isAbort(error)) return (error as Error).message; // Both tests are of Errors.
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Whoever read our output has closed it (`| head -c 1000`). */
function isClosedPipe(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	// A pipe or socket of other parts may break, too: of Redis, of a server.
	if (error instanceof SpeechError) return error.code === 'FILE_FAILED' && isClosedPipe(error.cause);
	return ('code' in error && error.code === 'EPIPE') || isClosedPipe(error.cause);
}
