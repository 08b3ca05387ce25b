import {isAbort} from '../errors.js';
import {finished, Readable} from '../streams.js';
import {failureAnswer, streamHeaders} from './http-answer.js';
import {cut, type NodeResponse, type Outlet, outletOf, over, type ReplyLike} from './outlet.js';
import {type SpeechBodyOptions, speechBody, speechHead} from './speech-body.js';

/** Of `streamSpeech`. */
export interface StreamSpeechOptions extends SpeechBodyOptions {
	/** Is told why speech failed, for logs; not of clients that went away. */
	readonly onError?: ((error: unknown) => void) | undefined;
}

/**
 * Answers an HTTP request with speech as it is made, by a response of node:http, node:http2 or Express, or by Fastify's
 * reply. Headers that were set before stay, but for errors; Content-Type and what keeps proxies from holding it back are
 * added. A HEAD is answered without speaking.
 *
 * What fails before the first byte is answered by a status and JSON `{error: 'code: explanation'}` (400, 422, 503, else 500);
 * after it the connection is destroyed, so that nobody takes a part for the whole. A client that goes away stops all of
 * the work. Resolves when the response is over. Never throws.
 */
export async function streamSpeech(
	response: NodeResponse | ReplyLike,
	{onError = () => {}, ...options}: StreamSpeechOptions,
): Promise<void> {
	const out = outletOf(response);
	const ended = over(out.raw);
	const report = (error: unknown) => {
		if (!isAbort(error)) onError(error);
	};
	try {
		if (out.method === 'HEAD') begin(out, speechHead(options).contentType, Readable.from([]));
		else await speakTo(out, options, report);
	} catch (error) {
		report(error);
		if (!out.raw.destroyed) out.answer(failureAnswer(error));
	}
	await ended;
}

async function speakTo(
	out: Outlet,
	options: SpeechBodyOptions,
	report: (error: unknown) => void,
): Promise<void> {
	const {contentType, ready, stream} = speechBody(options);
	void over(out.raw).then(() => stream.destroy());
	await ready;
	// From here on only the connection can tell.
	finished(stream, () => {
		if (!stream.errored) return;
		report(stream.errored);
		cut(out.raw);
	});
	begin(out, contentType, stream);
}

function begin(out: Outlet, contentType: string, stream: Readable): void {
	for (const [name, value] of Object.entries(streamHeaders(contentType))) out.header(name, value);
	out.send(stream);
}
