// A run that killed.test.ts kills: node killed-run.mjs OUTPUT CACHE LOG [LUFS]. Each utterance takes a while, and is logged when it is rendered.
import {appendFileSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import {makeAudiobook} from '../../lib/audiobook/index.js';
import {bookOf} from '../helpers/books.js';
import {ToneSynthesizer} from '../helpers/tone.js';

const [output = '', cacheFolder = '', log = '', loudness] = process.argv.slice(2);
const sentences = (from: number) =>
	Array.from({length: 25}, (_, index) => `This is the line ${from + index} of all.`);
const book = bookOf([
	['One', ...sentences(0)],
	['Two', sentences(25).join(' ')],
	['Three', ...sentences(50)],
]);
const synthesizer = new ToneSynthesizer();
synthesizer.engine.gate = async text => {
	await wait(8);
	appendFileSync(log, `${text}\n`);
};
await makeAudiobook(book, {
	...{output, synthesizer, voiceId: 'tone', cacheFolder, concurrency: 2, captions: 'vtt', report: false},
	loudness: loudness === undefined ? undefined : Number(loudness),
	onEvent(event) {
		if (event.type === 'started') process.send?.('started');
	},
});
