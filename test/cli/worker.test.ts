import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type RunningCli, runCli, startCli} from '../helpers/cli.js';
import {expiries, hasRedis, type RedisServer, redisServer} from '../helpers/redis.js';
import {goOnIf} from '../helpers/shared.js';
import {until} from '../helpers/streams.js';

/** Some sentences, no two alike. */
function chapter(title: string, sentences: number): string {
	const lines = Array.from(
		{length: sentences},
		(_, index) => `This is sentence number ${index + 1} of ${title}.`,
	);
	return `# ${title}\n\n${lines.join(' ')}\n`;
}

function folderWith(t: ExecutionContext, text: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'speechpipe-cluster-'));
	t.teardown(() => rmSync(folder, {recursive: true, force: true}));
	writeFileSync(join(folder, 'book.md'), text);
	return folder;
}

/** `speechpipe worker`, once it waits for books. */
async function worker(t: ExecutionContext, {url}: RedisServer, ...args: string[]): Promise<RunningCli> {
	const running = startCli(t, ['worker', '--redis', url, '--concurrency', '1', ...args]);
	await running.heard(1);
	return running;
}

function bookArgs(cwd: string, name: string, ...more: string[]): string[] {
	return [
		'book',
		join(cwd, 'book.md'),
		'-o',
		join(cwd, name),
		'--cache',
		join(cwd, `cache ${name}`),
		'--no-report',
		...more,
	];
}

test('a book by workers, one of them killed while it renders, is the local one byte for byte', async t => {
	if (!goOnIf(t, hasRedis, 'there is no redis-server')) return;
	const redis = await redisServer(t);
	const folder = folderWith(t, `${chapter('Alpha', 25)}\n${chapter('Beta', 25)}`);
	const local = await runCli(t, bookArgs(folder, 'book.mp3', '--json'), {cwd: folder});
	t.is(local.code, 0, local.stderr);
	rmSync(join(folder, 'cache book.mp3'), {recursive: true});
	const wanted = readFileSync(join(folder, 'book.mp3'));
	const [first, second] = await Promise.all([worker(t, redis), worker(t, redis)]);
	const book = startCli(t, bookArgs(folder, 'book.mp3', '--redis', redis.url, '--jobs', '6', '--force'));
	await until(async () => (await redis.client.keys('speechpipe:queue:*:lock')).length > 1);
	first.child.kill('SIGKILL');
	const made = await book.ended;
	t.is(made.code, 0, made.stderr);
	t.true(readFileSync(join(folder, 'book.mp3')).equals(wanted));
	second.child.kill('SIGTERM');
	const ended = await second.ended;
	t.is(ended.code, 0);
	t.regex(ended.stderr, /Rendered \d+ utterances\./);
	t.deepEqual(
		[...(await expiries(redis))].filter(([, seconds]) => seconds < 0),
		[],
		'all expires',
	);
	t.deepEqual(await redis.client.keys('speechpipe:result:*'), []);
});

test('SIGTERM: a worker finishes its utterances first, another takes the rest', async t => {
	if (!goOnIf(t, hasRedis, 'there is no redis-server')) return;
	const redis = await redisServer(t);
	const folder = folderWith(t, chapter('Alpha', 40));
	const first = await worker(t, redis, '--json');
	const book = startCli(t, bookArgs(folder, 'book.wav', '--redis', redis.url, '--voice', 'espeak:en-us'));
	await until(async () => (await redis.client.keys('speechpipe:queue:*:lock')).length > 0);
	first.child.kill('SIGTERM');
	const stopped = await first.ended;
	t.is(stopped.code, 0);
	t.true(Number(/"rendered":(\d+)/.exec(stopped.stderr)?.[1]) > 0, 'what it had begun is rendered');
	t.deepEqual(await redis.client.keys('speechpipe:queue:*:lock'), []);
	await worker(t, redis);
	t.is((await book.ended).code, 0);
});

test('SIGTERM before Redis has answered ends a worker as later ones do', async t => {
	const silent = createServer(socket => socket.on('error', () => {})).listen(0, '127.0.0.1');
	t.teardown(() => silent.close());
	await once(silent, 'listening');
	const {port} = silent.address() as {port: number}; // It listens on TCP.
	const {child, ended} = startCli(t, ['worker', '--redis', `redis://127.0.0.1:${port}`]);
	silent.once('connection', () => child.kill('SIGTERM'));
	const {code, stdout, stderr} = await ended;
	t.deepEqual([code, stdout.length, stderr], [0, 0, 'Rendered 0 utterances.\n']);
});

test('a book that is interrupted takes its work back, and exits 130', async t => {
	if (!goOnIf(t, hasRedis, 'there is no redis-server')) return;
	const redis = await redisServer(t);
	const folder = folderWith(t, chapter('Alpha', 20));
	const book = startCli(t, bookArgs(folder, 'book.mp3', '--redis', redis.url));
	await until(async () => (await redis.client.keys('speechpipe:queue:*-*')).length > 10);
	book.child.kill('SIGINT');
	const stopped = await book.ended;
	t.is(stopped.code, 130);
	t.regex(stopped.stderr, /Run the same command again/);
	t.deepEqual(await redis.client.keys('speechpipe:queue:*-*'), []);
	t.deepEqual(await redis.client.keys('speechpipe:book:*'), []);
	t.deepEqual(
		[...(await expiries(redis))].filter(([, seconds]) => seconds < 0),
		[],
	);
});

test('what a killed book leaves expires, and no worker renders it', async t => {
	if (!goOnIf(t, hasRedis, 'there is no redis-server')) return;
	const redis = await redisServer(t);
	const folder = folderWith(t, chapter('Alpha', 20));
	const book = startCli(t, bookArgs(folder, 'book.mp3', '--redis', redis.url));
	await until(async () => (await redis.client.keys('speechpipe:queue:*-*')).length >= 20);
	book.child.kill('SIGKILL');
	await book.ended;
	// As if it had been dead for a while.
	await redis.client.del(await redis.client.keys('speechpipe:book:*'));
	const {child, ended} = await worker(t, redis, '--json');
	await until(async () => [...(await expiries(redis)).values()].every(seconds => seconds >= 0));
	child.kill('SIGTERM');
	t.regex((await ended).stderr, /"rendered":0/);
});

test('TLS: rediss:// with a certificate of one’s own authority', async t => {
	const folder = folderWith(t, chapter('Alpha', 2));
	const hasTls = hasRedis && makeCertificate(folder);
	if (!goOnIf(t, hasTls, 'there is no redis-server, or no openssl')) return;
	const files = ['--tls-cert-file', join(folder, 'cert.pem'), '--tls-key-file', join(folder, 'key.pem')];
	const {port} = await redisServer(t, [
		'--tls-port',
		'PORT+1',
		...files,
		'--tls-ca-cert-file',
		join(folder, 'cert.pem'),
		'--tls-auth-clients',
		'no',
		'--requirepass',
		'secret',
	]);
	const url = `rediss://:secret@localhost:${port + 1}`;
	const env = {NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem')};
	const running = startCli(t, ['worker', '--redis', url, '--concurrency', '1'], {env});
	await running.heard(1);
	const made = await runCli(t, bookArgs(folder, 'book.mp3', '--redis', url), {env});
	t.is(made.code, 0, made.stderr);
	const strange = await runCli(t, ['worker', '--redis', url]);
	t.is(strange.code, 1);
	t.regex(strange.stderr, /cannot be used: self-signed certificate.*\[REDIS_FAILED\]/);
});

function makeCertificate(folder: string): boolean {
	const args =
		'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem';
	try {
		execFileSync('openssl', args.split(' '), {cwd: folder, stdio: 'ignore'});
		return true;
	} catch {
		return false;
	}
}

test('what is wrong is said in a line, without the password', async t => {
	const url = 'redis://:secret@127.0.0.1:1';
	const noServer = await runCli(t, ['worker', '--redis', url]);
	t.is(noServer.code, 1);
	t.is(
		noServer.stderr,
		'speechpipe: Redis at redis://127.0.0.1:1 cannot be used: connect ECONNREFUSED 127.0.0.1:1. [REDIS_FAILED]\n',
	);
	const folder = folderWith(t, chapter('Alpha', 1));
	const noBook = await runCli(t, bookArgs(folder, 'book.mp3', '--redis', url));
	t.is(noBook.code, 1);
	t.regex(
		noBook.stderr,
		/^speechpipe: Redis at redis:\/\/127\.0\.0\.1:1 cannot be used: .*\[REDIS_FAILED\]\n$/,
	);
});

for (const [what, args, said] of [
	['no Redis', ['worker'], /required option '--redis <url>' not specified/],
	['an address of something else', ['worker', '--redis', 'http://x'], /looks like redis:\/\/host:6379/],
	['no concurrency', ['worker', '--redis', 'redis://x', '--concurrency', '0'], /from 1 to 256/],
	['--mixed without workers', ['book', 'b.md', '-o', 'b.mp3', '--mixed'], /name their Redis with --redis/],
	['--jobs without workers', ['book', 'b.md', '-o', 'b.mp3', '--jobs', '3'], /name their Redis with --redis/],
	[
		'a server and workers',
		['book', 'b.md', '-o', 'b.mp3', '--redis', 'redis://x', '--url', 'ws://x'],
		/leave one out/,
	],
	[
		'--concurrency for workers',
		['book', 'b.md', '-o', 'b.mp3', '--redis', 'redis://x', '--concurrency', '3'],
		/--jobs/,
	],
] as const) {
	test(`wrong use: ${what}`, async t => {
		const {code, stderr} = await runCli(t, args);
		t.is(code, 2);
		t.regex(stderr, said);
	});
}
