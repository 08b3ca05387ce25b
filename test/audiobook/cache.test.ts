import {execFileSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {UtteranceCache} from '../../lib/audiobook/cache.js';
import {cacheUsage, pruneCache, verifyCache} from '../../lib/audiobook/index.js';
import type {Rendered} from '../../lib/audiobook/rendered.js';
import {SpeechError} from '../../lib/errors.js';
import {smallDisk} from '../helpers/books.js';
import {goOnIf} from '../helpers/shared.js';
import {temporaryFolder} from '../helpers/transcoding.js';

/** Noise: it packs to about its own size. */
const utterance = (bytes = 2000): Rendered => ({
	pcm: randomBytes(bytes),
	words: [{textStart: 0, textEnd: 2, startSample: 0, endSample: 9, timing: 'exact'}],
	unspoken: [],
});

/** The files that hold content. */
function contents(folder: string): string[] {
	return readdirSync(folder, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile() && /content-v/.test(entry.parentPath ?? entry.path))
		.map(entry => join(entry.parentPath ?? entry.path, entry.name));
}

async function filled(t: ExecutionContext, keys: readonly string[]) {
	const folder = await temporaryFolder(t);
	const cache = await UtteranceCache.open(folder);
	for (const [index, key] of keys.entries()) {
		const before = new Set(contents(folder));
		await cache.put(key, utterance());
		const file = contents(folder).find(path => !before.has(path)) ?? '';
		// The first was used longest ago.
		utimesSync(file, new Date(), new Date(Date.now() - (keys.length - index) * 3_600_000));
	}
	return {folder, cache};
}

test('what was put comes back, the same in another process; what was not is not there', async t => {
	const folder = await temporaryFolder(t);
	const given = utterance();
	await (await UtteranceCache.open(folder)).put('key', given);
	const cache = await UtteranceCache.open(folder);
	t.deepEqual(await cache.get('key'), given);
	t.is(await cache.get('another'), undefined);
	t.is(cache.damaged, 0);
});

for (const [name, damage] of [
	['truncated', (path: string) => truncateSync(path, 100)],
	['empty', (path: string) => truncateSync(path, 0)],
	[
		'with one bit flipped',
		(path: string) => {
			const bytes = readFileSync(path);
			bytes[50] = (bytes[50] ?? 0) ^ 4;
			writeFileSync(path, bytes);
		},
	],
] as const) {
	test(`an entry that is ${name} is noticed, and can be put again`, async t => {
		const folder = await temporaryFolder(t);
		const cache = await UtteranceCache.open(folder);
		const given = utterance();
		await cache.put('key', given);
		const [file = ''] = contents(folder);
		damage(file);
		t.is(await cache.get('key'), undefined);
		t.is(cache.damaged, 1);
		await cache.put('key', given);
		t.deepEqual(await cache.get('key'), given);
	});
}

test('an index that was cut in the middle of a line costs that line alone', async t => {
	const folder = await temporaryFolder(t);
	const cache = await UtteranceCache.open(folder);
	await cache.put('key', utterance());
	const [index = ''] = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(path =>
		/index-v.*\/\w{8,}$/.test(path),
	);
	truncateSync(join(folder, index), 40);
	t.is(await cache.get('key'), undefined);
	await cache.put('key', utterance());
	t.truthy(await cache.get('key'));
});

test('pruning removes what was used longest ago, down to the size', async t => {
	const {folder, cache} = await filled(t, ['a', 'b', 'c', 'd']);
	await cache.get('a');
	const {bytes} = await cacheUsage(folder);
	const pruned = await pruneCache(folder, {maxBytes: bytes / 2});
	t.like(pruned, {entries: 2, removedEntries: 2});
	t.deepEqual(
		await Promise.all(['a', 'b', 'c', 'd'].map(async key => (await cache.get(key)) !== undefined)),
		[true, false, false, true],
	);
	t.deepEqual(await cacheUsage(folder), {entries: 2, bytes: pruned.bytes});
	t.is(contents(folder).length, 2);
});

test('what a running book needs is never pruned; of one that died it is', async t => {
	const {folder, cache} = await filled(t, ['a', 'b', 'c']);
	const release = await cache.lease(new Set(['a', 'c']));
	t.like(await pruneCache(folder, {maxBytes: 0}), {entries: 2, removedEntries: 1});
	t.truthy(await cache.get('a'));

	// As another process would have left it, that is gone.
	const [name = ''] = readdirSync(join(folder, 'running'));
	const lease = JSON.parse(readFileSync(join(folder, 'running', name), 'utf8'));
	writeFileSync(
		join(folder, 'running', 'dead.json'),
		JSON.stringify({...lease, owner: {...lease.owner, pid: 2 ** 22 - 1}, keys: ['c']}),
	);
	await release();
	t.like(await pruneCache(folder, {maxBytes: 0}), {entries: 0, removedEntries: 2});
	t.deepEqual(readdirSync(join(folder, 'running')), []);
});

test('verifying finds and removes what is damaged', async t => {
	const {folder} = await filled(t, ['a', 'b', 'c']);
	truncateSync(contents(folder)[1] ?? '', 10);
	t.like(await verifyCache(folder), {entries: 2, damaged: 1});
	t.like(await verifyCache(folder), {entries: 2, damaged: 0});
});

test('a cache that is not there is empty', async t => {
	const folder = join(await temporaryFolder(t), 'none');
	t.deepEqual(await cacheUsage(folder), {entries: 0, bytes: 0});
	t.like(await pruneCache(folder), {entries: 0, removedEntries: 0});
	t.like(await verifyCache(folder), {entries: 0, damaged: 0});
});

test('a folder that cannot be written is refused at once', async t => {
	const disk = await smallDisk(t, 64 * 1024);
	if (!goOnIf(t, disk, 'no file system may be mounted here') || disk === undefined) return;
	execFileSync('mount', ['-o', 'remount,ro', disk]);
	const error = await t.throwsAsync(UtteranceCache.open(join(disk, 'cache')), {instanceOf: SpeechError});
	t.is(error.code, 'FILE_FAILED');
	t.regex(error.message, /cache could not be written: the file system is read-only.*--cache/);
});

test('a folder that becomes a file is told as such', async t => {
	const folder = join(await temporaryFolder(t), 'cache');
	const cache = await UtteranceCache.open(folder);
	rmSync(folder, {recursive: true});
	writeFileSync(folder, '');
	for (const use of [() => cache.get('key'), () => cache.put('key', utterance(10))]) {
		await t.throwsAsync(use, {
			code: 'FILE_FAILED',
			message: /^The cache in .*cache could not be written: .*--cache/,
		});
	}
});

test('a full disk is told as such', async t => {
	const disk = await smallDisk(t, 64 * 1024);
	if (!goOnIf(t, disk, 'no file system may be mounted here') || disk === undefined) return;
	const cache = await UtteranceCache.open(disk);
	const error = await t.throwsAsync(cache.put('key', utterance(200_000)), {instanceOf: SpeechError});
	t.is(error.code, 'FILE_FAILED');
	t.regex(error.message, /the disk is full/);
	t.is(await cache.get('key'), undefined);
});
