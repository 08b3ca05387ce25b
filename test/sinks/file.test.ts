import {execFile, execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {createReadStream} from 'node:fs';
import {chmod, mkdir, readdir, readFile, readlink, stat, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {PassThrough, Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {pathToFileURL} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';
import {toFile} from '../../lib/sinks/file.js';
import {transcode} from '../../lib/transcode/transcode.js';
import {goOnIf} from '../helpers/shared.js';
import {collect, settle} from '../helpers/streams.js';
import {endlessSpeech, speechOf, sweep, temporaryFolder} from '../helpers/transcoding.js';

const bytes = (text: string) => Readable.from([Buffer.from(text)], {objectMode: false});

/** Gives some bytes, then fails. */
const failing = (error: Error) =>
	Readable.from(
		(async function* () {
			yield Buffer.alloc(100_000);
			await settle();
			throw error;
		})(),
		{objectMode: false},
	);

test('the file is there when the stream has finished, and nothing beside it', async t => {
	const folder = await temporaryFolder(t);
	const path = join(folder, 'x.bin');
	const sink = toFile(path);
	sink.write('one ');
	await settle();
	t.false((await readdir(folder)).includes('x.bin'));
	sink.end('two');
	await once(sink, 'finish');
	t.is(await readFile(path, 'utf8'), 'one two');
	t.deepEqual(await readdir(folder), ['x.bin']);
});

test('a stream without a byte gives an empty file', async t => {
	const path = join(await temporaryFolder(t), 'x.bin');
	await pipeline(Readable.from([]), toFile(path));
	t.is((await stat(path)).size, 0);
});

test('a URL is as good as a path', async t => {
	const path = join(await temporaryFolder(t), 'ä b.bin');
	await pipeline(bytes('here'), toFile(pathToFileURL(path)));
	t.is(await readFile(path, 'utf8'), 'here');
});

test('an existing file is replaced, and its permissions stay', async t => {
	const path = join(await temporaryFolder(t), 'x.bin');
	await writeFile(path, 'old', {mode: 0o640});
	await pipeline(bytes('new'), toFile(path));
	t.is(await readFile(path, 'utf8'), 'new');
	t.is((await stat(path)).mode & 0o777, 0o640);
});

test('who reads the old file meanwhile reads it to its end', async t => {
	const path = join(await temporaryFolder(t), 'x.bin');
	await writeFile(path, 'old'.repeat(100_000));
	const reader = createReadStream(path);
	await once(reader, 'open');
	await pipeline(bytes('new'), toFile(path));
	t.is((await collect(reader)).length, 300_000);
});

test('the file that a link names is replaced, not the link', async t => {
	const folder = await temporaryFolder(t);
	await mkdir(join(folder, 'elsewhere'));
	await writeFile(join(folder, 'elsewhere/x.bin'), 'old');
	await symlink('elsewhere/x.bin', join(folder, 'link.bin'));
	await pipeline(bytes('new'), toFile(join(folder, 'link.bin')));
	t.is(await readlink(join(folder, 'link.bin')), 'elsewhere/x.bin');
	t.is(await readFile(join(folder, 'elsewhere/x.bin'), 'utf8'), 'new');
});

test('a source that fails leaves the old file and nothing else', async t => {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'x.bin'), 'old');
	const error = new Error('mine');
	t.is(await t.throwsAsync(pipeline(failing(error), toFile(join(folder, 'x.bin')))), error);
	t.is(await readFile(join(folder, 'x.bin'), 'utf8'), 'old');
	t.deepEqual(await readdir(folder), ['x.bin']);
});

test('an abort at each stage leaves nothing', async t => {
	const folder = await temporaryFolder(t);
	const path = join(folder, 'x.bin');
	await t.throwsAsync(pipeline(bytes('x'), toFile(path, {signal: AbortSignal.abort()})), {
		name: 'AbortError',
	});

	const opening = new AbortController();
	const early = toFile(path, {signal: opening.signal});
	const earlyError = once(early, 'error');
	opening.abort();
	t.is((await earlyError)[0].name, 'AbortError');

	const writing = new AbortController();
	const source = new PassThrough();
	const sink = toFile(path, {signal: writing.signal});
	const run = pipeline(source, sink);
	source.write('x');
	await settle();
	writing.abort();
	await t.throwsAsync(run, {name: 'AbortError'});

	const ending = new AbortController();
	const last = toFile(path, {signal: ending.signal});
	const lastError = once(last, 'error');
	last.end('x'.repeat(100_000));
	ending.abort();
	t.is((await lastError)[0].name, 'AbortError');
	t.deepEqual(await readdir(folder), []);
});

test('an abort after the end leaves the file', async t => {
	const path = join(await temporaryFolder(t), 'x.bin');
	const controller = new AbortController();
	await pipeline(bytes('x'), toFile(path, {signal: controller.signal}));
	controller.abort();
	await settle();
	t.is(await readFile(path, 'utf8'), 'x');
});

test('destroyed at each stage, it leaves nothing', async t => {
	const folder = await temporaryFolder(t);
	const unused = toFile(join(folder, 'a.bin'));
	unused.destroy();
	const used = toFile(join(folder, 'b.bin'));
	used.write('x');
	await settle();
	used.destroy();
	for (const sink of [unused, used]) {
		if (!sink.closed) await new Promise(resolve => sink.once('close', resolve));
	}
	t.deepEqual(await readdir(folder), []);
});

test('of two sinks on one path, the last to finish wins', async t => {
	const folder = await temporaryFolder(t);
	const path = join(folder, 'x.bin');
	const [one, two] = [toFile(path), toFile(path)];
	one.write('one');
	two.write('two');
	two.end();
	await once(two, 'finish');
	one.end();
	await once(one, 'finish');
	t.is(await readFile(path, 'utf8'), 'one');
	t.deepEqual(await readdir(folder), ['x.bin']);
});

test('overwrite: false keeps a file that is there, or appears meanwhile', async t => {
	const folder = await temporaryFolder(t);
	const path = join(folder, 'x.bin');
	await pipeline(bytes('first'), toFile(path, {overwrite: false}));
	const late = toFile(join(folder, 'y.bin'), {overwrite: false});
	late.write('late');
	await settle();
	await writeFile(join(folder, 'y.bin'), 'meanwhile');
	late.end();
	t.is((await once(late, 'error').then(([error]) => error)).code, 'FILE_FAILED');
	await t.throwsAsync(pipeline(bytes('second'), toFile(path, {overwrite: false})), {
		code: 'FILE_FAILED',
		message: /exists already/,
	});
	t.is(await readFile(path, 'utf8'), 'first');
	t.is(await readFile(join(folder, 'y.bin'), 'utf8'), 'meanwhile');
	t.deepEqual((await readdir(folder)).sort(), ['x.bin', 'y.bin']);
});

test('a path that can not be one is refused at once', t => {
	t.throws(() => toFile(''), {code: 'FILE_FAILED', message: /empty/});
	t.throws(() => toFile('folder/'), {code: 'FILE_FAILED', message: /is a folder/});
	t.throws(() => toFile(new URL('https://example.org/x.mp3')), {code: 'OPTION_INVALID'});
	// @ts-expect-error no path
	t.throws(() => toFile(undefined), {code: 'OPTION_INVALID'});
});

test('each failure says what to do, and keeps its cause', async t => {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'file'), '');
	for (const [path, message, code] of [
		[join(folder, 'none/x.bin'), /the folder .*none does not exist; make it first/, 'ENOENT'],
		[join(folder, 'file/x.bin'), /a part of its path is a file/, 'ENOTDIR'],
		[folder, /is a folder/, 'EISDIR'],
		[join(folder, 'x'.repeat(300)), /./, 'ENAMETOOLONG'],
		[join(folder, 'nul\0.bin'), /./, 'ERR_INVALID_ARG_VALUE'],
	] as const) {
		const error = await t.throwsAsync(pipeline(bytes('x'), toFile(path)), {code: 'FILE_FAILED', message});
		t.like(error?.cause, {code});
	}
	t.deepEqual(await readdir(folder), ['file']);
});

test('a long name is no problem', async t => {
	const path = join(await temporaryFolder(t), `${'x'.repeat(251)}.wav`);
	await pipeline(bytes('x'), toFile(path));
	t.is(await readFile(path, 'utf8'), 'x');
});

test('a transcode into a folder that is missing fails with the reason', async t => {
	const folder = await temporaryFolder(t);
	const run = pipeline(endlessSpeech(), transcode('mp3'), toFile(join(folder, 'none/x.mp3')));
	await t.throwsAsync(run, {code: 'FILE_FAILED', message: /make it first/});
});

test.serial('without permission, the reason is said and the old file stays', async t => {
	const folder = await temporaryFolder(t);
	const path = join(folder, 'x.bin');
	await writeFile(path, 'old', {mode: 0o444});
	await chmod(folder, 0o777);
	const isRoot = process.getuid?.() === 0;
	if (isRoot) process.seteuid?.(65_534);
	try {
		await t.throwsAsync(pipeline(bytes('new'), toFile(path)), {code: 'FILE_FAILED', message: /permission/});
		if (isRoot) process.seteuid?.(0);
		await chmod(folder, 0o555);
		if (isRoot) process.seteuid?.(65_534);
		await t.throwsAsync(pipeline(bytes('new'), toFile(join(folder, 'y.bin'))), {
			code: 'FILE_FAILED',
			message: /permission/,
		});
	} finally {
		if (isRoot) process.seteuid?.(0);
		await chmod(folder, 0o755);
	}
	t.is(await readFile(path, 'utf8'), 'old');
	t.deepEqual(await readdir(folder), ['x.bin']);
});

test('a full disk leaves nothing, by our hand or by ffmpeg’s', async t => {
	const folder = await temporaryFolder(t);
	if (!goOnIf(t, mountSmall(folder), 'a small file system can only be mounted by root')) return;
	t.teardown(() => execFileSync('umount', ['--lazy', folder]));
	await t.throwsAsync(pipeline(endlessSpeech(), toFile(join(folder, 'x.pcm'))), {
		code: 'FILE_FAILED',
		message: /disk is full/,
	});
	t.deepEqual(await readdir(folder), []);
	for (const target of ['mp3', 'm4a', 'flac', 'wav', 'opus'] as const) {
		const long = speechOf(sweep(60, 24_000), {sampleRate: 24_000, chunk: 200_000});
		await t.throwsAsync(pipeline(long, transcode(target), toFile(join(folder, `x.${target}`))), {
			code: 'FFMPEG_FAILED',
			message: /No space left on device/,
		});
		t.deepEqual(await readdir(folder), [], target);
	}
});

function mountSmall(folder: string): boolean {
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], {stdio: 'ignore'});
		return true;
	} catch {
		return false;
	}
}

test('a process that exits in the middle leaves nothing', async t => {
	const folder = await temporaryFolder(t);
	const program = `
		import {toFile} from ${JSON.stringify(new URL('../../lib/sinks/file.js', import.meta.url).href)};
		const sink = toFile(${JSON.stringify(join(folder, 'x.bin'))});
		sink.write('x', () => process.exit(7));
	`;
	const script = join(folder, 'program.mjs');
	await writeFile(script, program);
	const error = await t.throwsAsync(promisify(execFile)(process.execPath, [...process.execArgv, script]));
	t.like(error, {code: 7});
	t.deepEqual(await readdir(folder), ['program.mjs']);
});
