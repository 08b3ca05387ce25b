import {once} from 'node:events';
import {open, readFile, rm, statfs} from 'node:fs/promises';
import {freemem, tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough, Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import test from 'ava';
import {parseWavHeader, wavHeader} from '../../lib/audio/wav.js';
import {toFile} from '../../lib/sinks/file.js';
import {transcode} from '../../lib/transcode/transcode.js';
import {goOnIf} from '../helpers/shared.js';
import {decode, speechOf, sweep, temporaryFolder} from '../helpers/transcoding.js';

const sampleRate = 24_000;
const pcm = sweep(0.5, sampleRate);
const bytes = (...parts: readonly Buffer[]) => Readable.from(parts, {objectMode: false});

for (const [format, bytesPerSample] of [
	['wav', 2],
	['wav:pcm_f32le', 4],
	['wav:mulaw', 1],
] as const) {
	test(`a streamed ${format} gets its sizes, however it is cut`, async t => {
		const path = join(await temporaryFolder(t), 'x.wav');
		for (const chunk of [1, 4800, 1_000_000]) {
			await pipeline(speechOf(pcm.subarray(0, 4002), {sampleRate, format, chunk}), toFile(path));
			const file = await readFile(path);
			const header = parseWavHeader(file);
			const dataBytes = 2001 * bytesPerSample;
			t.like(header, {sampleRate, channels: 1, dataBytes});
			t.is(file.readUInt32LE(4), file.length - 8);
			t.is(file.length, (header?.dataOffset ?? 0) + dataBytes + (dataBytes % 2));
			t.is((await decode(path, sampleRate)).length, 4002);
		}
	});
}

test('the samples are the same bytes', async t => {
	const path = join(await temporaryFolder(t), 'x.wav');
	await pipeline(speechOf(pcm, {sampleRate, format: 'wav'}), toFile(path));
	t.deepEqual((await readFile(path)).subarray(-pcm.length), pcm);
});

test('a WAV without a sample is one of no length', async t => {
	const path = join(await temporaryFolder(t), 'x.wav');
	await pipeline(bytes(wavHeader({encoding: 'pcm_s16le', sampleRate})), toFile(path));
	t.like(parseWavHeader(await readFile(path)), {dataBytes: 0});
	t.is((await decode(path, sampleRate)).length, 0);
});

test('what ffmpeg writes to a pipe gets its sizes too', async t => {
	const path = join(await temporaryFolder(t), 'x.wav');
	await pipeline(speechOf(pcm, {sampleRate}), transcode('wav'), new PassThrough(), toFile(path));
	t.like(parseWavHeader(await readFile(path)), {dataBytes: pcm.length});
});

test('what is no streamed WAV passes unchanged', async t => {
	const path = join(await temporaryFolder(t), 'x.bin');
	const sized = wavHeader({encoding: 'pcm_s16le', sampleRate, dataBytes: 4});
	const stereo = wavHeader({encoding: 'pcm_s16le', sampleRate});
	stereo.writeUInt16LE(2, 22);
	for (const content of [
		Buffer.from('RI'),
		Buffer.from('RIFF but no WAVE'),
		wavHeader({encoding: 'pcm_s16le', sampleRate}).subarray(0, 40),
		Buffer.concat([sized, Buffer.from('abcdLIST\x04\0\0\0ef')]),
		Buffer.concat([stereo, Buffer.from('abcd')]),
		Buffer.from('ID3 or anything else'),
	]) {
		await pipeline(bytes(content.subarray(0, 1), content.subarray(1)), toFile(path));
		t.deepEqual(await readFile(path), content);
	}
});

test('past 4 GiB it is RF64 with the sizes that do not fit into RIFF', async t => {
	const size = 2 ** 32 + 2 ** 20;
	const folder = await folderWithRoom(size + 2 ** 30);
	if (!goOnIf(t, folder, 'no folder has room for a file of 4 GiB')) return;
	const path = join(folder ?? '', `speechpipe-test-${process.pid}.wav`);
	t.teardown(() => rm(path, {force: true}));
	const sink = toFile(path);
	sink.write(wavHeader({encoding: 'pcm_s16le', sampleRate}));
	const silence = Buffer.alloc(2 ** 25);
	for (let written = 0; written < size; ) {
		const piece = silence.subarray(0, size - written);
		written += piece.length;
		if (!sink.write(piece)) await once(sink, 'drain');
	}
	sink.end();
	await once(sink, 'finish');
	const file = await open(path);
	t.teardown(() => file.close());
	const {buffer: start} = await file.read(Buffer.alloc(128), 0, 128, 0);
	t.is(start.toString('latin1', 0, 4), 'RF64');
	t.is(start.toString('latin1', 12, 16), 'ds64');
	t.like(parseWavHeader(start), {sampleRate, dataBytes: size});
	t.is((await file.stat()).size, size + (parseWavHeader(start)?.dataOffset ?? 0));
});

/** Memory is the quickest disk. */
async function folderWithRoom(needed: number): Promise<string | undefined> {
	for (const folder of ['/dev/shm', tmpdir()]) {
		const free = await statfs(folder).then(
			({bavail, bsize}) => bavail * bsize,
			() => 0,
		);
		const inMemory = folder === '/dev/shm';
		if (free > needed && !(inMemory && freemem() < 2 * needed)) return folder;
	}
	return undefined;
}
