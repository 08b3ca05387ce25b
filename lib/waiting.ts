/** Stands for: the time was over before the promise settled. */
export const late: unique symbol = Symbol('late');

/** The longest that a timer runs, in ms (some 25 days); Node makes longer ones 1 ms. */
const longest = 2 ** 31 - 1;

/**
 * Waits for a promise, but no longer than `ms` (then it gives `late`; past 25 days that is never) and not past an abort (then
 * it throws the signal's reason). The promise itself goes on; nothing of the wait is left behind, however often one signal
 * is waited with.
 */
export function waitFor<T>(promise: Promise<T>, signal: AbortSignal): Promise<T>;
export function waitFor<T>(promise: Promise<T>, signal: AbortSignal, ms: number): Promise<T | typeof late>;
export function waitFor<T>(
	promise: Promise<T>,
	signal: AbortSignal,
	ms = Infinity,
): Promise<T | typeof late> {
	return new Promise<T | typeof late>((resolve, reject) => {
		const onAbort = () => over(() => reject(signal.reason));
		const timer = ms > longest ? undefined : setTimeout(() => over(() => resolve(late)), ms);
		const over = (settle: () => void) => {
			signal.removeEventListener('abort', onAbort);
			clearTimeout(timer);
			settle();
		};
		if (signal.aborted) onAbort();
		else signal.addEventListener('abort', onAbort);
		promise.then(
			value => over(() => resolve(value)),
			error => over(() => reject(error)),
		);
	});
}

/**
 * Aborts `controller` when `signal` does, until the function given back is called. `AbortSignal.any` is not that: on Node 20 a
 * long-lived signal keeps something of every signal made from it.
 */
export function follow(controller: AbortController, signal: AbortSignal | undefined): () => void {
	return whenAborted(signal, () => controller.abort(signal?.reason));
}

/** Calls `onAbort` when the signal aborts, at once if it has, until the function given back is called. */
export function whenAborted(signal: AbortSignal | undefined, onAbort: () => void): () => void {
	if (signal?.aborted) onAbort();
	else signal?.addEventListener('abort', onAbort, {once: true});
	return () => signal?.removeEventListener('abort', onAbort);
}

/** Tells an iterator that nobody reads on. Its answer is not awaited: it may come only with what the iterator itself waits for. */
export function leave(iterator: AsyncIterator<unknown>): void {
	const answer = async () => iterator.return?.();
	answer().catch(() => {});
}
