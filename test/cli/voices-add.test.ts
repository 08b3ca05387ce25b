import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {stripVTControlCharacters} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {hasTerminal, runCli, runInTerminal, startCli} from '../helpers/cli.js';
import {type FileServer, heartModel, serveFiles} from '../helpers/file-server.js';
import {goOnIf} from '../helpers/shared.js';
import {temporaryFolder} from '../helpers/transcoding.js';
import {writeVoice} from '../helpers/voices.js';

interface Scene {
	readonly server: FileServer;
	readonly home: string;
	/** heart's model under another name: a voice that can be fetched and speaks. */
	readonly voice: string;
	readonly env: NodeJS.ProcessEnv;
}

async function scene(t: ExecutionContext): Promise<Scene> {
	const server = await serveFiles(t);
	server.files.set('/am_mine.onnx', heartModel);
	const home = await temporaryFolder(t);
	const env = {SPEECHPIPE_HOME: home, SPEECHPIPE_VOICES_URL: server.url};
	return {server, home, voice: `${server.url}/am_mine.onnx`, env};
}

test.serial('added, a voice speaks, is listed, found whole, and goes', async t => {
	const {voice, home, env} = await scene(t);
	const added = await runCli(t, ['voices', 'add', voice, '--yes'], {env});
	t.deepEqual([added.code, added.stdout.toString()], [0, 'hibari:am_mine\n']);
	const lines = added.stderr.split('\n');
	t.deepEqual(lines.slice(0, 3), [
		'hibari:am_mine: licence unknown, size unknown',
		'hibari:am_mine: fetching am_mine.onnx (7.9 MB)',
		'hibari:am_mine: speaking a phrase',
	]);
	t.regex(lines[3] ?? '', /^hibari:am_mine: installed; a second of speech takes \S+ s on one core$/);
	const listed = await runCli(t, ['voices', '--json'], {env});
	const {voices} = JSON.parse(listed.stdout.toString());
	t.like(voices[1], {id: 'hibari:am_mine', gender: 'male', language: 'en-US', licence: 'unknown'});

	const said = await runCli(t, ['say', 'Hi.', '--voice', 'hibari:am_mine', '-o', join(home, 'hi.wav')], {
		env,
	});
	t.deepEqual([said.code, said.stderr], [0, '']);

	const path = await runCli(t, ['voices', 'path', 'hibari:am_mine'], {env});
	t.regex(path.stdout.toString(), /\/files\/5f70741d[0-9a-f]{56}\/am_mine\.onnx\n$/);
	t.is((await runCli(t, ['voices', 'path'], {env})).stdout.toString(), `${home}\n`);
	const whole = await runCli(t, ['voices', 'verify'], {env});
	t.deepEqual([whole.code, whole.stdout.toString()], [0, 'hibari:am_mine: whole\n']);

	writeFileSync(path.stdout.toString().trim(), 'damaged');
	const damaged = await runCli(t, ['voices', 'verify', '--json'], {env});
	t.is(damaged.code, 1);
	t.like(JSON.parse(damaged.stdout.toString()), {checked: ['hibari:am_mine']});
	t.regex(damaged.stderr, /^speechpipe: Damaged: hibari:am_mine.*voices add.*MODEL_MISSING\]\n$/);

	const removed = await runCli(t, ['voices', 'remove', 'hibari:am_mine'], {env});
	t.deepEqual([removed.code, removed.stdout.toString()], [0, 'hibari:am_mine\n']);
	t.false(existsSync(join(home, 'files', '5f70741d')));
	t.deepEqual(readdirSync(join(home, 'voices')), []);
	const again = await runCli(t, ['voices', 'remove', 'hibari:am_mine'], {env});
	t.is(again.code, 2);
	t.regex(again.stderr, /not installed; installed are: none.*VOICE_UNKNOWN/);
});

test.serial('without a terminal and without --yes nothing is fetched', async t => {
	const {server, home, env} = await scene(t);
	const {code, stderr} = await runCli(t, ['voices', 'add', 'kokoro:af_heart'], {env});
	t.is(code, 2);
	t.is(
		stderr,
		'kokoro:af_heart: licence Apache-2.0, 92.9 MB\nspeechpipe: Nobody is here to accept the licences above: add --yes if you do.\n',
	);
	t.deepEqual([server.requests.length, existsSync(join(home, 'voices'))], [0, false]);
});

test.serial('on a terminal the licence is asked for, and a bar shows how far it is', async t => {
	if (!goOnIf(t, hasTerminal, 'util-linux’s script is not here to make a terminal')) return;
	const {voice, env, home} = await scene(t);
	const no = await runInTerminal(t, ['voices', 'add', voice], {env, input: 'n\n'});
	t.is(no.code, 2);
	t.regex(no.stdout.toString(), /Install under these licences\? \[y\/N\].*licence was not accepted/s);
	t.deepEqual(readdirSync(home), ['partial']);
	const yes = await runInTerminal(t, ['voices', 'add', voice], {env, input: 'y\n'});
	t.is(yes.code, 0);
	const lines = stripVTControlCharacters(yes.stdout.toString()).split(/[\r\n]+/);
	t.true(lines.some(line => /^[█░]{24} +\d+% of 7\.9 MB {2}hibari:am_mine$/.test(line)));
	for (const line of lines) t.true(line.length < 80, line);
	t.regex(yes.stdout.toString(), /hibari:am_mine: installed; [^\r\n]+\r\n$/);
});

/** Serves the start of the model, and then nothing more. */
function holdBack({server}: Scene): void {
	server.intercept = (request, response) => {
		if (!request.url?.endsWith('/am_mine.onnx')) return false;
		response.writeHead(200, {etag: '"one"', 'content-length': heartModel.length});
		response.write(heartModel.subarray(0, 3_000_000));
		return true;
	};
}

async function untilPartial(home: string): Promise<void> {
	const folder = join(home, 'partial');
	while (!existsSync(folder) || !readdirSync(folder).some(name => name.endsWith('.version'))) await sleep(20);
	// Some bytes more.
	await sleep(300);
}

for (const [signal, status] of [
	['SIGINT', 130],
	['SIGKILL', null],
] as const) {
	test.serial(`${signal} while it is fetched: nothing is installed, and the next run goes on`, async t => {
		const running = await scene(t);
		const {server, voice, home, env} = running;
		holdBack(running);
		const {child, ended} = startCli(t, ['voices', 'add', voice, '--yes'], {env});
		await untilPartial(home);
		child.kill(signal);
		t.is((await ended).code, status);
		t.deepEqual(readdirSync(home).includes('voices') ? readdirSync(join(home, 'voices')) : [], []);
		server.intercept = (request, response) => {
			const [, start = '0'] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
			if (!request.url?.endsWith('/am_mine.onnx')) return false;
			t.is(request.headers['if-range'], '"one"');
			t.true(Number(start) > 0);
			const range = `bytes ${start}-${heartModel.length - 1}/${heartModel.length}`;
			response.writeHead(206, {'content-range': range}).end(heartModel.subarray(Number(start)));
			return true;
		};
		const again = await runCli(t, ['voices', 'add', voice, '--yes', '--json'], {env});
		t.is(again.code, 0, again.stderr);
		t.like(JSON.parse(again.stdout.toString()).voices[0], {id: 'hibari:am_mine'});
		t.deepEqual(readdirSync(join(home, 'partial')), []);
		t.deepEqual(readdirSync(home).sort(), ['files', 'partial', 'voices']);
	});
}

test.serial('offline, nobody is asked; a folder needs nobody', async t => {
	const {server, home, env} = await scene(t);
	const offline = {...env, SPEECHPIPE_OFFLINE: '1'};
	const {code, stderr} = await runCli(t, ['voices', 'add', 'emma', '--yes'], {env: offline});
	t.is(code, 1);
	t.regex(stderr, /SPEECHPIPE_OFFLINE is set.*\[OFFLINE\]\n$/);
	const list = await runCli(t, ['voices', '--available', '--json'], {env: offline});
	t.is(list.code, 0);
	t.regex(JSON.parse(list.stdout.toString()).note, /Piper's voices are left out: .*OFFLINE/);
	const folder = await temporaryFolder(t);
	writeFileSync(join(folder, 'bf_own.onnx'), heartModel);
	t.is((await runCli(t, ['voices', 'add', folder, '--yes'], {env: offline})).code, 0);
	t.is(server.requests.length, 0);
	t.deepEqual(readdirSync(join(home, 'voices')), ['hibari=bf_own.json']);
});

test.serial('what can be added, and what of it is installed', async t => {
	const {server, home, env} = await scene(t);
	writeVoice(home, 'kokoro:ff_siwis', {family: 'kokoro', language: 'fr-FR'});
	const file = {size_bytes: 30_000_000, md5_digest: '0'.repeat(32)};
	const voice = {
		key: 'fr_FR-siwis-low',
		name: 'siwis\u001b[2J',
		language: {code: 'fr_FR'},
		quality: 'low',
		num_speakers: 1,
		files: {'fr/siwis.onnx': file, 'fr/siwis.onnx.json': file},
	};
	const list = {
		'fr_FR-siwis-low': {...voice, name: 'siwis'},
		'fr_FR-evil-low': {...voice, key: 'fr_FR-evil-low'},
	};
	server.files.set('/piper/voices.json', Buffer.from(JSON.stringify(list)));
	const {code, stdout, stderr} = await runCli(t, ['voices', '--available', '--language', 'fr'], {env});
	t.deepEqual([code, stderr], [0, '']);
	t.deepEqual(
		stdout
			.toString()
			.split('\n')
			.map(line => line.split(/ {2,}/)),
		[
			['ID', 'NAME', 'LANGUAGE', 'GENDER', 'QUALITY', 'SPEAKERS', 'SIZE', 'LICENCE', 'INSTALLED'],
			['kokoro:ff_siwis', 'Siwis', 'fr-FR', 'female', 'B-', '1', '0.5 MB', 'Apache-2.0', 'yes'],
			['piper:fr_FR-siwis-low', 'siwis', 'fr-FR', 'unknown', 'low', '1', '60.0 MB', 'by voice', '-'],
			[''],
		],
	);
});

test.serial('a voice that is not installed: the error names the command that installs it', async t => {
	const {code, stderr} = await runCli(t, ['say', 'Hi.', '--voice', 'kokoro:af_heart', '-o', 'never.wav']);
	const message = 'The voice "kokoro:af_heart" is not installed: speechpipe voices add kokoro:af_heart';
	t.deepEqual([code, stderr], [2, `speechpipe: ${message} [VOICE_UNKNOWN]\n`]);
});
