import {chmod, cp, mkdir, symlink, writeFile} from 'node:fs/promises';
import {delimiter, dirname, extname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import test from 'ava';
import {findFfmpeg, makeExecutable} from '../../lib/transcode/ffmpeg.js';
import {goOnIf} from '../helpers/shared.js';
import {ffmpegs, temporaryFolder} from '../helpers/transcoding.js';

/** What is found by name alone need not be a real one. */
async function fakeFfmpeg(folder: string): Promise<string> {
	const path = join(folder, 'ffmpeg');
	await writeFile(path, '#!/bin/sh\n', {mode: 0o755});
	return path;
}

test('FFMPEG_PATH goes before PATH', async t => {
	const folder = await temporaryFolder(t);
	const path = await fakeFfmpeg(folder);
	t.deepEqual(findFfmpeg({FFMPEG_PATH: path, PATH: '/usr/bin'}), {path, source: 'FFMPEG_PATH'});
});

test('an FFMPEG_PATH that names none is an error, not a reason to take another', async t => {
	const folder = await temporaryFolder(t);
	for (const path of [join(folder, 'none'), folder]) {
		const error = t.throws(() => findFfmpeg({...process.env, FFMPEG_PATH: path}), {code: 'FFMPEG_MISSING'});
		t.true(error?.message.includes(JSON.stringify(path)));
	}
});

test('the first executable file in PATH is taken', async t => {
	const folder = await temporaryFolder(t);
	await mkdir(join(folder, 'a/ffmpeg'), {recursive: true});
	await mkdir(join(folder, 'b'));
	await writeFile(join(folder, 'b/ffmpeg'), 'not executable', {mode: 0o644});
	await mkdir(join(folder, 'c'));
	const path = await fakeFfmpeg(join(folder, 'c'));
	await symlink(join(folder, 'c'), join(folder, 'd'));
	const PATH = ['', ...['a', 'b', 'c', 'd', 'none'].map(name => join(folder, name))].join(delimiter);
	t.deepEqual(findFfmpeg({PATH}), {path, source: 'PATH'});
});

test('without one in PATH, the package brings one', t => {
	if (!goOnIf(t, ffmpegs.bundled, '@ffmpeg-installer/ffmpeg is not installed')) return;
	t.is(findFfmpeg({PATH: dirname(fileURLToPath(import.meta.url))}).source, '@ffmpeg-installer/ffmpeg');
	t.is(findFfmpeg({}).source, '@ffmpeg-installer/ffmpeg');
});

test('without the package either, the error says how to get one', async t => {
	const folder = await temporaryFolder(t);
	const lib = fileURLToPath(new URL('../../lib/', import.meta.url));
	await writeFile(join(folder, 'package.json'), '{"type": "module"}');
	const extension = extname(import.meta.url);
	const copy = (module: string) => cp(join(lib, module + extension), join(folder, module + extension));
	await copy('transcode/ffmpeg');
	await copy('errors');
	// The same module, where no node_modules is in sight.
	const alone: {findFfmpeg: typeof findFfmpeg} = await import(
		pathToFileURL(join(folder, `transcode/ffmpeg${extension}`)).href
	);
	t.throws(() => alone.findFfmpeg({PATH: folder}), {
		code: 'FFMPEG_MISSING',
		message: /apt install ffmpeg.*FFMPEG_PATH.*npm install @ffmpeg-installer\/ffmpeg/,
	});
});

test('a binary that lost its permission gets it back', async t => {
	const path = await fakeFfmpeg(await temporaryFolder(t));
	await chmod(path, 0o644);
	t.is(makeExecutable(path), path);
	t.is(findFfmpeg({FFMPEG_PATH: path}).path, path);
});

test('one that can not get it back is an error that names it', async t => {
	const path = join(await temporaryFolder(t), 'none');
	t.throws(() => makeExecutable(path), {code: 'FFMPEG_MISSING', message: new RegExp(`^${path} is there`)});
});
