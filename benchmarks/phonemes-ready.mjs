// A worker thread that reads English as the built package does, and tells when it has its first words.
import {parentPort} from 'node:worker_threads';

const [{inflateLexicon}, {readData}, {loadRuntime}, {createPhonemizer}] = await Promise.all([
	import('../dist/phonemes/lexicon.js'),
	import('../dist/voices/data.js'),
	import('../dist/engines/neural/runtime.js'),
	import('../dist/engines/neural/phonemizer.js'),
]);
const lexicon = await inflateLexicon(await readData('en/us-lexicon.txt.gz'));
const english = createPhonemizer(() => loadRuntime('auto'), 'us', lexicon);
parentPort?.postMessage((await english.phonemize('Known words.')).phonemes);
parentPort?.postMessage((await english.phonemize('Ukridge')).phonemes);
