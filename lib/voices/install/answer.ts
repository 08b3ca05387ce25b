import type {ClientRequest, IncomingMessage} from 'node:http';
import {shown} from './address.js';
import {reasonOf, WebFailure} from './web-failure.js';

export interface Answer {
	/** 200, or 206 for the part that was asked for; 416 where there is no such part. */
	readonly status: number;
	readonly header: (name: string) => string | undefined;
	/** Its bytes, once; throws `WebFailure`, and the signal's reason. */
	readonly bytes: () => AsyncGenerator<Buffer, void, undefined>;
	/** Nobody wants its bytes, or more of them. */
	readonly drop: () => void;
}

export interface Silence {
	/** Something came. */
	broken(): void;
	/** Nothing is expected. */
	pause(): void;
	end(): void;
}

/** Ends a request that brings nothing for so many ms. */
export function watch(ms: number, request: ClientRequest): Silence {
	const giveUp = () => request.destroy(new Error(`it sent nothing for ${ms / 1000} s`));
	let timer = setTimeout(giveUp, ms);
	const pause = () => clearTimeout(timer);
	return {
		broken() {
			pause();
			timer = setTimeout(giveUp, ms);
		},
		pause,
		end: pause,
	};
}

/** An answer whose silence is watched while its bytes are read. */
export function toAnswer(
	url: URL,
	response: IncomingMessage,
	silence: Silence,
	signal: AbortSignal | undefined,
): Answer {
	return {
		status: response.statusCode ?? 0,
		header: name => {
			const value = response.headers[name];
			return Array.isArray(value) ? value[0] : value;
		},
		async *bytes() {
			let received = 0;
			try {
				silence.broken();
				for await (const chunk of response as AsyncIterable<Buffer>) {
					// Whoever takes the bytes may take the time that it needs.
					silence.pause();
					received += chunk.length;
					yield chunk;
					silence.broken();
				}
			} catch (cause) {
				signal?.throwIfAborted();
				const why = `broke off after ${received} bytes: ${reasonOf(cause)}`;
				throw new WebFailure(`${shown(url)} ${why}.`, {transient: true, cause});
			} finally {
				silence.end();
			}
		},
		drop() {
			silence.end();
			response.destroy();
		},
	};
}
