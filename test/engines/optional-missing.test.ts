import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

test('without the optional packages heart speaks by WebAssembly, and the others say what to install', async t => {
	const flags = [...process.execArgv, `--import=${file('./optional-missing.mjs')}`];
	const run = promisify(execFile)(process.execPath, [...flags, file('./optional-missing.js')], {
		timeout: 90_000,
	});
	const {probed, spoken, engine, native, espeak} = JSON.parse((await run).stdout);
	t.is(probed.name, 'onnxruntime-web');
	t.regex(probed.nativeMissing, /onnxruntime-node does not load: Cannot find package/);
	t.is(engine, `hibari (onnxruntime-web ${probed.version})`);
	t.true(spoken > 6000);
	t.is(native.code, 'ENGINE_MISSING');
	t.regex(native.message, /npm install onnxruntime-node/);
	t.is(espeak.code, 'ENGINE_MISSING');
	t.regex(espeak.message, /npm install @echogarden\/espeak-ng-emscripten/);
});
