import test from 'ava';
import {LocalSynthesizer} from '../../lib/engines/local-synthesizer.js';
import type {TimedWord, UnspokenEvent} from '../../lib/synthesizer.js';
import type {TTSTransformOptions} from '../../lib/transform/options.js';
import {TTSTransform} from '../../lib/transform/tts-transform.js';
import {collect} from '../helpers/streams.js';

const synthesizer = new LocalSynthesizer({workers: 2, lexicon: {acme: 'the house'}});
test.after.always(() => synthesizer.close());

async function say(text: string, options: TTSTransformOptions = {}) {
	const stream = new TTSTransform({synthesizer, ...options});
	const words: TimedWord[] = [];
	const unspoken: UnspokenEvent[] = [];
	stream.on('word', word => words.push(word));
	stream.on('unspoken', event => unspoken.push(event));
	stream.end(text);
	const audio = await collect(stream);
	for (const {word, textStart, textEnd} of words)
		if (text.slice(textStart, textEnd) !== word) throw new Error(word);
	return {
		audio,
		words: words.map(({word}) => word),
		times: words.map(({startSample}) => startSample),
		unspoken,
	};
}

test('a word of the lexicon is said as the lexicon says', async t => {
	const {audio, words} = await say('We run zorf, speechpipe’s friend.', {
		lexicon: {zorf: 'engine x', speechpipe: '/spˈiʧpIp/'},
	});
	t.deepEqual(words, ['We', 'run', 'zorf', 'speechpipe’s', 'friend']);
	t.deepEqual(
		audio,
		(await say('We run engine x, speechpipe’s friend.', {lexicon: {speechpipe: '/ˈspiːtʃpaɪp/'}})).audio,
	);
	t.notDeepEqual(audio, (await say('We run zorf, speechpipe’s friend.')).audio);
});

test('two streams with different lexicons do not disturb each other', async t => {
	const text = 'Say the word banana now. And say banana once more, banana.';
	const options = [{}, {lexicon: {banana: 'apple'}}, {lexicon: {banana: '/kˈæt/'}}];
	const alone: Buffer[] = [];
	for (const option of options) alone.push((await say(text, option)).audio);
	const together = await Promise.all([...options, ...options].map(option => say(text, option)));
	for (const [index, {audio}] of together.entries()) t.deepEqual(audio, alone[index % 3]);
	t.is(new Set(alone.map(audio => audio.toString('latin1'))).size, 3);
});

test('the synthesizer’s lexicon is that of every stream, and a stream’s own wins', async t => {
	t.deepEqual((await say('At acme.')).audio, (await say('At the house.')).audio);
	t.deepEqual((await say('At acme.', {lexicon: {acme: 'work'}})).audio, (await say('At work.')).audio);
});

test('a word in a script that the voice does not read is read where the lexicon has it', async t => {
	const text = 'They live in 日本 and 東京.';
	const {words, unspoken} = await say(text, {lexicon: {日本: '/ʤəpˈæn/'}});
	t.deepEqual(words, ['They', 'live', 'in', '日本', 'and']);
	t.deepEqual(
		unspoken.map(({textStart, textEnd}) => text.slice(textStart, textEnd)),
		['東京.'],
	);
});

test('[word](/phonemes/), however it is written, has its event', async t => {
	const stream = new TTSTransform({synthesizer, inlinePhonemes: true});
	const words: string[] = [];
	stream.on('word', ({word}) => words.push(word));
	for (const character of 'The [gif](/ʤˈɪf/) of [Θ](/θˈAtə/) moved.') stream.write(character);
	stream.end();
	t.true((await collect(stream)).length > 24_000);
	t.deepEqual(words, ['The', 'gif', 'of', 'Θ', 'moved']);
});

test('emoji are named, or passed over', async t => {
	const named = await say('Well done 👍 now.');
	t.deepEqual(named.words, ['Well', 'done', '👍', 'now']);
	const skipped = await say('Well done 👍 now.', {emoji: 'skip'});
	t.deepEqual(skipped.words, ['Well', 'done', 'now']);
	t.true(skipped.audio.length < named.audio.length);
	await t.throwsAsync(say('👍', {emoji: 'skip'}), {code: 'TEXT_NOT_SPEAKABLE'});
});

test('eSpeak NG’s voices take words, at the words’ places', async t => {
	const text = 'Wir nutzen nginx und NGINX und [das](/das/) hier.';
	const options = {voiceId: 'espeak:de', inlinePhonemes: true};
	const {audio, words, times} = await say(text, {...options, lexicon: {nginx: 'Enschin Ix'}});
	t.deepEqual(words, ['Wir', 'nutzen', 'nginx', 'und', 'NGINX', 'und', 'das', 'hier']);
	t.deepEqual(
		times,
		times.toSorted((a, b) => a - b),
	);
	t.deepEqual(audio, (await say('Wir nutzen Enschin Ix und Enschin Ix und das hier.', options)).audio);
	await t.throwsAsync(say(text, {...options, lexicon: {nginx: '/ˈɛnʤɪn/'}}), {
		code: 'VOICE_LACKS',
		message: /espeak:de takes no phonemes.*nginx/,
	});
	t.true(
		(await say(text, {...options, lexicon: [{grapheme: 'nginx', said: '/ˈɛnʤɪn/', language: 'en'}]})).audio
			.length > 0,
	);
});

test('what is no lexicon is refused before anything is read', t => {
	// What users of JavaScript may give.
	const wrong = {lexicon: {nginx: 5}} as unknown as TTSTransformOptions;
	t.throws(() => new TTSTransform(wrong), {code: 'OPTION_INVALID', message: /"nginx"/});
	t.throws(() => new TTSTransform({emoji: 'drop'} as unknown as TTSTransformOptions), {
		code: 'OPTION_INVALID',
		message: /say or skip/,
	});
	t.throws(() => new LocalSynthesizer(wrong as never), {code: 'OPTION_INVALID', message: /"nginx"/});
});

test.serial('phonemes that the voice has not are left out, and a warning names them', async t => {
	const warnings: string[] = [];
	const listen = ({name, message}: Error) => void warnings.push(`${name}: ${message}`);
	process.on('warning', listen);
	t.teardown(() => process.off('warning', listen));
	const {words} = await say('Say it.', {lexicon: {it: '/ʘɪt/'}});
	t.deepEqual(words, ['Say', 'it']);
	t.true(
		warnings.some(warning => /^SpeechWarning: The voice heart does not know the phoneme ʘ/.test(warning)),
		warnings.join(),
	);
});

test('phonemes() tells what is said, and what is not', async t => {
	const {phonemes, unspoken} = await synthesizer.phonemes('It cost $3.50 at nginx in 日本.', {
		lexicon: {nginx: '/ˈɛnʤɪn/'},
	});
	t.is(phonemes, 'ˌɪt kˈɔst θɹˈi dˈɑləɹz ænd fˈɪfti sˈɛnts æt ˈɛnʤɪn ˈɪn');
	t.deepEqual(unspoken, [{textStart: 26, textEnd: 29, reason: 'the voice does not read Han script'}]);
	t.is((await synthesizer.phonemes('Guten Tag.', {language: 'de'})).phonemes, 'ɡˈuːtən tˈɑːk');
	t.is((await synthesizer.phonemes(' ')).phonemes, '');
	await t.throwsAsync(synthesizer.phonemes('a', {voiceId: 'hart'}), {code: 'VOICE_UNKNOWN'});
});
