import {type ErrorCode, SpeechError} from '../errors.js';
import {late, waitFor} from '../waiting.js';

/** Of the utterance: the others may well be spoken. All other errors end the book. */
const ofOne: ReadonlySet<ErrorCode> = new Set([
	'ENGINE_FAILED',
	'ENGINE_BUSY',
	'WORKER_CRASHED',
	'TEXT_NOT_SPEAKABLE',
	'AUDIO_INVALID',
	'REMOTE_LOST',
	'REMOTE_PROTOCOL',
	'REMOTE_ERROR',
	'RESUME_IMPOSSIBLE',
]);

/** Whether an error tells that no other utterance can be rendered either. */
export function isFatal(error: unknown): boolean {
	return !(error instanceof SpeechError && ofOne.has(error.code));
}

/** ms before the second attempt; each further one waits four times as long. */
const firstDelay = 250;

/** Does some work, and again, after growing waits, where it failed for what may pass. Throws the last error, or the first that a stop meets. */
export async function tryAgain<T>(
	work: () => Promise<T>,
	{retries, signal}: {readonly retries: number; readonly signal: AbortSignal},
): Promise<T> {
	for (let attempt = 0; ; attempt++) {
		try {
			return await work();
		} catch (error) {
			const isHopeless =
				isFatal(error) || (error instanceof SpeechError && error.code === 'TEXT_NOT_SPEAKABLE');
			if (attempt >= retries || isHopeless || signal.aborted) throw error;
			await pause(firstDelay * 4 ** attempt, signal);
		}
	}
}

/** Ends early where the signal says stop. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
	const never = new Promise<typeof late>(() => {});
	await waitFor(never, signal, ms).catch(() => late);
}
