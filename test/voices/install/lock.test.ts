import {spawn} from 'node:child_process';
import {mkdirSync, readdirSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {lockFolder} from '../../../lib/voices/install/lock.js';
import {exited, hear} from '../../helpers/child.js';
import {temporaryFolder} from '../../helpers/transcoding.js';

test('one at a time, in whatever order they come', async t => {
	const home = await temporaryFolder(t);
	let [inside, most] = [0, 0];
	const enter = async () => {
		const lock = await lockFolder(home);
		most = Math.max(most, ++inside);
		await new Promise(resolve => setTimeout(resolve, 5));
		inside--;
		await lock.check();
		await lock.release();
	};
	await Promise.all(Array.from({length: 8}, enter));
	t.is(most, 1);
	t.deepEqual(readdirSync(home), []);
});

test('who waits is told for whom, once, and may give up', async t => {
	const home = await temporaryFolder(t);
	const lock = await lockFolder(home);
	const waited: number[] = [];
	const controller = new AbortController();
	const gone = new Error('gone');
	const waiting = lockFolder(home, {
		signal: controller.signal,
		onWait: pid => {
			waited.push(pid);
			setTimeout(() => controller.abort(gone), 300);
		},
	});
	t.is(await t.throwsAsync(waiting), gone);
	t.deepEqual(waited, [process.pid]);
	await lock.release();
	await (await lockFolder(home)).release();
});

/** A process that has the lock and was killed. */
async function killedOwner(t: ExecutionContext, home: string): Promise<void> {
	const program = `
		import {lockFolder} from ${JSON.stringify(new URL('../../../lib/voices/install/lock.js', import.meta.url).href)};
		await lockFolder(${JSON.stringify(home)});
		console.log('locked');
		setInterval(() => {}, 1000);
	`;
	const script = join(await temporaryFolder(t), 'owner.mjs');
	writeFileSync(script, program);
	const child = spawn(process.execPath, [...process.execArgv, script]);
	t.teardown(() => child.kill('SIGKILL'));
	await hear(child, 'locked');
	child.kill('SIGKILL');
	await exited(child);
}

test('the lock of a process that was killed is taken at once, by one', async t => {
	const home = await temporaryFolder(t);
	await killedOwner(t, home);
	t.is(readdirSync(join(home, 'lock')).length, 1);
	let inside = 0;
	await Promise.all(
		[1, 2, 3, 4].map(async () => {
			const lock = await lockFolder(home);
			t.is(++inside, 1);
			await new Promise(resolve => setTimeout(resolve, 10));
			inside--;
			await lock.release();
		}),
	);
	t.deepEqual(readdirSync(home), []);
});

test('an owner of another machine counts as dead after a minute without a sign, and hears of it', async t => {
	const home = await temporaryFolder(t);
	const owner = join(home, 'lock', '1-ffffffffffff-abc');
	mkdirSync(join(home, 'lock'));
	writeFileSync(owner, '');
	const controller = new AbortController();
	const waiting = lockFolder(home, {
		signal: controller.signal,
		onWait: () => controller.abort(new Error('lives')),
	});
	await t.throwsAsync(waiting, {message: 'lives'});
	const long = new Date(Date.now() - 61_000);
	utimesSync(owner, long, long);
	const lock = await lockFolder(home);
	const [own = ''] = readdirSync(join(home, 'lock'));
	t.true(own.startsWith(`${process.pid}-`));
	// As if this process had slept for a minute.
	utimesSync(join(home, 'lock', own), long, long);
	const other = await lockFolder(home);
	await t.throwsAsync(lock.check(), {code: 'FILE_FAILED', message: /took .* over/});
	await lock.release();
	await other.check();
	await other.release();
});
