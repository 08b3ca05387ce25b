import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import test from 'ava';
import {workerExecArgv} from '../../lib/engines/exec-argv.js';

const index = new URL('../../lib/index.js', import.meta.url).href;
const program = `
	import(${JSON.stringify(index)}).then(async ({LocalSynthesizer}) => {
		const synthesizer = new LocalSynthesizer({workers: 1});
		await synthesizer.warm({voiceId: 'heart'});
		await synthesizer.close();
		console.log('warm');
	});`;

for (const options of [['--max-old-space-size=512'], ['--max-old-space-size=512', '--input-type=module']]) {
	test(`workers start in a process with ${options.join(' ')}`, async t => {
		const args = [...process.execArgv, ...options, '--eval', program];
		const {stdout} = await promisify(execFile)(process.execPath, args, {timeout: 60_000});
		t.is(stdout, 'warm\n');
	});
}

test('a worker inherits all options, unless one of them stops it: then it is given those that load modules', t => {
	t.is(workerExecArgv(['--import=tsx', '--expose-gc']), undefined);
	const argv = [
		'--import',
		'tsx',
		'-C',
		'dev',
		'--expose-gc',
		'--input-type',
		'module',
		'-e',
		'1',
		'--require=fs',
	];
	t.deepEqual(workerExecArgv(argv), ['--import', 'tsx', '-C', 'dev', '--require=fs']);
});
