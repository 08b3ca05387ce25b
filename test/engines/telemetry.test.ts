import {execFile} from 'node:child_process';
import {mkdir, readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {goOnIf} from '../helpers/shared.js';
import {temporaryFolder} from '../helpers/transcoding.js';

const index = new URL('../../lib/index.js', import.meta.url).href;
const program = `
	import(${JSON.stringify(index)}).then(async ({LocalSynthesizer}) => {
		const synthesizer = new LocalSynthesizer({workers: 1});
		await synthesizer.warm({voiceId: 'heart'});
		console.log((await synthesizer.runtime()).name);
		await synthesizer.close();
	});`;

test('the native runtime keeps no identity of the machine and reports to nobody', async t => {
	const folder = await temporaryFolder(t);
	const [home, temporary] = [join(folder, 'home'), join(folder, 'tmp')];
	await Promise.all([mkdir(home), mkdir(temporary)]);
	// In CI it would report nothing anyway.
	const {CI: _, ORT_DISABLE_TELEMETRY: __, XDG_CACHE_HOME: ___, ...environment} = process.env;
	const {stdout} = await promisify(execFile)(process.execPath, [...process.execArgv, '--eval', program], {
		env: {...environment, HOME: home, TMPDIR: temporary},
		timeout: 60_000,
	});
	if (!goOnIf(t, stdout === 'onnxruntime-node\n', 'onnxruntime-node does not load')) return;
	t.deepEqual(await readdir(home), []);
	const written = await readdir(temporary);
	t.deepEqual(
		written.filter(name => !name.startsWith('tsx')),
		[],
	);
});
