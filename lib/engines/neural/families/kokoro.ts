import {SpeechError} from '../../../errors.js';
import {kokoroAlphabet} from '../../../phonemes/espeak/kokoro.js';
import {espeakByLanguage} from '../../../voices/espeak.js';
import {exposed} from '../onnx/build.js';
import {findDurations} from '../onnx/durations.js';
import {readGraph} from '../onnx/graph.js';
import {encode, type Family, oneOf, varietyOf} from './family.js';
import {readVocabulary} from './vocabulary.js';

/** Numbers of a style vector. */
const styleLength = 256;
/** Each length of text, in phonemes, has its own vector: so many. */
const styleCount = 510;

/** Kokoro-82M v1.0 in any of its exports (fp32, fp16, int8): they name inputs and outputs in two ways, and some take whole speeds only. */
export const kokoro: Family = {
	maxPhonemes: 400,
	audibleLevel: -60,
	spokenLevel: -50,
	/** Measured as hibari's, of af_heart and am_michael: within 10 ms of their hiss, in the median. */
	lag: speed => 40 * speed ** -0.65,
	readStyle,
	async open(model) {
		const graph = readGraph(model);
		const tokens = oneOf(graph.inputs, ['input_ids', 'tokens'], 'kokoro');
		for (const input of ['style', 'speed']) oneOf(graph.inputs, [input], 'kokoro');
		const audio = oneOf(graph.outputs, ['waveform', 'audio'], 'kokoro');
		const idOf = await readVocabulary();
		const durations = findDurations(graph, 'Round');
		const [speedType = 'float32', styleType = 'float32'] = ['speed', 'style'].map(name =>
			graph.inputs.get(name),
		);
		const isFloat = graph.outputs.get(audio) === 'float32';
		return {
			bytes: Buffer.concat([
				model,
				...(isFloat ? [] : [exposed(audio, 'speechpipe_audio', 'float32')]),
				...(durations === undefined ? [] : [exposed(durations, 'speechpipe_durations', 'float32')]),
			]),
			rate: 24_000,
			frame: 600,
			audio: isFloat ? audio : 'speechpipe_audio',
			durations: durations && 'speechpipe_durations',
			reads: language => varietyOf(language) ?? {espeak: espeakFor(language), alphabet: kokoroAlphabet},
			encode: phonemes => encode(phonemes, {idsOf: idOf, first: [0], after: [], last: [0]}),
			feeds({ids}, {speed, style}, {tensor}) {
				if (speedType === 'int32' && !Number.isInteger(speed)) {
					const message = `This export of Kokoro takes whole numbers as its speed, not ${speed}: install another (fp32, fp16, int8 of onnx-community).`;
					throw new SpeechError('VOICE_LACKS', message);
				}
				return {
					[tokens]: tensor('int64', ids, [1, ids.length]),
					style: tensor(styleType, rowOf(style, ids.length - 2), [1, styleLength]),
					speed: tensor(speedType, [speed], [1]),
				};
			},
		};
	},
};

/** Throws an Error for a language that eSpeak NG does not have. */
function espeakFor(language: string): string {
	const file = espeakByLanguage(language)?.file;
	if (file === undefined) throw new TypeError(`eSpeak NG has no voice for ${language}`);
	return file;
}

/** The vector for so many phonemes. */
function rowOf(style: Float32Array | undefined, phonemes: number): Float32Array {
	const row = Math.min(styleCount, Math.max(1, phonemes)) - 1;
	const vector = style?.subarray(row * styleLength, (row + 1) * styleLength);
	if (vector?.length !== styleLength) throw new TypeError('a voice of Kokoro needs its style vectors');
	return vector;
}

/** Reads a voice's file: 510 vectors of 256 float32, little-endian. Throws an Error that says why it is none. */
function readStyle(file: Uint8Array): Float32Array {
	const bytes = styleCount * styleLength * Float32Array.BYTES_PER_ELEMENT;
	if (file.length !== bytes) {
		throw new RangeError(`style vectors of Kokoro have ${bytes} bytes, it has ${file.length}`);
	}
	const style = new Float32Array(file.slice().buffer);
	if (!style.every(Number.isFinite)) throw new RangeError('some of its style vectors are no numbers');
	return style;
}
