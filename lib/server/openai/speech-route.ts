import type {FastifyInstance} from 'fastify';
import {SpeechError} from '../../errors.js';
import type {Synthesizer} from '../../synthesizer.js';
import {audioAnswer, refusals, speechProblems} from '../http/answers.js';
import {chooseFormat} from '../http/output-format.js';
import {sendSpeech} from '../http/send-speech.js';
import type {BegunSpeech, Speeches} from '../http/speeches.js';
import {checkLength} from '../http/text-length.js';
import type {SchemaTypes} from '../http/type-provider.js';
import type {Limits} from '../limits.js';
import type {Metrics} from '../metrics.js';
import {HttpProblem, httpProblemOf} from '../problem.js';
import {eventStream} from './events.js';
import {errorAnswer, responseFormats, speechSchema} from './schema.js';
import {voiceNamed} from './voices.js';

export interface OpenaiOptions {
	readonly synthesizer: Synthesizer;
	readonly speeches: Speeches;
	readonly limits: Limits;
	readonly metrics: Metrics;
	/** Lower case names, and the ids of the voices that they stand for. */
	readonly voiceNames: ReadonlyMap<string, string>;
}

const audio = audioAnswer('The audio, as it is made; or events of it.', {
	'text/event-stream': {schema: {type: 'string'}},
});

/** `POST /v1/audio/speech`. What `Accept` says does not matter: OpenAI's clients say `application/octet-stream`, whatever they want. */
export function addSpeechRoute(app: FastifyInstance, options: OpenaiOptions): void {
	const {synthesizer, speeches, limits, metrics, voiceNames} = options;
	app.withTypeProvider<SchemaTypes>().post(
		'/audio/speech',
		{
			schema: {
				tags: ['openai'],
				operationId: 'createSpeech',
				summary: 'Speaks a text, for clients of OpenAI.',
				body: speechSchema,
				response: {200: audio, ...refusals(errorAnswer, speechProblems)},
			},
		},
		async (request, reply) => {
			const {input, voice, speed, response_format = 'mp3', stream_format = 'audio'} = request.body;
			checkLength('input', input, limits);
			const name = typeof voice === 'object' ? voice.id : voice;
			const voiceId = name === undefined ? undefined : await voiceNamed(name, voiceNames, synthesizer);
			const {outputType, ...chosen} = chooseFormat({outputType: responseFormats[response_format]}, undefined);
			const order = {text: input, voiceId, speed, ...chosen};
			const speech = await speeches.begin(request, order).catch(inOpenaiTerms);
			const sent = (bytes: number) => metrics.audioBytes('http', outputType, bytes);
			const body = stream_format === 'sse' ? asEvents(speech) : speech;
			return sendSpeech(reply, body, {stallTimeout: limits.stallTimeout, sent});
		},
	);
}

function asEvents(speech: BegunSpeech): BegunSpeech {
	return {...speech, stream: eventStream(speech), contentType: 'text/event-stream; charset=utf-8'};
}

/** Tells which of the request's fields was wrong, by the name that it has here. */
function inOpenaiTerms(error: unknown): never {
	if (error instanceof HttpProblem && error.code === 'voice_missing')
		throw new HttpProblem(error.code, error.explanation.replace('voiceId', 'voice'), {field: 'voice'});
	if (!(error instanceof SpeechError)) throw error;
	const {code, explanation} = httpProblemOf(error);
	switch (error.code) {
		case 'VOICE_UNKNOWN':
			throw new HttpProblem(code, explanation, {field: 'voice'});
		case 'FFMPEG_MISSING':
			throw new HttpProblem(code, 'this server has no ffmpeg: ask for wav or pcm', {
				field: 'response_format',
				cause: error,
			});
		case 'TEXT_NOT_SPEAKABLE':
			throw new HttpProblem(code, explanation, {field: 'input'});
		// Nothing else that is asked for depends on the voice; a voice without it takes no speed but 1.
		case 'OPTION_INVALID':
		case 'VOICE_LACKS':
			throw new HttpProblem('option_invalid', explanation, {field: 'speed'});
		default:
			throw error;
	}
}
