import test from 'ava';
import {runCli} from '../helpers/cli.js';

test.serial('voices lists each voice, and the runtime in use', async t => {
	const {code, stdout, stderr} = await runCli(t, ['voices']);
	t.deepEqual([code, stderr], [0, '']);
	const [head = '', heart = '', ...others] = stdout.toString().split('\n');
	t.regex(head, /^ID +NAME +LANGUAGE/);
	t.regex(heart, /^heart +Heart +en-US +female +24000 +exact +0\.5-2 +- +- +Apache-2\.0/);
	t.true(others.some(line => line.startsWith('espeak:de ')));
	t.regex(stdout.toString(), /\n\nheart's runtime: onnxruntime-(?:node|web) \d[^\n]*\n$/);
});

test.serial('--language keeps the voices of that language', async t => {
	const {code, stdout} = await runCli(t, ['voices', '--language', 'de-at', '--json']);
	t.is(code, 0);
	const {voices, runtime} = JSON.parse(stdout.toString());
	t.deepEqual(
		voices.map(({id}: {id: string}) => id),
		['espeak:de'],
	);
	t.regex(runtime.name, /^onnxruntime-/);
});

test.serial('a runtime that is none is refused by the name of its variable', async t => {
	const {code, stderr} = await runCli(t, ['voices'], {env: {SPEECHPIPE_RUNTIME: 'cuda'}});
	t.is(code, 2);
	t.regex(stderr, /SPEECHPIPE_RUNTIME must be auto, native or wasm, not "cuda"/);
});

test.serial('the runtime that was asked for is shown, and why the native one is not used', async t => {
	const {stdout} = await runCli(t, ['voices', '--language', 'en-US'], {env: {SPEECHPIPE_RUNTIME: 'wasm'}});
	t.regex(stdout.toString(), /onnxruntime-web .*WebAssembly.*asked for/);
});

test.serial('a language that none speaks, and what is no language, are wrong use', async t => {
	const unknown = await runCli(t, ['voices', '--language', 'xx']);
	t.is(unknown.code, 2);
	t.regex(unknown.stderr, /^speechpipe: No voice speaks xx/);
	const invalid = await runCli(t, ['voices', '--language', 'not a tag']);
	t.is(invalid.code, 2);
	t.regex(invalid.stderr, /BCP 47/);
});
