import {constants} from 'node:os';
import {isAbort, SpeechError} from '../index.js';

/** A command was used wrongly: the message says how to use it. */
export class UsageError extends Error {}

/** A signal asked the command to stop. */
export class Interrupted extends Error {
	readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP';

	constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
		super(signal);
		this.signal = signal;
	}
}

/** Codes whose cause is what the command was asked for. */
const wrongUse = new Set(['OPTION_INVALID', 'VOICE_UNKNOWN', 'VOICE_LACKS']);

/** 0 all is well (a reader that had enough, too), 1 failure, 2 wrong use, 128 + n stopped by signal n (130 for SIGINT). */
export function exitCodeOf(error: unknown): number {
	if (error instanceof Interrupted) return 128 + constants.signals[error.signal];
	if (isClosedPipe(error)) return 0;
	return error instanceof UsageError || (error instanceof SpeechError && wrongUse.has(error.code)) ? 2 : 1;
}

/** Says on stderr what went wrong, in one line where it is known; silent about signals and closed pipes. */
export function report(error: unknown): void {
	if (error instanceof Interrupted || isClosedPipe(error)) return;
	const known = error instanceof SpeechError || error instanceof UsageError || isAbort(error);
	const text =
		error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
	process.stderr.write(`speechpipe: ${text}\n`);
}

/** Whoever read our output has closed it (`| head -c 1000`). */
function isClosedPipe(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

/** Aborts `controller` on the first signal; a second one ends the process as if nobody listened. Gives how to stop listening. */
export function abortOnSignals(controller: AbortController): () => void {
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	const forget = () => {
		for (const signal of signals) process.off(signal, stop);
	};
	const stop = (signal: (typeof signals)[number]) => {
		forget();
		controller.abort(new Interrupted(signal));
	};
	for (const signal of signals) process.on(signal, stop);
	return forget;
}
