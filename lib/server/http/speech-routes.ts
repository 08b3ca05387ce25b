import type {FastifyInstance, FastifyReply, FastifyRequest} from 'fastify';
import {
	type DialogueRequest,
	dialogueSchema,
	problemSchema,
	type SpeechRequest,
	speechSchema,
} from '../../wire/http.js';
import {webSocketPath} from '../../wire/messages.js';
import {readVoiceOptions, type VoiceFactors} from '../../wire/voice-options.js';
import type {Limits} from '../limits.js';
import type {Metrics} from '../metrics.js';
import {HttpProblem} from '../problem.js';
import {audioAnswer, refusals, speechProblems} from './answers.js';
import type {RouteGroup} from './app.js';
import {chooseFormat} from './output-format.js';
import {sendSpeech} from './send-speech.js';
import type {Speeches, SpeechOrder} from './speeches.js';
import {checkLength, tooLong} from './text-length.js';
import type {SchemaTypes} from './type-provider.js';

export interface SpeechRoutesOptions {
	readonly speeches: Speeches;
	readonly limits: Limits;
	readonly metrics: Metrics;
}

const prefix = '/api';

/** `POST /api/tts` and `POST /api/tts/multispeaker`. */
export function speechRoutes(options: SpeechRoutesOptions): RouteGroup {
	return {
		prefix,
		routes(app) {
			addRoutes(app, options);
			addUpgradeHint(app);
		},
	};
}

const answers = {200: audioAnswer('The audio, as it is made.'), ...refusals(problemSchema, speechProblems)};

function addRoutes(app: FastifyInstance, {speeches, limits, metrics}: SpeechRoutesOptions): void {
	const tags = ['speech'];
	const typed = app.withTypeProvider<SchemaTypes>();
	const send = async (
		request: FastifyRequest,
		reply: FastifyReply,
		{format}: Pick<SpeechRequest, 'format'>,
		order: Pick<SpeechOrder, 'text' | 'voiceId'> & VoiceFactors,
	) => {
		const {outputType, ...chosen} = chooseFormat(format, request.headers.accept);
		const speech = await speeches.begin(request, {...order, ...chosen});
		const sent = (bytes: number) => metrics.audioBytes('http', outputType, bytes);
		reply.header('vary', 'Origin, Accept');
		return sendSpeech(reply, speech, {stallTimeout: limits.stallTimeout, sent});
	};
	typed.post(
		'/tts',
		{
			schema: {
				tags,
				operationId: 'speak',
				summary: 'Speaks a text.',
				body: speechSchema,
				response: answers,
			},
		},
		async (request, reply) => {
			const {body} = request;
			const {text, voiceId} = body;
			checkLength('text', text, limits);
			return send(request, reply, body, {text, voiceId, ...factorsOf(body)});
		},
	);
	typed.post(
		'/tts/multispeaker',
		{
			schema: {
				tags,
				operationId: 'speakLines',
				summary: 'Speaks lines, each by its voice, one after another.',
				body: dialogueSchema,
				response: answers,
			},
		},
		async (request, reply) => {
			const {body} = request;
			checkLines(body, limits);
			return send(request, reply, body, {text: body.lines, ...factorsOf(body)});
		},
	);
}

/** Who asks for the WebSocket's path without an upgrade learns what it is. */
function addUpgradeHint(app: FastifyInstance): void {
	app.get(webSocketPath.slice(prefix.length), {schema: {hide: true}}, async () => {
		const explanation = 'this path speaks WebSocket: upgrade';
		throw new HttpProblem('upgrade_needed', explanation, {headers: {upgrade: 'websocket'}});
	});
}

function factorsOf({voiceOptionValues = []}: Pick<SpeechRequest, 'voiceOptionValues'>): VoiceFactors {
	const read = readVoiceOptions(voiceOptionValues);
	if ('factors' in read) return read.factors;
	throw new HttpProblem('invalid_message', read.problem, {field: 'voiceOptionValues'});
}

function checkLines({lines}: DialogueRequest, limits: Limits): void {
	const {maxLines, maxCharactersPerLine: most} = limits;
	if (lines.length > maxLines)
		throw tooLong(`there are ${lines.length} lines, maxLines is ${maxLines}`, 'lines');
	for (const [index, {text}] of lines.entries()) {
		if (text.length > most)
			throw tooLong(
				`lines.${index}.text has ${text.length} characters, maxCharactersPerLine is ${most}`,
				`lines.${index}.text`,
			);
	}
	checkLength('lines', lines.map(({text}) => text).join(''), limits);
}
