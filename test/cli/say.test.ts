import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {parseWavHeader} from '../../lib/audio/wav.js';
import {runCli, runShell, startCli} from '../helpers/cli.js';
import {decode, temporaryFolder} from '../helpers/transcoding.js';

const text = 'Streams can talk.';

test.serial('text from the arguments becomes a WAV file of the whole length', async t => {
	const cwd = await temporaryFolder(t);
	const {code, stdout, stderr} = await runCli(t, ['say', 'Streams', 'can', 'talk.', '-o', 'hello.wav'], {
		cwd,
	});
	t.deepEqual([code, stdout.toString(), stderr], [0, '', '']);
	const wav = readFileSync(join(cwd, 'hello.wav'));
	const header = parseWavHeader(wav);
	t.is(header?.sampleRate, 24_000);
	t.is(header?.dataBytes, wav.length - (header?.dataOffset ?? 0));
	t.true(wav.length > 24_000);
	t.deepEqual(readdirSync(cwd), ['hello.wav']);
});

test.serial(
	'the same text from the arguments, a file, stdin and a substitution is the same WAV on stdout',
	async t => {
		const cwd = await temporaryFolder(t);
		writeFileSync(join(cwd, 'a text.txt'), text);
		const {code, stdout: expected, stderr} = await runCli(t, ['say', text]);
		t.deepEqual([code, stderr], [0, '']);
		t.is(parseWavHeader(expected)?.sampleRate, 24_000);
		t.true(expected.length > 24_000);
		for (const run of [
			runCli(t, ['say', '-f', 'a text.txt', '-o', '-'], {cwd}),
			runCli(t, ['say'], {input: text}),
			runShell(t, `speechpipe say -f <(echo -n '${text}')`),
		]) {
			const outcome = await run;
			t.deepEqual([outcome.code, outcome.stderr], [0, '']);
			t.true(outcome.stdout.equals(expected));
		}
	},
);

test.serial('speech comes out while stdin is still open, also of lines without a full stop', async t => {
	const {child, heard, ended} = startCli(t, ['say', '--format', 'pcm_s16le'], {input: 'open'});
	child.stdin?.write('error 42 in line 7\n');
	await heard(40_000);
	child.stdin?.write('and another one\n');
	await heard(100_000);
	t.is(child.exitCode, null);
	child.stdin?.end();
	const {code, stderr} = await ended;
	t.deepEqual([code, stderr], [0, '']);
});

test.serial('text that starts with a dash stands after --', async t => {
	const {code, stdout} = await runCli(t, ['say', '--format', 'pcm_s16le', '--', '-f', 'is it']);
	t.is(code, 0);
	t.true(stdout.length > 10_000);
});

test.serial('an MP3 as long as the speech, and captions beside it', async t => {
	const cwd = await temporaryFolder(t);
	const args = [
		'say',
		'“Streams,” she said, “can talk.”',
		'-o',
		'hello.mp3',
		'--captions',
		'hello.vtt',
		'--json',
	];
	const {code, stdout, stderr} = await runCli(t, [...args], {cwd});
	t.deepEqual([code, stderr], [0, '']);
	const {audioSeconds} = JSON.parse(stdout.toString());
	const decoded = (await decode(join(cwd, 'hello.mp3'), 24_000)).length / 2;
	t.true(Math.abs(decoded - audioSeconds * 24_000) <= 1152, `${decoded} samples of ${audioSeconds} s`);
	t.regex(
		readFileSync(join(cwd, 'hello.vtt'), 'utf8'),
		/^WEBVTT\n\n00:00:00\.\d+ --> 00:00:0.*\n“Streams,” she said, “can talk\.”\n\n$/,
	);
	t.deepEqual(readdirSync(cwd).sort(), ['hello.mp3', 'hello.vtt']);
});

test.serial('--format wins over the extension, and --rate is the rate', async t => {
	const cwd = await temporaryFolder(t);
	const args = ['say', text, '-o', 'hello.mp3', '--format', 'wav:mulaw', '--rate', '8000'];
	const {code, stderr} = await runCli(t, args, {cwd});
	t.deepEqual([code, stderr], [0, '']);
	const header = parseWavHeader(readFileSync(join(cwd, 'hello.mp3')));
	t.deepEqual([header?.encoding, header?.sampleRate], ['mulaw', 8000]);
});

test.serial('raw samples have no header: as many bytes as the timeline has samples', async t => {
	const {stdout, stderr} = await runCli(t, ['say', text, '--format', 'pcm_f32le', '--json']);
	t.is(stdout.length, Math.round(JSON.parse(stderr).audioSeconds * 24_000) * 4);
});

test.serial('--speed makes it shorter', async t => {
	const {stdout} = await runCli(t, ['say', text, '--format', 'pcm_s16le', '--speed', '2']);
	t.true(stdout.length > 12_000 && stdout.length < 48_000, `${stdout.length} bytes; 62,000 at speed 1`);
});

test.serial('--language chooses the voice', async t => {
	const {code, stdout, stderr} = await runCli(t, ['say', 'Guten Tag.', '--language', 'de-AT']);
	t.deepEqual([code, stderr], [0, '']);
	t.is(parseWavHeader(stdout)?.sampleRate, 22_050);
	t.true(stdout.length > 10_000);
});

test.serial('--json prints the timeline, and what was not spoken', async t => {
	const cwd = await temporaryFolder(t);
	const args = ['say', `${text} Русский. ${text}`, '-o', 'hello.wav', '--json'];
	const {code, stdout, stderr} = await runCli(t, args, {cwd});
	t.deepEqual([code, stderr], [0, '']);
	const told = JSON.parse(stdout.toString());
	t.true(told.audioSeconds > 1);
	t.true(told.firstChunkMs <= told.firstAudibleMs && told.firstAudibleMs <= told.endMs);
	t.true(told.realTimeFactor > 0);
	t.deepEqual([told.unspokenCount, told.unspoken.length], [1, 1]);
	t.regex(told.unspoken[0].reason, /Cyrillic/);
});

test.serial('captions of speech that goes to stdout', async t => {
	const cwd = await temporaryFolder(t);
	const {code, stdout} = await runCli(t, ['say', text, '--captions', 'hello.srt'], {cwd});
	t.is(code, 0);
	t.is(parseWavHeader(stdout)?.sampleRate, 24_000);
	t.regex(readFileSync(join(cwd, 'hello.srt'), 'utf8'), /Streams can talk\./);
});

test.serial('files that were there are replaced', async t => {
	const cwd = await temporaryFolder(t);
	for (const name of ['hello.wav', 'hello.srt']) writeFileSync(join(cwd, name), 'old');
	const {code} = await runCli(t, ['say', text, '-o', 'hello.wav', '--captions', 'hello.srt'], {
		cwd,
	});
	t.is(code, 0);
	t.is(readFileSync(join(cwd, 'hello.wav'), 'latin1').slice(0, 4), 'RIFF');
	t.regex(readFileSync(join(cwd, 'hello.srt'), 'utf8'), /^1\n/);
});

test.serial('a redirected stdout is appended to, not replaced', async t => {
	const cwd = await temporaryFolder(t);
	const line = `echo -n before > all; speechpipe say '${text}' -o /dev/stdout >> all`;
	t.is((await runShell(t, line, {cwd})).code, 0);
	t.regex(readFileSync(join(cwd, 'all'), 'latin1').slice(0, 10), /^beforeRIFF$/);
});
