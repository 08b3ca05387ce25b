import {type Static, Type} from 'typebox';
import {sampleRates, voiceOptionValue} from './messages.js';

/** What a body of audio may be. The first three are published; the default is WAV_PCM16. */
export const outputTypes = ['RAW_PCM16', 'WAV_PCM16', 'MP3', 'OPUS', 'AAC', 'FLAC', 'MULAW'] as const;
export type OutputType = (typeof outputTypes)[number];

const formatSchema = Type.Object(
	{
		outputType: Type.Optional(
			Type.Enum([...outputTypes], {
				description:
					'RAW_PCM16: 16-bit little-endian mono samples without a header; WAV_PCM16: the same in a WAV; OPUS: Opus in Ogg; AAC: ADTS; MULAW: G.711 without a header. Without it `Accept` chooses; WAV_PCM16 where that leaves it open.',
			}),
		),
		sampleRate: Type.Optional(
			Type.Integer({
				minimum: sampleRates.least,
				maximum: sampleRates.most,
				description: `Hz; ${sampleRates.usual} by default. A codec that lacks it takes the next higher; Opus always plays at 48000.`,
			}),
		),
	},
	{description: 'What the audio is.'},
);
export type OutputFormat = Static<typeof formatSchema>;

const text = (description: string) => Type.String({minLength: 1, description});
const voiceId = Type.Optional(
	Type.String({maxLength: 256, description: 'The voice that speaks; the server’s own by default.'}),
);
const voiceOptionValues = Type.Optional(
	Type.Array(voiceOptionValue, {
		maxItems: 32,
		description: 'Settings of the voice: speed, pitch and volume are factors, 1 is normal.',
	}),
);

/** The body of `POST /api/tts`. Unknown fields are allowed and ignored. */
export const speechSchema = Type.Object(
	{
		text: text('What is spoken; at most maxCharactersPerRequest UTF-16 units.'),
		voiceId,
		voiceOptionValues,
		format: Type.Optional(formatSchema),
	},
	{
		description: 'A text to speak.',
		examples: [{text: 'Streams can talk.', voiceId: 'heart', format: {outputType: 'MP3'}}],
	},
);
export type SpeechRequest = Static<typeof speechSchema>;

/** The body of `POST /api/tts/multispeaker`. */
export const dialogueSchema = Type.Object(
	{
		lines: Type.Array(
			Type.Object({
				text: text('What this line says; at most maxCharactersPerLine UTF-16 units.'),
				voiceId,
			}),
			{minItems: 1, description: 'Spoken one after another; at most maxLines.'},
		),
		voiceOptionValues,
		format: Type.Optional(formatSchema),
	},
	{
		description: 'Lines of several voices.',
		examples: [
			{
				lines: [
					{voiceId: 'heart', text: 'Who is there?'},
					{voiceId: 'espeak:en-gb', text: 'Nobody.'},
				],
			},
		],
	},
);
export type DialogueRequest = Static<typeof dialogueSchema>;

/** The query of `GET /api/voices`. */
export const voicesQuery = Type.Object({
	name: Type.Optional(
		Type.String({description: 'Only voices whose name or id holds this, whatever its case.'}),
	),
	voiceType: Type.Optional(Type.String({description: 'Only voices of this type, whatever its case.'})),
	limit: Type.Optional(
		Type.Integer({minimum: 1, maximum: 1000, description: 'Most voices of one page; 100 by default.'}),
	),
	cursor: Type.Optional(Type.String({description: 'The `cursor` of the page before.'})),
});
export type VoicesQuery = Static<typeof voicesQuery>;

const factor = (name: string) =>
	Type.Union([Type.Object({min: Type.Number(), max: Type.Number()}), Type.Null()], {
		description: `The factors that it takes as ${name}; null where it has none.`,
	});

const voiceSchema = Type.Object(
	{
		id: Type.String({description: 'What `voiceId` names.'}),
		name: Type.String(),
		voiceType: Type.String({description: 'How it is made: NEURAL, FORMANT or OTHER.'}),
		voiceTier: Type.Enum(['STANDARD', 'PREMIUM'], {description: 'PREMIUM: as natural as we have them.'}),
		description: Type.String({description: 'For people.'}),
		language: Type.String({description: 'BCP 47 tag.'}),
		gender: Type.Enum(['female', 'male', 'neutral', 'unknown']),
		wordTimes: Type.Enum(['exact', 'estimated', 'none'], {description: 'What the times of words are.'}),
		nativeRate: Type.Integer({description: 'Hz at which no resampling is needed.'}),
		version: Type.String({description: 'Of what makes it speak: the same version gives the same samples.'}),
		engine: Type.String(),
		licence: Type.String({description: 'SPDX identifier.'}),
		speed: factor('speed'),
		pitch: factor('pitch'),
		volume: factor('volume'),
	},
	{description: 'A voice.'},
);
export type ListedVoice = Static<typeof voiceSchema>;

/** The answer of `GET /api/voices`. */
export const voicesSchema = Type.Object(
	{
		voices: Type.Array(voiceSchema),
		cursor: Type.Union([Type.String(), Type.Null()], {
			description: 'Asks for the next page; null on the last.',
		}),
	},
	{description: 'A page of voices.'},
);
export type VoicesAnswer = Static<typeof voicesSchema>;

/** The answer to a request that is refused. */
export const problemSchema = Type.Object(
	{error: Type.String({description: '`code: explanation`; the code is stable.'})},
	{description: 'Why there is no other answer.'},
);
