import type {ServerResponse} from 'node:http';
import type {Readable} from 'node:stream';
import type {FastifyReply} from 'fastify';
import {streamHeaders} from '../../sinks/http-answer.js';
import {reset} from '../../sinks/outlet.js';
import type {GenerationReport} from '../meter.js';
import {type BegunSpeech, silentFor} from './speeches.js';

export interface SendOptions {
	/** ms for which nothing may move before the answer is given up. */
	readonly stallTimeout: number;
	/** Is told of the bytes that go out. */
	readonly sent: (bytes: number) => void;
}

/**
 * Sends speech as the body of an answer, as it is made. Should it fail midway the connection is destroyed, so that nobody
 * takes half of it for the whole. How it went stands in the trailers.
 */
export function sendSpeech(
	reply: FastifyReply,
	speech: BegunSpeech,
	{stallTimeout, sent}: SendOptions,
): FastifyReply {
	const {stream, contentType, meter} = speech;
	const {raw: response, request} = reply;
	reply.headers(streamHeaders(contentType)).header('server-timing', serverTiming(meter.report('finished')));
	// Only HTTP/1.1 has chunks (who calls itself 0.9 or 2.0 is let in by Node's parser, too). Without them there are no trailers,
	// and no end but that of the connection: only a reset tells that it is no end.
	if (request.raw.httpVersion !== '1.1') stream.once('error', () => reset(response.socket));
	// Fastify lists several with a blank between them, where a comma belongs: there is one.
	else reply.trailer('server-timing', async () => serverTiming(meter.report('finished'), true));
	// Not sooner: who listens for data makes it flow, and nobody else would be there yet.
	response.once('pipe', (source: Readable) => {
		const timer = giveUpAfter(stallTimeout, response, stream);
		source.on('data', (chunk: Buffer) => {
			sent(chunk.length);
			timer.refresh();
		});
	});
	return reply.send(stream);
}

/** Gives up a response that stands still for so long. To be refreshed when something is written. */
function giveUpAfter(ms: number, response: ServerResponse, stream: BegunSpeech['stream']): NodeJS.Timeout {
	const timer = setTimeout(() => {
		// Behind others on its connection: its turn will come.
		if (!response.socket) timer.refresh();
		else if (response.writableNeedDrain) response.destroy();
		else stream.destroy(silentFor(ms));
	}, ms);
	response.on('drain', () => timer.refresh());
	response.once('close', () => clearTimeout(timer));
	return timer;
}

/** What is known of the times, in ms (W3C Server Timing): before the first byte and, with what was not spoken, after the last. */
function serverTiming(report: GenerationReport, isWhole = false): string {
	const {queuedMs, firstChunkMs, firstAudibleMs, totalMs, audioSeconds, unspoken} = report;
	const metrics = [
		['queue', queuedMs],
		['chunk', firstChunkMs],
		['audible', firstAudibleMs],
		['total', isWhole ? totalMs : undefined],
		['audio', isWhole ? Math.round(audioSeconds * 1000) : undefined],
	] as const;
	const durations = metrics.flatMap(([name, ms]) => (ms === undefined ? [] : [`${name};dur=${ms}`]));
	const missing = isWhole && unspoken > 0 ? [`unspoken;desc="${unspoken} characters"`] : [];
	return [...durations, ...missing].join(', ');
}
