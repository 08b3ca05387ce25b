import {parentPort, type TransferListItem} from 'node:worker_threads';
import {cutPhonemes} from '../../lib/engines/neural/cuts.js';
import {loadRuntime} from '../../lib/engines/neural/runtime.js';
import {chooseRuntime} from '../../lib/engines/neural/runtime-choice.js';
import {createGuess} from '../../lib/engines/neural/unknown-words.js';
import {EnglishPhonemizer} from '../../lib/phonemes/english/phonemizer.js';
import {inflateLexicon, Lexicon} from '../../lib/phonemes/lexicon.js';
import {readData} from '../../lib/voices/data.js';

/** Phoneme ids of the stretches that an utterance is spoken in. */
export type Ids = readonly (readonly number[])[];

export type Question = {readonly prepare: string} | {readonly speak: Ids};

export interface Prepared {
	readonly ids: Ids;
}

export interface Spoken {
	readonly audio: readonly Float32Array[];
	/** ms that the session ran, as this thread saw it. */
	readonly ms: number;
}

const port = parentPort;
if (!port) throw new Error('this module runs in a worker thread only');
const runtime = await loadRuntime(chooseRuntime(undefined));
const phonemizer = new EnglishPhonemizer({
	variety: 'us',
	lexicon: new Lexicon(await inflateLexicon(await readData('en/us-lexicon.txt.gz'))),
	guess: createGuess(async () => runtime, 'us'),
});
const model = await Promise.all(['heart/model.onnx', 'heart/waveform.onnx-fragment'].map(readData));
const network = await runtime.load(Buffer.concat(model));
const vocabulary = new Map<string, number>(
	Object.entries(JSON.parse(Buffer.from(await readData('heart/vocab.json')).toString())),
);

async function prepare(text: string): Promise<Prepared> {
	const phonemized = await phonemizer.phonemize(text);
	if (phonemized.words.length === 0) return {ids: []};
	const ids = cutPhonemes(phonemized, 400).map(({start, end}) => {
		const letters = phonemized.phonemes.slice(start, end).split('');
		return [0, ...letters.map(letter => vocabulary.get(letter)).filter(id => id !== undefined), 0];
	});
	return {ids};
}

async function speak(ids: Ids): Promise<Spoken> {
	const started = performance.now();
	const audio: Float32Array[] = [];
	for (const stretch of ids) {
		const feeds = {
			ids: runtime.tensor('int64', stretch, [1, stretch.length]),
			speed: runtime.tensor('float32', [1], [1]),
		};
		const made = await network(feeds, ['audio', 'durations']);
		if (!(made['audio']?.data instanceof Float32Array)) throw new TypeError('heart gave no audio');
		audio.push(made['audio'].data);
	}
	return {audio, ms: performance.now() - started};
}

port.on('message', async (question: Question) => {
	const answer = 'speak' in question ? await speak(question.speak) : await prepare(question.prepare);
	const transfer: TransferListItem[] =
		// The runtime gives memory of an ArrayBuffer's own.
		'audio' in answer ? answer.audio.map(samples => samples.buffer as ArrayBuffer) : [];
	port.postMessage(answer, transfer);
});
port.postMessage('ready');
