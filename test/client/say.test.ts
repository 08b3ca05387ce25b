import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {parseWavHeader} from '../../lib/audio/wav.js';
import {runCli} from '../helpers/cli.js';
import {toneServer} from '../helpers/remote.js';
import {spelled} from '../helpers/tone.js';
import {temporaryFolder} from '../helpers/transcoding.js';

test('say --url speaks on a server, word times included', async t => {
	const cwd = await temporaryFolder(t);
	const {url} = await toneServer(t, {keys: ['sesame']});
	const args = ['say', 'One two.', '--url', url, '--api-key', 'sesame', '--voice', 'tone', '--rate', '16000'];
	const {code, stderr} = await runCli(t, [...args, '-o', 'one.wav', '--captions', 'one.json'], {cwd});
	t.deepEqual([code, stderr], [0, '']);
	const wav = readFileSync(join(cwd, 'one.wav'));
	t.is(spelled(wav.subarray(parseWavHeader(wav)?.dataOffset)), 'One two.');
	t.true(readFileSync(join(cwd, 'one.json'), 'utf8').includes('two'));
});

test('say says what is wrong with the server', async t => {
	const {url} = await toneServer(t, {keys: ['sesame']});
	const refused = await runCli(t, ['say', 'One.', '--url', url, '-o', '/dev/null']);
	t.is(refused.code, 1);
	t.regex(refused.stderr, /HTTP 401.*API key/);
	const wrong = await runCli(t, ['say', 'One.', '--url', 'ftp://host', '-o', '/dev/null']);
	t.is(wrong.code, 2);
	t.regex(wrong.stderr, /url/);
	const lone = await runCli(t, ['say', 'One.', '--api-key', 'sesame', '-o', '/dev/null']);
	t.is(lone.code, 2);
});
