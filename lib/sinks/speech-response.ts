import {isAbort} from '../errors.js';
import {finished, type Readable} from '../streams.js';
import {failureAnswer, streamHeaders} from './http-answer.js';
import {speechBody, speechHead} from './speech-body.js';
import type {StreamSpeechOptions} from './stream-speech.js';

/** Of `speechResponse`; the request brings the signal. */
export interface SpeechResponseOptions extends Omit<StreamSpeechOptions, 'signal'> {
	/** Of the response; they win over those that it would have. Errors have their own. */
	readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** As much of a Web `Request` as is needed: what it says, and when its client is gone. */
export interface RequestLike {
	/** `HEAD` is answered without speaking. */
	readonly method: string;
	/** Aborted when the client goes away. */
	readonly signal: AbortSignal;
}

/**
 * A Web `Response` (Fetch) whose body is speech as it is made, for Hono, Next.js, Bun, Deno and other handlers of that form.
 * It resolves when the first bytes are there; what fails before is a response with a status and JSON `{error: 'code:
 * explanation'}` (400, 422, 503, else 500), what fails after errors the body. A HEAD is answered without speaking. Cancelling
 * the body or aborting the request stops all of the work. Never throws.
 */
export async function speechResponse(
	request: RequestLike,
	{onError = () => {}, headers = {}, ...options}: SpeechResponseOptions,
): Promise<Response> {
	const report = (error: unknown) => {
		if (!isAbort(error)) onError(error);
	};
	try {
		if (request.method === 'HEAD') return responseOf(speechHead(options).contentType, headers, null);
		const {contentType, ready, stream} = speechBody({...options, signal: request.signal});
		await ready;
		finished(stream, () => stream.errored && report(stream.errored));
		return responseOf(contentType, headers, webStream(stream));
	} catch (error) {
		report(error);
		const {status, headers, body} = failureAnswer(error);
		return new Response(body, {status, headers});
	}
}

function responseOf(
	contentType: string,
	headers: Readonly<Record<string, string>>,
	body: ReadableStream<Uint8Array> | null,
): Response {
	const all = new Headers(streamHeaders(contentType));
	for (const [name, value] of Object.entries(headers)) all.set(name, value);
	return new Response(body, {headers: all});
}

/** Not `Readable.toWeb`: cancelled while data comes, it throws where nobody can catch it (Node.js 20). */
function webStream(stream: Readable): ReadableStream<Uint8Array> {
	const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
	return new ReadableStream(
		{
			async pull(controller) {
				const {done, value} = await chunks.next();
				if (done) controller.close();
				else controller.enqueue(value);
			},
			cancel() {
				stream.destroy();
			},
		},
		{highWaterMark: 0},
	);
}
