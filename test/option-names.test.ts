import test from 'ava';
import {makeAudiobook, readBook} from '../lib/audiobook/index.js';
import {RemoteSynthesizer} from '../lib/client/index.js';
import {LocalSynthesizer, TTSTransform} from '../lib/index.js';
import {createServer, type SpeechServerOptions} from '../lib/server/index.js';
import {ToneSynthesizer} from './helpers/tone.js';

// As callers in JavaScript would write them.
const slip: object = {voice: 'heart'};
const book = {title: '', authors: [], language: 'en', chapters: [], skipped: [], warnings: [], characters: 0};

const refuses = test.macro({
	title: (what = '') => `an option that there is not: ${what}`,
	async exec(t, call: () => unknown) {
		const message = /^There is no option voice; there are /;
		await t.throwsAsync(async () => call(), {code: 'OPTION_INVALID', message});
	},
});

test('TTSTransform', refuses, () => new TTSTransform(slip));
test('LocalSynthesizer', refuses, () => new LocalSynthesizer(slip));
test('RemoteSynthesizer', refuses, () => new RemoteSynthesizer({url: 'ws://127.0.0.1:1', ...slip}));
test('createServer', refuses, () => createServer({synthesizer: new ToneSynthesizer(), ...slip}));
test('readBook', refuses, () => readBook('none.epub', slip));
test('makeAudiobook', refuses, () =>
	makeAudiobook(book as never, {output: 'a.wav', synthesizer: new ToneSynthesizer(), ...slip}),
);

test('a server without a synthesizer says so', t => {
	for (const options of [{}, {synthesizer: {}}, {synthesizer: undefined}]) {
		t.throws(() => createServer(options as SpeechServerOptions), {
			code: 'OPTION_INVALID',
			message: /^synthesizer is missing/,
		});
	}
});
