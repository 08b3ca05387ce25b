import {execFileSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {type AddressInfo, connect} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {download} from '../../../lib/voices/install/download.js';
import type {DownloadOptions, Published} from '../../../lib/voices/install/fetch-rest.js';
import {openPartials} from '../../../lib/voices/install/partial.js';
import {Web} from '../../../lib/voices/install/web.js';
import {etagOf, type FileServer, send, serveFiles, sha256} from '../../helpers/file-server.js';
import {goOnIf} from '../../helpers/shared.js';
import {temporaryFolder} from '../../helpers/transcoding.js';

/** Bytes that differ everywhere, so that a wrong offset shows. */
const content = Buffer.from(Array.from({length: 300_000}, (_, index) => (index * 7919) >> 8));

interface Scene extends FileServer {
	readonly folder: string;
	readonly file: Published;
	fetch(changes?: Partial<Published>, options?: Partial<DownloadOptions>): ReturnType<typeof download>;
}

async function scene(t: ExecutionContext, stallTimeout = 10_000): Promise<Scene> {
	const server = await serveFiles(t);
	server.files.set('/voice.onnx', content);
	const folder = await temporaryFolder(t);
	await openPartials(folder);
	const web = new Web(stallTimeout);
	t.teardown(() => web.close());
	const file = {url: `${server.url}/voice.onnx`, size: content.length, sha256: sha256(content)};
	return Object.assign(server, {
		folder,
		file,
		fetch: (changes: Partial<Published> = {}, options: Partial<DownloadOptions> = {}) =>
			download([{...file, ...changes}], {web, folder, ...options}),
	});
}

test('a file comes whole, with its hashes and its progress', async t => {
	const {fetch, url, requests} = await scene(t);
	const seen: Array<readonly [number, number | undefined]> = [];
	const got = await fetch({}, {onProgress: (received, total) => seen.push([received, total])});
	t.like(got, {size: content.length, sha256: sha256(content), url: `${url}/voice.onnx`});
	t.deepEqual(readFileSync(got.path), content);
	t.deepEqual(seen[0], [0, content.length]);
	t.deepEqual(seen.at(-1), [content.length, content.length]);
	t.is(requests.length, 1);
});

test('the next address is asked where the first has nothing', async t => {
	const {fetch, file, folder, url} = await scene(t);
	const web = new Web();
	t.teardown(() => web.close());
	const got = await download([{...file, url: `${url}/none.onnx`}, file], {web, folder});
	t.is(got.url, file.url);
	await t.throwsAsync(fetch({url: `${url}/none.onnx`}), {
		code: 'DOWNLOAD_FAILED',
		message: /\/none\.onnx is not there: HTTP 404/,
	});
});

const fails = test.macro({
	title: (what = '') => `${what} is an error, and leaves nothing`,
	async exec(
		t,
		intercept: FileServer['intercept'],
		{message, code = 'DOWNLOAD_FAILED', tries = 1}: {message: RegExp; code?: string; tries?: number},
		changes: Partial<Published> = {},
	) {
		const running = await scene(t);
		running.intercept = intercept;
		await t.throwsAsync(running.fetch(changes), {code, message});
		t.is(running.requests.length, tries);
		const left = readdirSync(running.folder).filter(name => !name.endsWith('.version'));
		t.true(code === 'DOWNLOAD_FAILED' || left.length === 0);
	},
});

test(
	'a wrong hash',
	fails,
	() => false,
	{code: 'DOWNLOAD_INVALID', message: /its sha256 is .* instead of 0{64}/},
	{
		sha256: '0'.repeat(64),
	},
);
test(
	'a wrong MD5',
	fails,
	() => false,
	{code: 'DOWNLOAD_INVALID', message: /its md5 is/},
	{md5: '0'.repeat(32)},
);
test(
	'another size',
	fails,
	() => false,
	{code: 'DOWNLOAD_INVALID', message: /300000 bytes instead of 299999/},
	{
		size: 299_999,
	},
);
test(
	'an empty file',
	fails,
	(_request, response) => {
		response.end();
		return true;
	},
	{code: 'DOWNLOAD_INVALID', message: /it is empty/},
	{size: undefined, sha256: undefined},
);
test(
	'more than was told',
	fails,
	(_request, response) => {
		response.write(content);
		response.end(content);
		return true;
	},
	{code: 'DOWNLOAD_INVALID', message: /goes on after 300000 bytes/},
);
test(
	'HTTP 403',
	fails,
	(_request, response) => {
		response.writeHead(403).end();
		return true;
	},
	{message: /was refused: HTTP 403/},
);
test(
	'HTTP 500, three times,',
	fails,
	(_request, response) => {
		response.writeHead(500).end('oops');
		return true;
	},
	{message: /failed: HTTP 500/, tries: 3},
);
test(
	'a redirect loop',
	fails,
	(_request, response) => {
		response.writeHead(302, {location: '/voice.onnx'}).end();
		return true;
	},
	{message: /redirects more than 10 times/, tries: 11},
);
test(
	'a redirect to what is no web',
	fails,
	(_request, response) => {
		response.writeHead(302, {location: 'file:///etc/passwd'}).end();
		return true;
	},
	{message: /is no address of the web/},
);
test(
	'a web page',
	fails,
	(_request, response) => {
		response.writeHead(200, {'content-type': 'text/html; charset=utf-8'}).end('<html>Log in</html>');
		return true;
	},
	{message: /gave a web page \(HTML\)/},
);
test(
	'a server that always breaks off at the same byte',
	fails,
	(_request, response) => {
		response.writeHead(200, {'content-length': content.length});
		response.write(content.subarray(0, 1000), () => response.socket?.end());
		return true;
	},
	{message: /broke off after \d+ bytes|ended after/, tries: 3},
);

test('nobody at the address', async t => {
	const {fetch} = await scene(t);
	await t.throwsAsync(fetch({url: 'http://127.0.0.1:1/voice.onnx'}), {
		code: 'DOWNLOAD_FAILED',
		message: /127\.0\.0\.1:1\/voice\.onnx could not be reached: .*ECONNREFUSED/,
	});
});

test('a server that falls silent is given up and asked for the rest', async t => {
	const running = await scene(t, 1500);
	running.intercept = (request, response) => {
		if (running.requests.length > 1) return false;
		response.writeHead(200, {etag: etagOf(content), 'content-length': content.length});
		response.write(content.subarray(0, 100_000));
		t.is(request.headers.range, undefined);
		return true;
	};
	const got = await running.fetch();
	t.deepEqual(readFileSync(got.path), content);
	t.like(running.requests[1]?.headers, {range: 'bytes=100000-', 'if-range': etagOf(content)});
});

test('a server that never answers is given up', async t => {
	const running = await scene(t, 100);
	running.intercept = () => true;
	await t.throwsAsync(running.fetch(), {code: 'DOWNLOAD_FAILED', message: /sent nothing for 0\.1 s/});
});

test('after an error of the server it goes on, redirected too', async t => {
	const running = await scene(t);
	running.files.set('/elsewhere', content);
	running.intercept = (_request, response) => {
		if (running.requests.length === 1) response.writeHead(503).end();
		else if (running.requests.length === 2) response.writeHead(307, {location: '/elsewhere'}).end();
		else return false;
		return true;
	};
	t.is((await running.fetch()).sha256, sha256(content));
});

/** Breaks off after so many bytes, once. */
function breakOnce(running: Scene, bytes: number): void {
	running.intercept = (_request, response) => {
		running.intercept = () => false;
		response.writeHead(200, {etag: etagOf(content), 'content-length': content.length});
		response.write(content.subarray(0, bytes), () => response.socket?.end());
		return true;
	};
}

test('a body that is cut short is gone on with', async t => {
	const running = await scene(t);
	breakOnce(running, 200_000);
	const seen: number[] = [];
	const got = await running.fetch({}, {onProgress: received => seen.push(received)});
	t.deepEqual(readFileSync(got.path), content);
	t.regex(running.requests[1]?.headers.range ?? '', /^bytes=[1-9]\d*-$/);
	t.deepEqual(
		seen,
		seen.toSorted((a, b) => a - b),
	);
});

test('an aborted download is gone on with by the next one', async t => {
	const running = await scene(t);
	const controller = new AbortController();
	const gone = new Error('gone');
	running.intercept = (_request, response) => {
		response.writeHead(200, {etag: etagOf(content), 'content-length': content.length});
		response.write(content.subarray(0, 120_000));
		return true;
	};
	const onProgress = (received: number) => {
		if (received === 120_000) controller.abort(gone);
	};
	const error = await t.throwsAsync(running.fetch({}, {signal: controller.signal, onProgress}));
	t.is(error, gone);
	running.intercept = () => false;
	const got = await running.fetch();
	t.deepEqual(readFileSync(got.path), content);
	t.is(running.requests[1]?.headers.range, 'bytes=120000-');
});

test('a file that has changed meanwhile is fetched from its start', async t => {
	const running = await scene(t);
	breakOnce(running, 200_000);
	running.files.set('/voice.onnx', Buffer.alloc(200_000, 'new'));
	const got = await running.fetch({size: undefined, sha256: undefined});
	t.is(running.requests[1]?.headers['if-range'], etagOf(content));
	t.deepEqual(readFileSync(got.path), Buffer.alloc(200_000, 'new'));
});

test('a server without ranges, or with wrong ones, is asked for all of it', async t => {
	for (const wrong of [false, true]) {
		const running = await scene(t);
		breakOnce(running, 200_000);
		const first = running.intercept;
		running.intercept = (request, response) => {
			if (running.requests.length === 1) return first(request, response);
			if (wrong && request.headers.range !== undefined) {
				response.writeHead(206, {'content-range': `bytes 7-${content.length - 1}/${content.length}`});
				response.end(content.subarray(7));
			} else {
				delete request.headers.range;
				send(request, response, content);
			}
			return true;
		};
		t.deepEqual(readFileSync((await running.fetch()).path), content);
	}
});

test('where what was gone on with is not what was published, it is fetched from its start', async t => {
	const running = await scene(t);
	const damaged = Buffer.from(content);
	damaged[10] = 255 - (damaged[10] ?? 0);
	running.intercept = (_request, response) => {
		if (running.requests.length > 1) return false;
		// The ETag of other bytes than come.
		response.writeHead(200, {etag: etagOf(content), 'content-length': content.length});
		response.write(damaged.subarray(0, 200_000), () => response.socket?.end());
		return true;
	};
	const got = await running.fetch();
	t.deepEqual(readFileSync(got.path), content);
	t.regex(running.requests[1]?.headers.range ?? '', /^bytes=/);
	t.is(running.requests[2]?.headers.range, undefined);
});

test('a server without a version of the file starts anew', async t => {
	const running = await scene(t);
	running.intercept = (request, response) => {
		t.is(request.headers.range, undefined);
		response.writeHead(200, {'content-length': content.length, etag: 'W/"weak"'});
		if (running.requests.length === 1)
			response.write(content.subarray(0, 9000), () => response.socket?.end());
		else response.end(content);
		return true;
	};
	t.is((await running.fetch()).sha256, sha256(content));
});

test('a password in an address is sent to its host alone, and never shown', async t => {
	const running = await scene(t);
	const other = await serveFiles(t);
	other.files.set('/voice.onnx', content);
	running.intercept = (_request, response) => {
		response.writeHead(302, {location: `${other.url}/voice.onnx?signature=secret`}).end();
		return true;
	};
	const url = running.file.url.replace('http://', 'http://user:p%40ss@');
	await running.fetch({url});
	t.is(running.requests[0]?.headers.authorization, `Basic ${Buffer.from('user:p@ss').toString('base64')}`);
	t.is(other.requests[0]?.headers.authorization, undefined);
	other.files.clear();
	const error = await t.throwsAsync(running.fetch({url: `${url}?again`}), {code: 'DOWNLOAD_FAILED'});
	t.notRegex(error?.message ?? '', /p%40ss|p@ss|signature/);
});

test.serial('SPEECHPIPE_OFFLINE asks nobody', async t => {
	const {fetch, requests} = await scene(t);
	process.env['SPEECHPIPE_OFFLINE'] = '1';
	try {
		await t.throwsAsync(fetch(), {code: 'OFFLINE', message: /SPEECHPIPE_OFFLINE.*voice\.onnx/});
		t.is(requests.length, 0);
	} finally {
		process.env['SPEECHPIPE_OFFLINE'] = '';
	}
});

test.serial('the proxy of HTTP_PROXY is asked', async t => {
	const {fetch, requests} = await scene(t);
	const asked: string[] = [];
	const proxy = createServer((request, response) => {
		asked.push(request.url ?? '');
		const {hostname, port} = new URL(request.url ?? '');
		const upstream = connect(Number(port), hostname);
		upstream.on('data', (chunk: Buffer) => response.socket?.write(chunk));
		upstream.on('error', () => response.socket?.end());
		response.on('close', () => upstream.destroy());
		upstream.write(`GET ${new URL(request.url ?? '').pathname} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
	});
	t.teardown(() => {
		proxy.closeAllConnections();
		proxy.close();
	});
	await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
	process.env['HTTP_PROXY'] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	try {
		t.is((await fetch()).sha256, sha256(content));
	} finally {
		process.env['HTTP_PROXY'] = '';
	}
	t.regex(asked[0] ?? '', /^http:\/\/127\.0\.0\.1:\d+\/voice\.onnx$/);
	t.is(requests.length, 1);
});

test('a full disk is said by the file system, and the download takes no room', async t => {
	const running = await scene(t);
	if (!goOnIf(t, mountSmall(running.folder), 'a small file system can only be mounted by root')) return;
	t.teardown(() => execFileSync('umount', ['--lazy', running.folder]));
	await t.throwsAsync(running.fetch(), {code: 'ENOSPC'});
	t.deepEqual(readdirSync(running.folder), []);
});

function mountSmall(folder: string): boolean {
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], {stdio: 'ignore'});
		return true;
	} catch {
		return false;
	}
}
