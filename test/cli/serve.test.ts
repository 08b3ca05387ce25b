import {execFile, execFileSync, spawn} from 'node:child_process';
import {closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {exited, hear} from '../helpers/child.js';
import {runCli, speechpipe, startCli} from '../helpers/cli.js';
import {serving} from '../helpers/serving.js';
import {goOnIf} from '../helpers/shared.js';
import {refused, WireClient} from '../helpers/wire-client.js';

const run = promisify(execFile);

function folder(t: ExecutionContext): string {
	const path = mkdtempSync(join(tmpdir(), 'serve-'));
	t.teardown(() => rmSync(path, {recursive: true}));
	return path;
}

/** A Python that has Debian's python3-websockets. */
const python = ['python3', '/usr/bin/python3'].find(command => {
	try {
		execFileSync(command, ['-c', 'import websockets'], {stdio: 'ignore'});
		return true;
	} catch {
		return false;
	}
});

test('the published Python sample runs, and writes both sentences', async t => {
	if (!goOnIf(t, python, 'no python3 with websockets (Debian: python3-websockets)')) return;
	const {url} = await serving(t);
	const file = join(folder(t), 'out.wav');
	const sample = fileURLToPath(new URL('../helpers/quickstart.py', import.meta.url));
	await run(python ?? '', [sample, url, file]);
	const wav = readFileSync(file);
	const seconds = (wav.length - 44) / 48_000;
	t.true(seconds > 5 && seconds < 8, `${seconds} s`);
	const loud = wav.subarray(44).some((byte, index) => index % 2 === 1 && byte > 16 && byte < 240);
	t.true(loud);
});

test('heart says when each word is said', async t => {
	const {url} = await serving(t);
	const client = await WireClient.open(t, url);
	const text = 'Hello! This is a real-time streaming example.';
	client.send({generationId: 'g', voiceId: 'heart', text, finalText: true, addWordTimestamps: true});
	const {words, pcm, end} = await client.heard('g');
	t.is(end, 'finished');
	t.deepEqual(
		words.map(({word}) => word),
		['Hello', 'This', 'is', 'a', 'real-time', 'streaming', 'example'],
	);
	const ends = words.map(({endTime}) => endTime);
	t.deepEqual(
		ends.toSorted((a, b) => a - b),
		ends,
	);
	t.true((ends.at(-1) ?? 0) <= pcm.length / 48_000);
});

for (const options of [[], ['--json']]) {
	test(`a disk that is full of logs stops nobody: serve ${options.join(' ')}`, async t => {
		if (!goOnIf(t, existsSync('/dev/full'), 'no /dev/full')) return;
		const full = openSync('/dev/full', 'w');
		const [node = '', ...args] = [...speechpipe, 'serve', '--port', '0', ...options];
		const server = spawn(node, args, {stdio: ['ignore', 'pipe', full]});
		t.teardown(() => server.kill('SIGKILL'));
		closeSync(full);
		// Behind it comes the end of the line, or of the JSON string.
		const address = /http:[\w:./]+(?=[\s"])/;
		const [base = ''] = address.exec(await hear(server, address)) ?? [];
		const request = {method: 'POST', headers: {'content-type': 'application/json'}, body: '{"text": "Hi."}'};
		for (let times = 0; times < 3; times++) {
			const response = await fetch(`${base}/api/tts`, request);
			t.is(response.status, 200);
			t.true((await response.arrayBuffer()).byteLength > 1000);
		}
		server.kill('SIGTERM');
		t.deepEqual(await exited(server), {code: 0, signal: null});
	});
}

test('--lexicon tells every voice how words are to be said', async t => {
	const file = join(folder(t), 'words.json');
	writeFileSync(file, '{"zorf": "engine x"}');
	const {url} = await serving(t, ['--lexicon', file]);
	const client = await WireClient.open(t, url);
	client.send({generationId: 'a', text: 'We run zorf here.', addWordTimestamps: true, finalText: true});
	client.send({generationId: 'b', text: 'We run engine x here.', finalText: true});
	const [a, b] = [await client.heard('a'), await client.heard('b')];
	t.deepEqual(a.pcm, b.pcm);
	t.deepEqual(
		a.words.map(({word}) => word),
		['We', 'run', 'zorf', 'here'],
	);
});

test('who names no voice hears heart', async t => {
	const {url} = await serving(t);
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', text: 'Hello!', finalText: true});
	const {pcm, end} = await client.heard('g');
	t.is(end, 'finished');
	t.true(pcm.length > 0);
});

test('an unknown voice and an option out of range are told by the real voices', async t => {
	const {url} = await serving(t);
	const client = await WireClient.open(t, url);
	client.send({generationId: 'a', voiceId: 'hart', text: 'Hi.', finalText: true});
	client.send({
		generationId: 'b',
		voiceId: 'heart',
		voiceOptionValues: [{optionId: 'speed', value: 99}],
		text: 'Hi.',
		finalText: true,
	});
	t.regex((await client.heard('a')).end, /^voice_unknown: .*heart/);
	t.regex((await client.heard('b')).end, /^option_invalid: speed .*99/);
});

test('keys from options and a file; without a key 401', async t => {
	const file = join(folder(t), 'keys');
	writeFileSync(file, '# ours\n\nfrom-file\n');
	const {url} = await serving(t, ['--host', '0.0.0.0', '--api-key', 'given', '--api-keys-file', file]);
	const local = url.replace('0.0.0.0', '127.0.0.1');
	for (const key of ['given', 'from-file'])
		await t.notThrowsAsync(WireClient.open(t, `${local}?apiKey=${key}`));
	t.is((await refused(local)).status, 401);
});

test('SIGHUP reads the keys again, a file that is wrong changes nothing; limits and trusted proxies are options', async t => {
	const file = join(folder(t), 'keys');
	writeFileSync(file, 'old');
	const options = ['--api-keys-file', file, '--trust-proxy', '--limit', 'maxRequestsPerMinute=2'];
	const {url, child} = await serving(t, options);
	let said = '';
	child.stderr?.on('data', data => {
		said += data;
	});
	const {origin} = new URL(url.replace('ws:', 'http:'));
	const status = async (key: string) => {
		const headers = {'x-forwarded-for': '192.0.2.1'};
		const response = await fetch(`${origin}/api/voices?apiKey=${key}`, {headers});
		await response.arrayBuffer();
		return response.status;
	};
	const reload = async (keys: string, outcome: RegExp) => {
		writeFileSync(file, keys);
		child.kill('SIGHUP');
		while (!outcome.test(said)) await new Promise(resolve => setTimeout(resolve, 20));
	};
	t.is(await status('old'), 200);
	await reload('new', /keys reloaded keys=1/);
	t.deepEqual([await status('old'), await status('new')], [401, 200]);
	await reload('# none', /keys not reloaded, the old ones stay reason=".*holds no key/);
	t.deepEqual([await status('new'), await status('new')], [200, 429]);
	while (!said.includes('status=429')) await new Promise(resolve => setTimeout(resolve, 20));
	t.regex(said, / request .*route="\/api\/voices" status=200 .*key="key 1" address="192\.0\.2\.1"/);
});

for (const [args, message] of [
	[['--limit', 'maxLines'], /--limit takes NAME=NUMBER/],
	[['--trust-proxy', '-1'], /trustProxy is -1/],
	[['--host', '0.0.0.0'], /Without API keys the server listens on the loopback only/],
	[['--port', '70000'], /port/],
	[['--voice', 'hart'], /There is no voice "hart"/],
	[['--api-keys-file', '/nowhere/keys'], /\/nowhere\/keys cannot be read/],
	[['--api-key', 'with space'], /keys\[0\] must be/],
	[['--drain-timeout', '-1'], /--drain-timeout takes seconds/],
] as const) {
	test(`serve ${args.join(' ')} says what is wrong`, async t => {
		const {code, stderr} = await runCli(t, ['serve', ...args]);
		t.not(code, 0);
		t.regex(stderr, message);
		t.is(stderr.trim().split('\n').length, 1);
	});
}

test('a port that is taken is told', async t => {
	const {url} = await serving(t);
	const {code, stderr} = await runCli(t, ['serve', '--port', new URL(url).port]);
	t.is(code, 2);
	t.regex(stderr, /cannot listen.*EADDRINUSE/);
});

test('SIGTERM: what runs finishes, then exit 0; JSON logs hold no text', async t => {
	const {url, child, ended} = await serving(t, ['--json']);
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', voiceId: 'heart', text: 'This was begun before the end,'});
	await client.settled();
	child.kill('SIGTERM');
	client.send({generationId: 'probe', cancel: true});
	// Once it drains it says so.
	for (let id = 0; client.messages.every(({type}) => type !== 'error' || id === 0); id++) {
		client.send({generationId: `new${id}`, voiceId: 'heart', text: '', finalText: true});
		const {end} = await client.heard(`new${id}`);
		if (end.startsWith('draining: ')) break;
	}
	client.send({generationId: 'g', text: ' and goes on to its own.', finalText: true});
	const closed = client.closed();
	const {end, pcm} = await client.heard('g');
	t.is(end, 'finished');
	t.true(pcm.length > 48_000);
	t.like(await closed, {code: 1012});
	const {code, stderr} = await ended;
	t.is(code, 0);
	const lines = stderr.split('\n').filter(line => line.startsWith('{'));
	const done = lines.map(line => JSON.parse(line)).find(({generation}) => generation === 'g');
	t.like(done, {msg: 'generation', connection: 1, outcome: 'finished', characters: 54});
	t.false(stderr.includes('begun'));
});

test('SIGTERM before it listens: exit 0', async t => {
	const lexicon = join(folder(t), 'words.json');
	execFileSync('mkfifo', [lexicon]);
	const {child, ended} = startCli(t, ['serve', '--port', '0', '--lexicon', lexicon]);
	// Opens when the command reads it, which then waits for the rest.
	const words = await open(lexicon, 'w');
	child.kill('SIGTERM');
	await words.writeFile('{"nginx": "engine x"}');
	await words.close();
	const {code, stdout} = await ended;
	t.is(code, 0);
	t.is(stdout.toString(), '');
});

test('a second signal ends at once', async t => {
	const {url, child, ended} = await serving(t);
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', voiceId: 'heart', text: 'I wait'});
	await client.settled();
	child.kill('SIGTERM');
	await hear(child, 'second signal', 'stderr');
	child.kill('SIGTERM');
	t.is((await ended).code, 143);
});

test('the drain timeout cuts off what still runs, and exits 0', async t => {
	const {url, child, ended} = await serving(t, ['--drain-timeout', '0.2']);
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', voiceId: 'heart', text: 'I wait'});
	await client.settled();
	const closed = client.closed();
	child.kill('SIGTERM');
	t.like(await closed, {code: 1012});
	const {code, stderr} = await ended;
	t.is(code, 0);
	t.regex(stderr, /some generations were cut off/);
});
