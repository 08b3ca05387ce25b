import {piperAlphabet} from '../../../phonemes/espeak/piper.js';
import {exposed} from '../onnx/build.js';
import {findDurations} from '../onnx/durations.js';
import {withFixedNoise} from '../onnx/fixed-noise.js';
import {readGraph} from '../onnx/graph.js';
import {encode, type Family, oneOf} from './family.js';
import {parsePiperConfig} from './piper-config.js';

/** Part of the time that does not change with the length asked for, because every duration is rounded up. Measured of joe from 0.5 to 2. */
const fixedTime = 0.264;

/** The factor on the model's length that makes speech shorter by `speed`. */
function stretch(speed: number): number {
	return (1 / speed - fixedTime) / (1 - fixedTime);
}

/** Any voice of Piper (VITS), from its ONNX file and the JSON beside it. */
export const piper: Family = {
	maxPhonemes: 400,
	audibleLevel: -60,
	spokenLevel: -50,
	/** Measured as hibari's: its words begin and end within 10 ms of their hiss, in the median. */
	lag: () => 7,
	open(model, companion) {
		const graph = readGraph(model);
		for (const input of ['input', 'input_lengths', 'scales']) oneOf(graph.inputs, [input], 'piper');
		const audio = oneOf(graph.outputs, ['output'], 'piper');
		const config = parsePiperConfig(companion);
		const {noise_scale: noise, length_scale: length, noise_w: rhythm} = config.inference;
		const durations = findDurations(graph, 'Ceil');
		const ids = config.phoneme_id_map;
		const coding = {
			idsOf: (phoneme: string) => ids[phoneme],
			first: [...(ids['^'] ?? []), ...(ids['_'] ?? [])],
			after: ids['_'] ?? [],
			last: ids['$'] ?? [],
		};
		return {
			bytes: Buffer.concat([
				withFixedNoise(model),
				...(durations === undefined ? [] : [exposed(durations, 'speechpipe_durations', 'float32')]),
			]),
			rate: config.audio.sample_rate,
			frame: config.hop_length ?? 256,
			audio,
			durations: durations && 'speechpipe_durations',
			reads: () =>
				config.phoneme_type === 'text' ? 'letters' : {espeak: config.espeak.voice, alphabet: piperAlphabet},
			encode: phonemes => encode(phonemes, coding),
			feeds: (encoded, delivery, {tensor}) => ({
				input: tensor('int64', encoded.ids, [1, encoded.ids.length]),
				input_lengths: tensor('int64', [encoded.ids.length], [1]),
				scales: tensor(
					'float32',
					[noise * delivery.noise, length * stretch(delivery.speed), rhythm * delivery.noise],
					[3],
				),
				...(graph.inputs.has('sid') ? {sid: tensor('int64', [delivery.speaker], [1])} : {}),
			}),
		};
	},
};
