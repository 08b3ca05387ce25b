import {spawn} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {hostname} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {takeLock} from '../../lib/audiobook/lock.js';
import {SpeechError} from '../../lib/errors.js';
import {exited} from '../helpers/child.js';
import {temporaryFolder} from '../helpers/transcoding.js';

test('who comes second hears who holds it: process, host and start', async t => {
	const path = join(await temporaryFolder(t), 'lock');
	const lock = await takeLock(path, 'book.m4b');
	const error = await t.throwsAsync(takeLock(path, 'book.m4b'), {instanceOf: SpeechError});
	t.is(error.code, 'BOOK_LOCKED');
	t.regex(error.message, /book\.m4b is being made by process \d+ on .+, started \d{4}-\d\d-\d\dT/);
	t.true(error.message.includes(`process ${process.pid} on ${hostname()}`));
	await lock.release();
	t.false(existsSync(path));
	await (await takeLock(path, 'book.m4b')).release();
});

test('a dead owner’s lock is taken at once, also where its id went to another process', async t => {
	const folder = await temporaryFolder(t);
	const path = join(folder, 'lock');
	const lock = await takeLock(path, 'book');
	const own = JSON.parse(readFileSync(path, 'utf8'));
	await lock.release();

	const child = spawn(process.execPath, ['-e', '']);
	const {pid} = child;
	await exited(child);
	for (const dead of [
		{...own, pid},
		{...own, start: 'another boot 4711'},
	]) {
		if (process.platform !== 'linux' && dead.pid === own.pid) continue;
		writeFileSync(path, JSON.stringify(dead));
		const taken = await takeLock(path, 'book');
		t.is(JSON.parse(readFileSync(path, 'utf8')).pid, process.pid);
		await taken.release();
	}
	t.deepEqual(readdirSync(folder), []);
});

test('another host’s lock is honoured, and so is one that names nobody', async t => {
	const path = join(await temporaryFolder(t), 'lock');
	for (const content of [
		JSON.stringify({host: 'elsewhere', pid: 1, startedAt: '2026-01-01T00:00:00.000Z'}),
		'rubbish',
	]) {
		writeFileSync(path, content);
		const error = await t.throwsAsync(takeLock(path, 'book'), {instanceOf: SpeechError});
		t.is(error.code, 'BOOK_LOCKED');
		t.true(error.message.includes(path), 'what to remove is named');
	}
});

test('of many that take a dead owner’s lock at the same time one gets it', async t => {
	const path = join(await temporaryFolder(t), 'lock');
	writeFileSync(path, JSON.stringify({host: hostname(), pid: 2 ** 22 - 1, startedAt: ''}));
	const results = await Promise.allSettled(Array.from({length: 10}, () => takeLock(path, 'book')));
	t.is(results.filter(({status}) => status === 'fulfilled').length, 1);
});

test('a folder that is not there is told as such', async t => {
	const path = join(await temporaryFolder(t), 'none', 'lock');
	const error = await t.throwsAsync(takeLock(path, 'book'), {instanceOf: SpeechError});
	t.is(error.code, 'FILE_FAILED');
	t.regex(
		error.message,
		/^book could not be written: .*does not exist/,
		'what it guards is named, not the lock',
	);
});
