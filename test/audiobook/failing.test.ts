import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {BookEvent} from '../../lib/audiobook/index.js';
import {SpeechError} from '../../lib/errors.js';
import {LocalSynthesizer} from '../../lib/index.js';
import {bindery, bookOf, ledger, probe, saidOf, smallDisk} from '../helpers/books.js';
import {goOnIf} from '../helpers/shared.js';
import {spelled} from '../helpers/tone.js';
import {decode, ffmpegChildren} from '../helpers/transcoding.js';

const failure = new SpeechError('ENGINE_FAILED', 'The tone broke.');
const visible = (folder: string) => readdirSync(folder).filter(name => name !== 'cache');

test('an utterance that fails is tried again, and the book is as if it never had', async t => {
	const {make, synthesizer, at} = await bindery(t);
	const failed = new Set<string>();
	synthesizer.engine.gate = async text => {
		if (failed.has(text)) return;
		failed.add(text);
		throw failure;
	};
	await make(ledger, 'book.flac');
	t.is(failed.size, 9);
	t.is(spelled(await decode(at('book.flac'), 16_000)), saidOf(ledger));
});

test.serial(
	'one that goes on failing is reported with its place; the rest is rendered and kept; nothing is written',
	async t => {
		const {make, synthesizer, folder, at} = await bindery(t);
		const events: BookEvent[] = [];
		let attempts = 0;
		synthesizer.engine.gate = async text => {
			if (!text.startsWith('Nobody')) return;
			attempts++;
			throw failure;
		};
		const error = await t.throwsAsync(
			make(ledger, 'book.m4b', {retries: 2, onEvent: event => events.push(event)}),
			{instanceOf: SpeechError},
		);
		t.is(error.code, 'BOOK_INCOMPLETE');
		t.regex(
			error.message,
			/^1 of the book's utterances .*“Nobody asked him to.” in The Fog \(The tone broke\.\)/,
		);
		t.is(error.cause, failure);
		t.is(attempts, 3);
		t.like(
			events.find(({type}) => type === 'failed'),
			{place: {chapter: 0, number: 1, title: 'The Fog', block: 2, excerpt: 'Nobody asked him to.'}},
		);
		t.deepEqual(visible(folder), []);
		t.deepEqual(ffmpegChildren(), []);

		synthesizer.engine.gate = async () => {};
		synthesizer.engine.rendered = [];
		await make(ledger, 'book.m4b');
		t.deepEqual(synthesizer.engine.rendered, ['Nobody asked him to.']);
		t.true(existsSync(at('book.m4b')));
	},
);

test('with allowGaps it becomes silence, and that is said', async t => {
	const {make, synthesizer, at} = await bindery(t);
	synthesizer.engine.gate = async text => {
		if (text.startsWith('Nobody')) throw failure;
	};
	const made = await make(ledger, 'book.flac', {retries: 0, allowGaps: true});
	t.is(made.gaps.length, 1);
	t.is(spelled(await decode(at('book.flac'), 16_000)), saidOf(ledger).replace('Nobody asked him to.', ''));
	t.regex(
		readFileSync(made.report ?? '', 'utf8'),
		/Nobody asked him to\.<\/bdi><td><bdi>failed, silent instead: The tone broke\./,
	);
	// It is no finished book: the gap may be closed.
	synthesizer.engine.gate = async () => {};
	t.is((await make(ledger, 'book.flac', {overwrite: true})).gaps.length, 0);
});

test('what fails for good fails at once', async t => {
	const {make, synthesizer, folder} = await bindery(t);
	synthesizer.engine.gate = async () => {
		throw new SpeechError('ENGINE_MISSING', 'There is no tone.');
	};
	const error = await t.throwsAsync(make(ledger, 'book.m4b'), {instanceOf: SpeechError});
	t.is(error.code, 'ENGINE_MISSING');
	t.deepEqual(visible(folder), []);
});

test('twenty failures in a row end the book', async t => {
	const {make, synthesizer} = await bindery(t);
	let attempts = 0;
	synthesizer.engine.gate = async () => {
		attempts++;
		throw failure;
	};
	const long = bookOf([['Long', ...Array.from({length: 200}, (_, index) => `Line ${index}.`)]]);
	const error = await t.throwsAsync(make(long, 'book.m4b', {retries: 0}), {instanceOf: SpeechError});
	t.is(error.code, 'ENGINE_FAILED');
	t.regex(error.message, /^20 utterances in a row failed, the last for this reason: The tone broke\./);
	t.true(attempts < 60, `${attempts} attempts`);
});

test('text in a script that the voice does not read is reported, not passed over in silence', async t => {
	const {make} = await bindery(t);
	const synthesizer = new LocalSynthesizer({workers: 1});
	t.teardown(() => synthesizer.close());
	const book = bookOf([['One', 'これは日本語です。']], {cover: undefined});
	const error = await t.throwsAsync(make(book, 'book.m4b', {synthesizer, voiceId: 'espeak:en-gb'}), {
		instanceOf: SpeechError,
	});
	t.is(error.code, 'BOOK_INCOMPLETE');
	t.regex(error.message, /does not read (?:Hiragana|Han).* script.*another voice for that language/);

	// A word within a sentence is told too, but the book is made.
	const mixed = bookOf([['One', 'He said ἀρετή to me.']], {cover: undefined});
	const made = await make(mixed, 'mixed.m4b', {synthesizer, voiceId: 'espeak:en-gb'});
	t.like(made.omissions[0], {text: 'ἀρετή ', place: {title: 'One'}});
	t.regex(made.omissions[0]?.reason ?? '', /Greek/);
	t.regex(readFileSync(made.report ?? '', 'utf8'), /ἀρετή/);
});

test('each language has the voice that is given for it', async t => {
	const {make, synthesizer} = await bindery(t);
	const asked: string[] = [];
	const speak = synthesizer.speak.bind(synthesizer);
	synthesizer.speak = (text, options) => {
		asked.push(options.voiceId ?? '');
		return speak(text, options);
	};
	const book = bookOf([['One']]);
	const [chapter] = book.chapters;
	const blocks = ['en-US', 'de-AT', 'fr'].map(language => ({
		kind: 'paragraph' as const,
		text: `${language}.`,
		language,
		runs: [],
	}));
	await make({...book, chapters: [{...chapter, number: 1, title: 'One', blocks}]}, 'a.flac', {
		voices: {de: 'german', 'en-US': 'american'},
		concurrency: 1,
	});
	t.deepEqual(asked, ['american', 'german', 'tone']);
});

test('what is there is not replaced, unless that is wanted; the finished book itself is left as it is', async t => {
	const {make, at, synthesizer} = await bindery(t);
	writeFileSync(at('book.m4b'), 'precious');
	const error = await t.throwsAsync(make(ledger, 'book.m4b'), {instanceOf: SpeechError});
	t.is(error.code, 'FILE_FAILED');
	t.regex(error.message, /book\.m4b is there already.*--force/);
	t.is(readFileSync(at('book.m4b'), 'utf8'), 'precious');
	t.is(synthesizer.engine.rendered.length, 0, 'nothing was rendered for it');
	await make(ledger, 'book.m4b', {overwrite: true});

	const made = await make(ledger, 'book.m4b');
	t.true(made.wasFinished);
	t.is(made.files[0], at('book.m4b'));
	await t.throwsAsync(make(bookOf([['Other', 'Text.']]), 'book.m4b'), {code: 'FILE_FAILED'});
	await t.throwsAsync(make(ledger, 'book.m4b', {pauses: {chapter: 1}}), {code: 'FILE_FAILED'});
	writeFileSync(at('book.m4b'), 'changed');
	await t.throwsAsync(make(ledger, 'book.m4b'), {code: 'FILE_FAILED'});
});

test('a folder of which a part is gone is made whole again; what is not the book’s is not touched', async t => {
	const {make, at} = await bindery(t);
	await make(ledger, 'folder');
	const whole = readFileSync(at('folder/03 Home.mp3'));
	rmSync(at('folder/03 Home.mp3'));
	const made = await make(ledger, 'folder');
	t.false(made.wasFinished);
	t.is(made.newSeconds, 0);
	t.true(readFileSync(at('folder/03 Home.mp3')).equals(whole));

	writeFileSync(at('folder/diary.txt'), 'mine');
	t.true((await make(ledger, 'folder')).wasFinished);
	await t.throwsAsync(make(bookOf([['Other', 'Text.']]), 'folder'), {code: 'FILE_FAILED'});
	await make(bookOf([['Other', 'Text.']]), 'folder', {overwrite: true});
	t.is(readFileSync(at('folder/diary.txt'), 'utf8'), 'mine');
});

test('two runs at once on one output: the second says who makes it', async t => {
	const {make, synthesizer, folder} = await bindery(t);
	let open = () => {};
	const held = new Promise<void>(resolve => (open = resolve));
	synthesizer.engine.gate = () => held;
	const first = make(ledger, 'book.m4b');
	await t.throwsAsync(
		async () => {
			while (!readdirSync(folder).includes('.book.m4b.lock'))
				await new Promise(resolve => setTimeout(resolve, 10));
			await make(ledger, 'book.m4b');
		},
		{code: 'BOOK_LOCKED', message: new RegExp(`process ${process.pid} on `)},
	);
	open();
	await first;
	t.deepEqual(visible(folder).sort(), ['book.m4b', 'book.report.html']);
});

test.serial(
	'a disk that fills up in the middle of the book: said so, nothing half-written, and it goes on when there is room',
	async t => {
		const disk = await smallDisk(t, 300 * 1024);
		if (!goOnIf(t, disk, 'no file system may be mounted here') || disk === undefined) return;
		const {make, synthesizer, at} = await bindery(t);
		const long = bookOf([
			['Long', ...Array.from({length: 120}, (_, index) => `This is line number ${index} of them.`)],
		]);
		// The output does not fit.
		const full = await t.throwsAsync(make(long, 'book.wav', {output: join(disk, 'book.wav')}), {
			instanceOf: SpeechError,
		});
		t.is(full.code, 'FILE_FAILED');
		t.regex(full.message, /book\.wav could not be written: the disk is full/);
		t.deepEqual(readdirSync(disk), []);
		t.deepEqual(ffmpegChildren(), []);
		// The cache does not.
		const cache = join(disk, 'cache');
		const fullCache = await t.throwsAsync(make(long, 'book.wav', {cacheFolder: cache, synthesizer}), {
			instanceOf: SpeechError,
		});
		t.is(fullCache.code, 'FILE_FAILED');
		t.regex(fullCache.message, /The cache in .* the disk is full/);
		t.false(existsSync(at('book.wav')));
		execFileSync('mount', ['-o', 'remount,size=8m', disk]);
		synthesizer.engine.rendered = [];
		await make(long, 'book.wav', {cacheFolder: cache});
		t.true(synthesizer.engine.rendered.length < 121, 'what was rendered before was kept');
		t.is(spelled(await decode(at('book.wav'), 16_000)), saidOf(long));
	},
);

test('a read-only cache and a missing folder are told before anything is rendered', async t => {
	const disk = await smallDisk(t, 64 * 1024);
	if (!goOnIf(t, disk, 'no file system may be mounted here') || disk === undefined) return;
	execFileSync('mount', ['-o', 'remount,ro', disk]);
	const {make, synthesizer} = await bindery(t);
	await t.throwsAsync(make(ledger, 'book.m4b', {cacheFolder: join(disk, 'cache')}), {
		code: 'FILE_FAILED',
		message: /read-only.*--cache/,
	});
	await t.throwsAsync(make(ledger, 'none/book.m4b'), {
		code: 'FILE_FAILED',
		message: /folder .*none does not exist/,
	});
	await t.throwsAsync(make(ledger, 'x', {output: join(disk, 'book.m4b')}), {
		code: 'FILE_FAILED',
		message: /read-only/,
	});
	t.is(synthesizer.engine.rendered.length, 0);
});

test('a cover that is no picture is left out with a warning, and a book of nothing is refused', async t => {
	const {make, at} = await bindery(t);
	const cover = {mediaType: 'image/png', bytes: Buffer.from('<svg/>')} as const;
	const made = await make({...ledger, cover}, 'book.m4b');
	t.regex(made.warnings[0] ?? '', /cover is no picture/);
	t.is((await probe(at('book.m4b'))).streams.filter(stream => stream.disposition.attached_pic).length, 0);
	await t.throwsAsync(make(bookOf([]), 'empty.m4b'), {code: 'TEXT_NOT_SPEAKABLE'});
});

test('a report that cannot be written takes no audiobook away', async t => {
	const {make, folder, at} = await bindery(t);
	mkdirSync(at('book.report.html'));
	await t.throwsAsync(make(ledger, 'book.flac'), {
		code: 'FILE_FAILED',
		message: /^The report book\.report\.html could not be written: .* The audiobook itself is made\.$/,
	});
	t.deepEqual(visible(folder).sort(), ['book.flac', 'book.report.html']);
	t.true((await make(ledger, 'book.flac')).wasFinished);
});

test.serial('an encoder that stands still holds nobody who stops the book', async t => {
	const {make, synthesizer, folder} = await bindery(t);
	const long = bookOf([
		['Long', ...Array.from({length: 300}, (_, index) => `This is line number ${index} of them.`)],
	]);
	for (const output of ['book.m4b', 'chapters']) {
		const stop = new AbortController();
		let stopped: number[] = [];
		const onEvent = ({type}: BookEvent) => {
			if (type !== 'utterance' || stopped.length > 0) return;
			stopped = ffmpegChildren();
			for (const pid of stopped) process.kill(pid, 'SIGSTOP');
			// By then its pipe is full.
			setTimeout(() => stop.abort(new Error('enough')), 1000);
		};
		await t.throwsAsync(make(long, output, {signal: stop.signal, onEvent}), {message: 'enough'});
		t.is(stopped.length, 1);
		t.deepEqual(ffmpegChildren(), []);
		t.deepEqual(visible(folder), []);
	}
	t.true(synthesizer.engine.rendered.length < 301);
});

test('wrong options are refused before anything is written', async t => {
	const {make, folder} = await bindery(t);
	for (const [output, options, message] of [
		['book.xyz', {}, /ends in \.xyz.*m4b, m4a, mp3/],
		['book.m4b', {format: 'mp3'}, /name it book\.mp3/],
		['folder', {format: 'aiff'}, /format is "aiff"/],
		['book.m4b', {speed: 0}, /speed is 0/],
		['book.m4b', {concurrency: 1.5}, /concurrency is 1\.5/],
		['book.m4b', {retries: -1}, /retries is -1/],
		['book.m4b', {loudness: 3}, /loudness is 3; it must be LUFS/],
		['book.m4b', {pauses: {chapter: -1}}, /pauses\.chapter is -1/],
		['book.m4b', {bitrate: 1}, /bitrate is 1/],
		['book.m4b', {voices: {'no tag': 'x'}}, /no BCP 47 tag/],
	] as const) {
		await t.throwsAsync(make(ledger, output, options), {code: 'OPTION_INVALID', message});
	}
	t.deepEqual(visible(folder), []);
});
