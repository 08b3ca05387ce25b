import {type Static, Type} from 'typebox';
import {Compile} from 'typebox/compile';

/** What is used of the JSON beside a Piper voice. */
const schema = Type.Object({
	audio: Type.Object({sample_rate: Type.Integer({minimum: 8000, maximum: 48_000})}),
	espeak: Type.Object({voice: Type.String()}),
	inference: Type.Object({
		noise_scale: Type.Number({minimum: 0}),
		length_scale: Type.Number({exclusiveMinimum: 0}),
		noise_w: Type.Number({minimum: 0}),
	}),
	phoneme_id_map: Type.Record(Type.String(), Type.Array(Type.Integer({minimum: 0}))),
	/** `text`: its phonemes are the letters themselves. */
	phoneme_type: Type.Optional(Type.Union([Type.Literal('espeak'), Type.Literal('text')])),
	num_speakers: Type.Optional(Type.Integer({minimum: 1})),
	hop_length: Type.Optional(Type.Integer({minimum: 1})),
});

export type PiperConfig = Static<typeof schema>;

const config = Compile(schema);

/** Throws an Error that says what is wrong with it. */
export function parsePiperConfig(json: Uint8Array | undefined): PiperConfig {
	if (!json) throw new TypeError('a voice of Piper needs the JSON beside its model');
	let value: unknown;
	try {
		value = JSON.parse(Buffer.from(json).toString());
	} catch (error) {
		throw new TypeError('the file beside it is no JSON', {cause: error});
	}
	if (config.Check(value)) return value;
	const [wrong] = config.Errors(value);
	throw new TypeError(
		`the JSON beside it is not as Piper's: ${wrong?.instancePath ?? ''} ${wrong?.message ?? ''}`,
	);
}
