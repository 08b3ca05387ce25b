import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {constant, fragment, int, node} from '../../lib/engines/neural/onnx/build.js';
import {field} from '../../lib/engines/neural/onnx/protobuf.js';
import {
	type ElementType,
	elementTypes,
	GraphProto,
	ModelProto,
	OperatorSetId,
	TensorType,
	TypeProto,
	ValueInfoProto,
} from '../../lib/engines/neural/onnx/schema.js';
import type {InstalledVoice} from '../../lib/voices/installed.js';

/**
 * Models of a few KB with the inputs, the outputs and the structure of the real ones: durations from a table, rounded as the
 * family rounds them, and a tone wherever a letter lasts, silence elsewhere. So every word's place in the audio is known to the sample.
 */

/** Frames of a letter, of white space or punctuation, of what stands at the ends. */
export const frames = {letter: 4, mark: 3, edge: 5} as const;

function input(name: string, type: ElementType, dims: readonly (number | string)[]): Uint8Array {
	const shape = Buffer.concat(
		dims.map(dim => field(1, typeof dim === 'number' ? field(1, dim) : field(2, dim))),
	);
	const tensor = Buffer.concat([
		field(TensorType.elemType, elementTypes[type]),
		field(TensorType.shape, shape),
	]);
	return Buffer.concat([
		field(ValueInfoProto.name, name),
		field(ValueInfoProto.type, field(TypeProto.tensorType, tensor)),
	]);
}

/** A model as a file: the fields of its graph with the version of its operators. */
export function modelOf(
	{
		inputs,
		outputs,
		graph,
	}: {
		inputs: ReadonlyArray<readonly [string, ElementType, readonly (number | string)[]]>;
		outputs: ReadonlyArray<readonly [string, ElementType, readonly (number | string)[]]>;
		graph: readonly Uint8Array[];
	},
	opset = 17,
): Buffer {
	return Buffer.concat([
		field(ModelProto.irVersion, 8),
		fragment([
			field(GraphProto.name, 'small'),
			...graph,
			...inputs.map(([name, type, dims]) => field(GraphProto.input, input(name, type, dims))),
			...outputs.map(([name, type, dims]) => field(GraphProto.output, input(name, type, dims))),
		]),
		field(
			ModelProto.opsetImport,
			Buffer.concat([field(OperatorSetId.domain, ''), field(OperatorSetId.version, opset)]),
		),
	]);
}

const cast = (from: string, to: string, type: ElementType) =>
	node('Cast', [from], [to], [int('to', elementTypes[type])]);

interface Sound {
	/** Name of the input of ids, [1, L]. */
	readonly ids: string;
	/** Name of the tensor of frames, [1, L], float32. */
	readonly frames: string;
	/** Factor on the tone for each id. */
	readonly loud: readonly number[];
	readonly frame: number;
	/** Samples by which the tone comes before its frames, as in the real models. */
	readonly lag: number;
}

/** Nodes that give `samples`, float32 [N]: a tone for as many frames as an id lasts. */
function sound({ids, frames: durations, loud, frame, lag}: Sound): Uint8Array[] {
	const wave = Array.from({length: frame}, (_, index) => 0.3 * Math.sin((2 * Math.PI * index) / 16));
	return [
		constant('loud', 'float32', loud, [loud.length]),
		constant('wave', 'float32', wave, [1, frame]),
		constant('axis1', 'int64', [1], []),
		constant('axes0', 'int64', [0], [1]),
		constant('zero', 'float32', [0], []),
		constant('one', 'float32', [1], []),
		constant('column', 'int64', [-1, 1], [2]),
		constant('flat', 'int64', [-1], [1]),
		constant('lag', 'int64', [lag], [1]),
		constant('far', 'int64', [2 ** 40], [1]),
		constant('pad', 'int64', [0, lag], [2]),
		node('CumSum', [durations, 'axis1'], ['ends']),
		node('ReduceSum', [durations], ['total'], [int('keepdims', 0)]),
		node('Range', ['zero', 'total', 'one'], ['clock']),
		node('Reshape', ['ends', 'column'], ['endsColumn']),
		node('LessOrEqual', ['endsColumn', 'clock'], ['past']),
		cast('past', 'pastNumber', 'float32'),
		node('ReduceSum', ['pastNumber', 'axes0'], ['placeNumber'], [int('keepdims', 0)]),
		cast('placeNumber', 'place', 'int64'),
		node('Reshape', [ids, 'flat'], ['idsFlat']),
		node('Gather', ['idsFlat', 'place'], ['idAt']),
		node('Gather', ['loud', 'idAt'], ['loudAt']),
		node('Reshape', ['loudAt', 'column'], ['loudColumn']),
		node('Mul', ['loudColumn', 'wave'], ['tone']),
		node('Reshape', ['tone', 'flat'], ['late']),
		node('Slice', ['late', 'lag', 'far'], ['early']),
		node('Pad', ['early', 'pad'], ['samples']),
	];
}

/** For ids from 0: frames of each, and how loud it is. */
function tables(count: number, letters: ReadonlySet<number>, edges: ReadonlySet<number>, marks: number) {
	const ids = Array.from({length: count}, (_, id) => id);
	return {
		lasts: ids.map(id => (letters.has(id) ? frames.letter : edges.has(id) ? frames.edge : marks)),
		loud: ids.map(id => (letters.has(id) ? 1 : 0)),
	};
}

export interface KokoroOptions {
	/** As onnx-community's exports name inputs and outputs, or as kokoro-onnx's. */
	readonly naming?: 'input_ids' | 'tokens';
	readonly speedType?: 'float32' | 'int32';
	/** An fp16 export: what it works on, its style and its waveform are so. */
	readonly half?: boolean;
	/** Without, nothing in the file tells how long a phoneme lasts. */
	readonly durations?: boolean;
	/** Another `Round`, which has nothing to do with durations. */
	readonly otherRound?: boolean;
	readonly opset?: number;
}

/** Kokoro's: Round, Clip and Cast make the durations. */
export function smallKokoro(
	vocabulary: Readonly<Record<string, number>>,
	options: KokoroOptions = {},
): Buffer {
	const {
		naming = 'input_ids',
		speedType = 'float32',
		half = false,
		durations = true,
		otherRound = false,
	} = options;
	const letters = new Set(
		Object.entries(vocabulary)
			.filter(([letter]) => /[\p{L}\p{M}]/u.test(letter))
			.map(([, id]) => id),
	);
	const {lasts, loud} = tables(200, letters, new Set([0]), frames.mark);
	const type = half ? 'float16' : 'float32';
	const waveform = naming === 'input_ids' ? 'waveform' : 'audio';
	return modelOf(
		{
			inputs: [
				[naming, 'int64', [1, 'L']],
				['style', type, [1, 256]],
				['speed', speedType, [1]],
			],
			outputs: [[waveform, type, ['N']]],
			graph: [
				constant('lasts', 'float32', lasts, [lasts.length]),
				constant('least', 'float32', [1], []),
				// The style has to be of use, or the runtime drops the input.
				cast('style', 'styleNumber', 'float32'),
				node('ReduceMean', ['styleNumber'], ['styleMean'], [int('keepdims', 0)]),
				cast('speed', 'speedNumber', 'float32'),
				node('Gather', ['lasts', naming], ['usual']),
				node('Div', ['usual', 'speedNumber'], ['exact']),
				cast('exact', 'exactInType', type),
				...(durations
					? [node('Round', ['exactInType'], ['/encoder/Rounded'])]
					: [node('Floor', ['exactInType'], ['/encoder/Rounded'])]),
				cast('least', 'leastInType', type),
				...(durations
					? [node('Clip', ['/encoder/Rounded', 'leastInType', ''], ['/encoder/Clipped'])]
					: [node('Max', ['/encoder/Rounded', 'leastInType'], ['/encoder/Clipped'])]),
				cast('/encoder/Clipped', '/encoder/Whole', 'int64'),
				cast('/encoder/Whole', 'frames', 'float32'),
				...(otherRound ? [node('Round', ['styleMean'], ['styleRounded'])] : []),
				...sound({ids: naming, frames: 'frames', loud, frame: 600, lag: 960}),
				node('Mul', ['samples', otherRound ? 'styleRounded' : 'styleMean'], ['styled']),
				cast('styled', waveform, type),
			],
		},
		options.opset,
	);
}

/** Letters of the small Piper's alphabet; what is spoken in tests must do with eSpeak NG's phonemes of these. */
const piperLetters = 'abcdefhijklmnopqrstuvwxyzæðŋɐɑɔəɚɛɜɡɪɹɾʃʊʌʒθᵻ';
export const piperMap: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
	['_', '^', '$', ' ', '!', ',', '.', ':', ';', '?', 'ˈ', 'ˌ', 'ː', ...piperLetters].map((phoneme, id) => [
		phoneme,
		[id],
	]),
);
const silentMarks = 10;

export interface PiperOptions {
	readonly speakers?: number;
	readonly rate?: number;
	readonly text?: boolean;
	/** A phoneme that it was not taught. */
	readonly without?: string;
	readonly durations?: boolean;
}

/** Piper's: Ceil makes the durations; noise of a normal distribution is added to the tone, as `scales` says. */
export function smallPiper({speakers = 1, durations = true}: PiperOptions = {}): Buffer {
	const count = Object.keys(piperMap).length;
	const letters = new Set(Array.from({length: count - silentMarks}, (_, index) => silentMarks + index));
	const {lasts, loud} = tables(count, letters, new Set([1, 2]), 0.4);
	const several = speakers > 1;
	return modelOf(
		{
			inputs: [
				['input', 'int64', ['B', 'P']],
				['input_lengths', 'int64', ['B']],
				['scales', 'float32', [3]],
				...(several ? [['sid', 'int64', ['B']] as const] : []),
			],
			outputs: [['output', 'float32', ['B', 1, 1, 'N']]],
			graph: [
				constant('lasts', 'float32', lasts, [lasts.length]),
				constant('first', 'int64', [0], []),
				constant('second', 'int64', [1], []),
				constant('shape', 'int64', [1, 1, 1, -1], [4]),
				constant('small', 'float32', [0.01], []),
				constant(
					'voices',
					'float32',
					Array.from({length: speakers}, (_, speaker) => 1 / (1 + speaker)),
					[speakers],
				),
				node('Gather', ['scales', 'second'], ['length']),
				node('Gather', ['scales', 'first'], ['noise']),
				node('Gather', ['lasts', 'input'], ['usual']),
				node('Mul', ['usual', 'length'], ['exact']),
				...(durations
					? [node('Ceil', ['exact'], ['/Whole'])]
					: [
							node('Neg', ['exact'], ['minus']),
							node('Floor', ['minus'], ['down']),
							node('Neg', ['down'], ['/Whole']),
						]),
				...sound({ids: 'input', frames: '/Whole', loud, frame: 256, lag: 154}),
				node('Gather', ['voices', several ? 'sid' : 'axes0'], ['voice']),
				node('Mul', ['samples', 'voice'], ['voiced']),
				node('RandomNormalLike', ['voiced'], ['random']),
				node('Mul', ['random', 'noise'], ['scaled']),
				node('Mul', ['scaled', 'small'], ['hiss']),
				// Only where the tone is: silence stays silent.
				node('Abs', ['voiced'], ['where']),
				node('Mul', ['hiss', 'where'], ['breath']),
				node('Add', ['voiced', 'breath'], ['noisy']),
				node('Reshape', ['noisy', 'shape'], ['output']),
			],
		},
		15,
	);
}

function piperConfig({speakers = 1, rate = 22_050, text = false, without}: PiperOptions): unknown {
	return {
		audio: {sample_rate: rate, quality: 'medium'},
		espeak: {voice: 'en-us'},
		inference: {noise_scale: 0.667, length_scale: 1, noise_w: 0.8},
		...(text ? {phoneme_type: 'text'} : {}),
		phoneme_id_map: Object.fromEntries(Object.entries(piperMap).filter(([phoneme]) => phoneme !== without)),
		num_speakers: speakers,
		language: {code: 'en_US'},
	};
}

/** Writes a small voice of Piper's into a folder; gives its record. */
export async function writePiper(folder: string, options: PiperOptions = {}): Promise<InstalledVoice> {
	await mkdir(folder, {recursive: true});
	const model = join(folder, 'en_US-small-medium.onnx');
	await writeFile(model, smallPiper(options));
	await writeFile(`${model}.json`, JSON.stringify(piperConfig(options)));
	return {
		id: 'piper:en_US-small-medium',
		family: 'piper',
		name: 'small',
		language: 'en-US',
		gender: 'unknown',
		licence: 'MIT',
		model,
		companion: `${model}.json`,
		nativeRate: options.rate ?? 22_050,
		speakers: options.speakers ?? 1,
		loudness: -24,
	};
}

/** Writes a small Kokoro and a voice of it into a folder; gives its record. */
export async function writeKokoro(
	folder: string,
	vocabulary: Readonly<Record<string, number>>,
	{language = 'en-US', ...options}: KokoroOptions & {readonly language?: string} = {},
): Promise<InstalledVoice> {
	await mkdir(join(folder, 'voices'), {recursive: true});
	const model = join(folder, 'model.onnx');
	const companion = join(folder, 'voices/af_small.bin');
	await writeFile(model, smallKokoro(vocabulary, options));
	await writeFile(companion, Buffer.from(new Float32Array(510 * 256).fill(1).buffer));
	const facts = {
		name: 'Small',
		language,
		gender: 'female',
		licence: 'Apache-2.0',
		nativeRate: 24_000,
	} as const;
	return {id: 'kokoro:af_small', family: 'kokoro', ...facts, model, companion, loudness: -24};
}
