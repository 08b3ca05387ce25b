import type {Variety} from '../../../phonemes/english/variety.js';
import type {EspeakAlphabet} from '../../../phonemes/espeak/word.js';
import type {Graph} from '../onnx/graph.js';
import type {Feeds, Runtime} from '../runtime.js';

/** How phonemes are to be spoken. */
export interface Delivery {
	/** Factor; 1 is normal. */
	readonly speed: number;
	/** Factor on the liveliness that a model gets from noise; 0 takes it away. Piper alone has some. */
	readonly noise: number;
	/** Of a model with several: from 0. */
	readonly speaker: number;
	/** Kokoro's style vectors of the voice. */
	readonly style?: Float32Array | undefined;
}

/** Phonemes as a model takes them. */
export interface Encoded {
	readonly ids: readonly number[];
	/** Which of the ids is the first of each phoneme, one more than there are phonemes: of what stands after the last. */
	readonly places: readonly number[];
	/** Phonemes that the model does not know, each once: they are left out. */
	readonly unknown: readonly string[];
}

/** How a text becomes phonemes: as English by our own rules, by eSpeak NG, or letter by letter. */
export type Reads =
	| Variety
	| {
			/** The voice, as eSpeak NG calls it: `en-us`. */
			readonly espeak: string;
			readonly alphabet: EspeakAlphabet;
	  }
	| 'letters';

/** A model file understood: what is asked of the runtime, and how. */
export interface OpenModel {
	/** The file's bytes with what is added to its graph. */
	readonly bytes: Uint8Array;
	/** Hz. */
	readonly rate: number;
	/** Samples of a frame, the unit of the durations. */
	readonly frame: number;
	/** Name of the output that holds the samples, float32. */
	readonly audio: string;
	/** Name of the output that holds the frames of each id, float32; undefined where the file tells none. */
	readonly durations: string | undefined;
	/** Whose phonemes it takes for a text in a language (BCP 47 tag). */
	reads(language: string): Reads;
	encode(phonemes: string): Encoded;
	/** Throws `SpeechError` VOICE_LACKS for what the file cannot do. */
	feeds(encoded: Encoded, delivery: Delivery, runtime: Runtime): Feeds;
}

/** A family of models: all that is particular to it. */
export interface Family {
	/** Phonemes that it takes at once. */
	readonly maxPhonemes: number;
	/** dB of full scale: what is louder is sound; the model's own silence is less. */
	readonly audibleLevel: number;
	/** dB of full scale: a word's sound, but not the breath in a pause beside it. */
	readonly spokenLevel: number;
	/** ms by which a phoneme sounds before the span that its durations give it. */
	lag(speed: number): number;
	/** Reads a voice's style vectors. Throws an Error that says why they are none. Kokoro alone has them. */
	readonly readStyle?: (file: Uint8Array) => Float32Array;
	/** Throws an Error that says why the file is none of the family. `companion` is the file beside it, which Piper has. */
	open(model: Uint8Array, companion: Uint8Array | undefined): OpenModel | Promise<OpenModel>;
}

/** English as a voice of its language speaks it: British where that is said. */
export function varietyOf(language: string): Variety | undefined {
	if (!/^en\b/i.test(language)) return undefined;
	return /^en-GB\b/i.test(language) ? 'gb' : 'us';
}

/** The one of these inputs or outputs that the graph has. Throws where it has none: the file belongs to another family. */
export function oneOf(has: Graph['inputs'], names: readonly string[], family: string): string {
	const found = names.find(name => has.has(name));
	if (found !== undefined) return found;
	throw new TypeError(
		`it is no model of the family ${family}, which has ${names.join(' or ')}: it has ${[...has.keys()].join(', ')}`,
	);
}

/** How a family writes phonemes as ids. */
export interface Coding {
	/** Undefined for a phoneme that the model does not know. */
	readonly idsOf: (phoneme: string) => readonly number[] | undefined;
	readonly first: readonly number[];
	/** After each phoneme. */
	readonly after: readonly number[];
	readonly last: readonly number[];
}

/** What is not known takes no place. */
export function encode(phonemes: string, {idsOf, first, after, last}: Coding): Encoded {
	const ids = [...first];
	const places: number[] = [];
	const unknown = new Set<string>();
	for (let index = 0; index < phonemes.length; index++) {
		places.push(ids.length);
		const phoneme = phonemes.charAt(index);
		const found = idsOf(phoneme);
		if (found) ids.push(...found, ...after);
		else unknown.add(phoneme);
	}
	places.push(ids.length);
	return {ids: [...ids, ...last], places, unknown: [...unknown]};
}
