/** Stands for: the time was over before the promise settled. */
export const late: unique symbol = Symbol('late');

/**
 * Waits for a promise, but no longer than `ms` (then it gives `late`) and not past an abort (then it throws the signal's
 * reason). The promise itself goes on; nothing of the wait is left behind, however often one signal is waited with.
 */
export function waitFor<T>(promise: Promise<T>, signal: AbortSignal): Promise<T>;
export function waitFor<T>(promise: Promise<T>, signal: AbortSignal, ms: number): Promise<T | typeof late>;
export function waitFor<T>(
	promise: Promise<T>,
	signal: AbortSignal,
	ms = Infinity,
): Promise<T | typeof late> {
	return new Promise<T | typeof late>((resolve, reject) => {
		const onAbort = () => reject(signal.reason);
		if (signal.aborted) onAbort();
		else signal.addEventListener('abort', onAbort, {once: true});
		const timer = ms === Infinity ? undefined : setTimeout(resolve, ms, late);
		const forget = () => {
			signal.removeEventListener('abort', onAbort);
			clearTimeout(timer);
		};
		promise.then(
			value => {
				forget();
				resolve(value);
			},
			error => {
				forget();
				reject(error);
			},
		);
	});
}
