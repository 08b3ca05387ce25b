import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {UsageError} from '../../lib/cli/exit.js';
import {captionFormatFor, formatNames, outputFor, refuseSame} from '../../lib/cli/output.js';
import {temporaryFolder} from '../helpers/transcoding.js';

for (const [file, format, encode] of [
	['a.wav', 'wav', undefined],
	['a.WAVE', 'wav', undefined],
	['a.mp3', 'pcm_s16le', 'mp3'],
	['a.opus', 'pcm_s16le', 'opus'],
	['a.aac', 'pcm_s16le', 'aac'],
	['a.m4a', 'pcm_s16le', 'm4a'],
	['a.flac', 'pcm_s16le', 'flac'],
	['a.oga', 'pcm_s16le', 'ogg'],
	['a.b/c.webm', 'pcm_s16le', 'webm'],
	['a.raw', 'pcm_s16le', undefined],
	['a.ul', 'mulaw', undefined],
	['/dev/null', 'wav', undefined],
	[undefined, 'wav', undefined],
] as const) {
	test(`without --format: ${file}`, t => {
		t.deepEqual(outputFor(file, undefined), encode ? {format, encode} : {format});
	});
}

test('a format named wins over the extension', t => {
	t.deepEqual(outputFor('a.mp3', 'alaw'), {format: 'alaw'});
	t.deepEqual(outputFor(undefined, 'wav:alaw'), {format: 'wav:alaw'});
});

test('each format in the help is one', t => {
	for (const name of formatNames.split(', ')) t.notThrows(() => outputFor('a', name), name);
});

test('an unknown extension, none, and an unknown name are told apart', t => {
	t.throws(() => outputFor('a.xyz', undefined), {instanceOf: UsageError, message: /ends in \.xyz.*--format/});
	t.throws(() => outputFor('a', undefined), {instanceOf: UsageError, message: /no extension.*--format/});
	t.throws(() => outputFor('a', 'constructor'), {instanceOf: UsageError, message: /"constructor".*wav, mp3/});
});

test('captions by their extension', t => {
	t.is(captionFormatFor('a.b.VTT'), 'vtt');
	t.is(captionFormatFor('a.json'), 'json');
	for (const file of ['a.txt', 'vtt', '.srt'])
		t.throws(() => captionFormatFor(file), {instanceOf: UsageError, message: /\.srt, \.vtt, \.lrc, \.json/});
});

test('one file under two names is found', async t => {
	const folder = await temporaryFolder(t);
	const at = (...names: string[]) => join(folder, ...names);
	mkdirSync(at('real'));
	symlinkSync(at('real'), at('linked'));
	writeFileSync(at('real/text.wav'), '');
	symlinkSync(at('real/text.wav'), at('other.json'));
	for (const files of [
		{'-o': 'no/a.json', '--captions': './no/../no/a.json'},
		{'-o': at('real/new.json'), '--captions': at('linked/new.json')},
		{'-f': at('real/text.wav'), '--captions': at('other.json')},
	])
		t.throws(() => refuseSame(files), {
			instanceOf: UsageError,
			message: /^-[of] and --captions name the same/,
		});
	t.notThrows(() => refuseSame({'-f': at('text'), '-o': at('a.wav'), '--captions': undefined}));
	t.notThrows(() => refuseSame({'-f': '/dev/null', '-o': '/dev/null'}));
});
