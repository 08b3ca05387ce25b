import {execFile} from 'node:child_process';
import {setImmediate as nextTick} from 'node:timers/promises';
import {promisify} from 'node:util';
import test from 'ava';
import {NativeGate} from '../../lib/engines/native-gate.js';

const index = new URL('../../lib/index.js', import.meta.url).href;

/** A program that stops in one way while its workers are within the network. */
function program(stop: string): string {
	return `
		import(${JSON.stringify(index)}).then(async ({LocalSynthesizer, TTSTransform}) => {
			const synthesizer = new LocalSynthesizer({workers: 2});
			await synthesizer.warm({voiceId: 'heart'});
			for (let times = 0; times < 3; times++) {
				const stream = new TTSTransform({synthesizer});
				stream.on('error', () => {});
				stream.write('What the workers have to say is so long that it takes them a good while to say it all. '.repeat(40));
				stream.resume();
				await new Promise(resolve => stream.once('data', resolve));
			}
			console.log('speaking');
			${stop}
		});`;
}

const ways = {'process.exit': 'process.exit();', 'closing the synthesizer': 'await synthesizer.close();'};

for (const [way, stop] of Object.entries(ways)) {
	test(`${way} while native code runs ends the process in good order`, async t => {
		const args = [...process.execArgv, '--eval', program(stop)];
		// It would be ended by SIGABRT, which `execFile` rejects with.
		const {stdout, stderr} = await promisify(execFile)(process.execPath, args, {timeout: 60_000});
		t.is(stdout, 'speaking\n');
		t.is(stderr, '');
	});
}

test('a gate is shut when all have left, and lets nobody in meanwhile', async t => {
	const gate = new NativeGate();
	const owner = new NativeGate(gate.memory);
	let leave = () => {};
	const done: string[] = [];
	const inside = gate.guard(
		() =>
			new Promise<void>(resolve => {
				leave = resolve;
			}),
	);
	const shut = owner.shut().then(() => done.push('shut'));
	void gate.guard(async () => done.push('entered'));
	await nextTick();
	t.deepEqual(done, []);
	leave();
	await inside;
	await shut;
	t.deepEqual(done, ['shut']);
	owner.shutNow();
});
