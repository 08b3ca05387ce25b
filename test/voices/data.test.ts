import test from 'ava';
import {SpeechError} from '../../lib/errors.js';
import {dataFile, readData} from '../../lib/voices/data.js';

test('a data file lies in lib/voices, wherever the code runs from', t => {
	t.true(dataFile('heart/vocab.json').pathname.endsWith('/lib/voices/heart/vocab.json'));
});

test('reads the bytes of a data file', async t => {
	const bytes = await readData('heart/vocab.json');
	t.is(JSON.parse(Buffer.from(bytes).toString())['.'], 4);
});

test('a missing data file is an error that names it', async t => {
	const error = await t.throwsAsync(readData('en/xx-lexicon.txt.gz'), {instanceOf: SpeechError});
	t.is(error?.code, 'DATA_MISSING');
	t.regex(error?.message ?? '', /xx-lexicon\.txt\.gz/);
});
