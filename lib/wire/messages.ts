import {type Static, Type} from 'typebox';

/** Where the server listens for WebSockets, below its host. */
export const webSocketPath = '/api/tts/websocket';

/** Bounds of `sampleRate` in Hz, and what it is where no message says. */
export const sampleRates = {least: 8000, most: 48_000, usual: 24_000} as const;

/** Most bytes of PCM in one `chunk`: base64 makes 43 KiB of it, well below the 1 MiB that clients refuse. */
export const maxChunkBytes = 32 * 1024;

/** Longest `generationId` and `contextId` in UTF-16 units. */
export const maxIdLength = 128;

/** A setting of the voice. */
export const voiceOptionValue = Type.Object(
	{
		optionId: Type.String({description: 'Which option: speed, pitch or volume here; others are ignored.'}),
		value: Type.Union([Type.Number(), Type.String(), Type.Boolean()], {
			description: 'Of speed, pitch and volume a number: a factor, 1 is the voice’s normal.',
		}),
	},
	{description: 'A setting of the voice.'},
);

/**
 * What a client sends: ten published fields, the published voice options, and two of the positions extension. Each is
 * optional here, since a message about a whole context needs no generation; unknown fields are allowed and ignored.
 */
export const inputSchema = Type.Object(
	{
		generationId: Type.Optional(
			Type.String({
				maxLength: maxIdLength,
				description: 'Names one stream of speech on this socket, 1 to 128 characters.',
			}),
		),
		contextId: Type.Optional(
			Type.String({
				maxLength: maxIdLength,
				description: 'Generations of one context are spoken one after another, as they were opened.',
			}),
		),
		items: Type.Optional(Type.String({description: 'Handed to the synthesizer untouched.'})),
		description: Type.Optional(Type.String({description: 'Handed to the synthesizer untouched.'})),
		voiceId: Type.Optional(Type.String({maxLength: 256, description: 'The voice that speaks.'})),
		text: Type.Optional(Type.String({description: 'Appended, as it is, to the text of the generation.'})),
		finalText: Type.Optional(
			Type.Boolean({description: 'No more text follows: speak what is left, then finish.'}),
		),
		cancel: Type.Optional(Type.Boolean({description: 'Stop now; wins over text of the same message.'})),
		sampleRate: Type.Optional(
			Type.Integer({
				minimum: sampleRates.least,
				maximum: sampleRates.most,
				description: 'Hz of the audio; 24000 by default. The first message counts.',
			}),
		),
		addWordTimestamps: Type.Optional(
			Type.Boolean({description: 'Send the times of words. The first message counts.'}),
		),
		voiceOptionValues: Type.Optional(
			Type.Array(voiceOptionValue, {
				maxItems: 32,
				description: 'Settings of the voice. The first message counts.',
			}),
		),
		positions: Type.Optional(
			Type.Boolean({
				description: 'Extension: tell which text each stretch of samples speaks. The first message counts.',
			}),
		),
		firstUtterance: Type.Optional(
			Type.Integer({
				minimum: 1,
				description:
					'Extension: speak exactly so many UTF-16 units first, whatever their boundaries. The first message counts.',
			}),
		),
	},
	{title: 'Input', description: 'What a client sends.'},
);
export type InputMessage = Static<typeof inputSchema>;

const generationId = Type.String({description: 'The generation that this is about.'});
const place = (description: string) => Type.Integer({minimum: 0, description});

/** Some audio. */
export const chunkSchema = Type.Object(
	{
		type: Type.Literal('chunk'),
		generationId,
		audio: Type.String({
			contentEncoding: 'base64',
			description:
				'Base64 of 16-bit little-endian mono PCM at the generation’s sampleRate: whole samples, no header, at most 32 KiB of PCM.',
		}),
	},
	{title: 'Chunk', description: 'Some audio.'},
);
export type ChunkMessage = Static<typeof chunkSchema>;

const wordTimestampSchema = Type.Object({
	word: Type.String({description: 'Exactly as it stood in the text.'}),
	startTime: Type.Number({minimum: 0, description: 'Seconds from the first sample of the generation.'}),
	endTime: Type.Number({minimum: 0, description: 'Seconds from the first sample of the generation.'}),
});
export type WordTimestamp = Static<typeof wordTimestampSchema>;

const utterancePositionSchema = Type.Object(
	{
		textStart: place('Offset into all the text of the generation, in UTF-16 units.'),
		textEnd: place('Offset past its last character.'),
		startSample: place('Position of its first sample in all the audio of the generation.'),
		endSample: Type.Optional(
			place('Position past its last sample, pause included; sent after its last chunk.'),
		),
		unspoken: Type.Optional(
			Type.String({
				description:
					'This text was not spoken (`blank`: white space alone; else a sentence for people): startSample and endSample are one.',
			}),
		),
	},
	{description: 'A range of the text and the samples that speak it; only sent to who asked for positions.'},
);
/** Sent before an utterance's first chunk, and again with `endSample` after its last; for unspoken text once, with both. */
export type UtterancePosition = Static<typeof utterancePositionSchema>;

/** When words are said; and, to who asked for positions, where the audio stands in the text. */
export const timestampSchema = Type.Object(
	{
		type: Type.Literal('timestamp'),
		generationId,
		wordTimestamps: Type.Array(wordTimestampSchema, {description: 'In order, never repeated.'}),
		utterance: Type.Optional(utterancePositionSchema),
	},
	{title: 'Timestamp', description: 'When words are said.'},
);
export type TimestampMessage = Static<typeof timestampSchema>;

/** The generation is complete; nothing follows. */
export const finishedSchema = Type.Object(
	{type: Type.Literal('finished'), generationId},
	{title: 'Finished', description: 'The generation is complete.'},
);
export type FinishedMessage = Static<typeof finishedSchema>;

/** The generation failed; nothing follows. */
export const errorSchema = Type.Object(
	{
		type: Type.Literal('error'),
		generationId: Type.String({description: 'The generation that failed; "" where none can be told.'}),
		error: Type.String({description: '`code: explanation`; the code is stable.'}),
	},
	{title: 'Error', description: 'The generation failed.'},
);
export type ErrorMessage = Static<typeof errorSchema>;

export type OutputMessage = ChunkMessage | TimestampMessage | FinishedMessage | ErrorMessage;
