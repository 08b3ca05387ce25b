import test from 'ava';
import {chooseRuntime, expectRuntime} from '../../lib/engines/neural/runtime-choice.js';

test.serial('the option wins over the environment, which wins over auto', t => {
	const before = process.env['SPEECHPIPE_RUNTIME'];
	t.teardown(() => {
		if (before === undefined) delete process.env['SPEECHPIPE_RUNTIME'];
		else process.env['SPEECHPIPE_RUNTIME'] = before;
	});
	process.env['SPEECHPIPE_RUNTIME'] = '';
	t.is(chooseRuntime(undefined), 'auto');
	process.env['SPEECHPIPE_RUNTIME'] = 'wasm';
	t.is(chooseRuntime(undefined), 'wasm');
	t.is(chooseRuntime('native'), 'native');
	process.env['SPEECHPIPE_RUNTIME'] = 'gpu';
	t.throws(() => chooseRuntime(undefined), {code: 'OPTION_INVALID', message: /"gpu"/});
});

test('the runtime is expected with its version', t => {
	t.like(expectRuntime('wasm'), {name: 'onnxruntime-web', nativeMissing: 'the WASM runtime was asked for'});
	for (const choice of ['auto', 'wasm'] as const) t.regex(expectRuntime(choice).version, /^\d+\.\d+\.\d+/);
});
