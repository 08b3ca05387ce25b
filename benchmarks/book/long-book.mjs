// Run by audiobook-memory.ts: makes a book of so many hours with a voice that costs nothing, or with a real one; tells its memory.
import {makeAudiobook} from '../../dist/audiobook/index.js';
import {LocalSynthesizer} from '../../dist/index.js';

const [, , folder, voiceId, hours] = process.argv;
/** Hz: what AAC takes that is encoded fastest. */
const sampleRate = 8000;
const secondsPerCharacter = 0.06;
const voice = {
	id: 'plain',
	name: 'Plain',
	language: 'en',
	nativeRate: sampleRate,
	engine: 'plain',
	wordTimes: 'exact',
};

/** Says nothing but a buzz as long as the text, with its words. */
const plain = {
	name: 'plain',
	voices: async () => [voice],
	voice: async () => voice,
	fingerprint: async () => 'plain',
	async *speak(pieces) {
		for await (const text of pieces) {
			const samples = new Int16Array(Math.round(text.length * secondsPerCharacter * sampleRate));
			for (let index = 0; index < samples.length; index++)
				samples[index] = 3000 * Math.sin(index / 9) * Math.sin(index / 700);
			for (const {0: word, index} of text.matchAll(/[\p{L}\p{N}’]+/gu)) {
				const at = character => Math.round(character * secondsPerCharacter * sampleRate);
				const [textStart, textEnd] = [index, index + word.length];
				yield {
					type: 'word',
					word,
					textStart,
					textEnd,
					startSample: at(textStart),
					endSample: at(textEnd),
					timing: 'exact',
				};
			}
			yield {type: 'audio', pcm: Buffer.from(samples.buffer)};
		}
	},
	async close() {},
};

/** No two sentences are the same: nothing comes from the cache. */
const sentence = number =>
	`Number ${number} of the ledgers stood on the shelf by the window, bound in green cloth like all the others.`;
const secondsPerSentence = voiceId === 'plain' ? 110 * secondsPerCharacter + 0.4 : 7;
const perChapter = 300;
const count = Math.ceil((hours * 3600) / secondsPerSentence);
const chapters = Array.from({length: Math.ceil(count / perChapter)}, (_, chapter) => ({
	number: chapter + 1,
	title: `Chapter ${chapter + 1}`,
	blocks: Array.from({length: Math.min(perChapter, count - chapter * perChapter)}, (_, index) => ({
		kind: 'paragraph',
		text: sentence(chapter * perChapter + index),
		runs: [],
	})),
}));
const book = {
	title: 'Ledgers',
	authors: [],
	language: 'en',
	chapters,
	skipped: [],
	sourceCharacters: 0,
	warnings: [],
};
const synthesizer = voiceId === 'plain' ? plain : new LocalSynthesizer({workers: 'max'});
let done = 0;
const {seconds} = await makeAudiobook(book, {
	...{synthesizer, voiceId, output: `${folder}/book.m4b`, cacheFolder: `${folder}/cache`, captions: 'vtt'},
	onEvent(event) {
		if (event.type === 'utterance') process.send({part: ++done / count});
	},
});
process.send({seconds});
await synthesizer.close();
process.disconnect();
