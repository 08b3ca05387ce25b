import {readData} from '../../../voices/data.js';
import {exposed} from '../onnx/build.js';
import {findDurations} from '../onnx/durations.js';
import {withoutOutput} from '../onnx/edit.js';
import {readGraph} from '../onnx/graph.js';
import {encode, type Family, oneOf, varietyOf} from './family.js';
import {readVocabulary} from './vocabulary.js';

/**
 * The voices of hibari (heart, emma, fenrir, fable, kore), distilled from Kokoro's. The published file gives spectra; the fragment
 * that the project brings along makes them sound.
 */
export const hibari: Family = {
	maxPhonemes: 400,
	audibleLevel: -60,
	spokenLevel: -50,
	/**
	 * 40 ms at speed 1, 56 at 0.6, 30 at 1.6. Measured on the hiss of s and ʃ in 50 sentences: with it, words begin and end where
	 * their hiss does (median within 10 ms). Kokoro has the like (misaki's join_timestamps takes off 3 of 40 frames a second).
	 */
	lag: speed => 40 * speed ** -0.65,
	async open(model) {
		const graph = readGraph(model);
		for (const input of ['ids', 'speed']) oneOf(graph.inputs, [input], 'hibari');
		for (const output of ['lh', 'theta', 'ln', 'lr', 'phi', 'f0']) oneOf(graph.outputs, [output], 'hibari');
		const [waveform, idOf] = await Promise.all([readData('heart/waveform.onnx-fragment'), readVocabulary()]);
		// The fragment's own durations go by the name that the tensor has in heart's file alone.
		const fragments = [withoutOutput(waveform, 'durations')];
		const durations = findDurations(graph, 'Round');
		if (durations !== undefined) fragments.push(exposed(durations, 'durations', 'float32'));
		return {
			bytes: Buffer.concat([model, ...fragments]),
			rate: 24_000,
			frame: 600,
			audio: 'audio',
			durations: durations && 'durations',
			reads: language => varietyOf(language) ?? 'us',
			encode: phonemes => encode(phonemes, {idsOf: idOf, first: [0], after: [], last: [0]}),
			feeds: ({ids}, {speed}, {tensor}) => ({
				ids: tensor('int64', ids, [1, ids.length]),
				speed: tensor('float32', [speed], [1]),
			}),
		};
	},
};
