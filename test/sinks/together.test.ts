import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {finished} from 'node:stream/promises';
import test from 'ava';
import {toFile} from '../../lib/sinks/file.js';
import {temporaryFolder} from '../helpers/transcoding.js';

test('a file that is written waits until it may appear', async t => {
	const folder = await temporaryFolder(t);
	let visible: string[] | undefined;
	const ready = async () => {
		visible = readdirSync(folder).filter(name => !name.startsWith('.'));
	};
	const sink = toFile(join(folder, 'a.txt'), {ready});
	sink.end('text');
	await finished(sink);
	t.deepEqual(visible, []);
	t.deepEqual(readdirSync(folder), ['a.txt']);
});

test('a file does not appear when what it waits for fails', async t => {
	const folder = await temporaryFolder(t);
	const sink = toFile(join(folder, 'a.txt'), {ready: () => Promise.reject(new Error('the other failed'))});
	sink.end('text');
	await t.throwsAsync(finished(sink), {code: 'FILE_FAILED', message: /the other failed/});
	t.deepEqual(readdirSync(folder), []);
});

test('a file that is destroyed while it waits leaves nothing', async t => {
	const folder = await temporaryFolder(t);
	let waits = () => {};
	const waiting = new Promise<void>(resolve => {
		waits = resolve;
	});
	const ready = () => {
		waits();
		return new Promise<void>(() => {});
	};
	const sink = toFile(join(folder, 'a.txt'), {ready});
	sink.on('error', () => {});
	sink.end('text');
	await waiting;
	sink.destroy();
	await new Promise(resolve => sink.once('close', resolve));
	t.deepEqual(readdirSync(folder), []);
});
