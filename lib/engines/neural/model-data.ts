import type {Variety} from '../../phonemes/english/variety.js';
import {inflateLexicon} from '../../phonemes/lexicon.js';
import {heart} from '../../voices/catalogue.js';
import {readData} from '../../voices/data.js';
import type {ModelFiles} from './model.js';
import type {RuntimeChoice} from './runtime-choice.js';
import type {NeuralData} from './worker.js';

/** Which lexicons the voices of a family may need. */
const varieties = {hibari: ['us', 'gb'], kokoro: ['us', 'gb'], piper: []} as const satisfies Record<
	string,
	readonly Variety[]
>;

const lexicons = new Map<Variety, Promise<SharedArrayBuffer>>();

/** What the workers of a model load with. Lexicons are read once in a process: all workers read the same memory. */
export async function dataFor(files: ModelFiles, runtime: RuntimeChoice): Promise<NeuralData> {
	const wanted = files.model === heart.model ? (['us'] as const) : varieties[files.family];
	const loaded = wanted.map(async variety => {
		const known = lexicons.get(variety) ?? readData(`en/${variety}-lexicon.txt.gz`).then(inflateLexicon);
		lexicons.set(variety, known);
		known.catch(() => lexicons.delete(variety));
		return [variety, await known];
	});
	return {files, runtime, lexicons: Object.fromEntries(await Promise.all(loaded))};
}
