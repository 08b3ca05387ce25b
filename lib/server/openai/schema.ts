import {type Static, Type} from 'typebox';

/** What `response_format` may say, and what it is to the server. */
export const responseFormats = {
	mp3: 'MP3',
	opus: 'OPUS',
	aac: 'AAC',
	flac: 'FLAC',
	wav: 'WAV_PCM16',
	pcm: 'RAW_PCM16',
} as const;
export type ResponseFormat = keyof typeof responseFormats;

const formatNames = Object.keys(responseFormats) as ResponseFormat[]; // Its keys, no more.

/** The body of `POST /v1/audio/speech`, as OpenAI's reference has it. Unknown fields are allowed and ignored. */
export const speechSchema = Type.Object(
	{
		model: Type.Optional(Type.String({description: 'Any: the voice decides what speaks.'})),
		input: Type.String({
			minLength: 1,
			description: 'What is spoken; at most maxCharactersPerRequest UTF-16 units.',
		}),
		voice: Type.Optional(
			Type.Union(
				[
					Type.String({minLength: 1, maxLength: 256}),
					Type.Object({id: Type.String({minLength: 1, maxLength: 256})}),
				],
				{description: 'A voice of GET /api/voices, by id or name, or one of OpenAI’s names.'},
			),
		),
		response_format: Type.Optional(
			Type.Enum(formatNames, {
				description: 'mp3 by default; opus is in Ogg, aac ADTS, pcm 16-bit little-endian mono at 24 kHz.',
			}),
		),
		speed: Type.Optional(
			Type.Number({
				minimum: 0.25,
				maximum: 4,
				description: 'A factor, 1 by default; each voice has its range.',
			}),
		),
		instructions: Type.Optional(Type.String({description: 'Ignored.'})),
		stream_format: Type.Optional(
			Type.Enum(['audio', 'sse'], {
				description: 'sse: server-sent events, whose audio is that of response_format in base64.',
			}),
		),
	},
	{
		description: 'A text to speak.',
		examples: [{model: 'tts-1', voice: 'alloy', input: 'Streams can talk.'}],
	},
);

/** The answer of `GET /v1/models/{model}`. */
export const modelAnswer = Type.Object(
	{
		id: Type.String({description: 'What `model` names.'}),
		object: Type.Literal('model'),
		created: Type.Integer({description: 'Seconds since 1970.'}),
		owned_by: Type.String(),
	},
	{description: 'A model.'},
);
export type Model = Static<typeof modelAnswer>;

/** The answer of `GET /v1/models`. */
export const modelsAnswer = Type.Object(
	{object: Type.Literal('list'), data: Type.Array(modelAnswer)},
	{description: 'All of them.'},
);

const nullable = Type.Union([Type.String(), Type.Null()]);

/** The answer to a request that is refused. */
export const errorAnswer = Type.Object(
	{
		error: Type.Object({
			message: Type.String({description: 'What was wrong and what to do.'}),
			type: Type.String(),
			param: nullable,
			code: nullable,
		}),
	},
	{description: 'Why there is no other answer.'},
);
export type ErrorAnswer = Static<typeof errorAnswer>;
