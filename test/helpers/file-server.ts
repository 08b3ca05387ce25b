import {createHash} from 'node:crypto';
import {createReadStream, existsSync, readFileSync, statSync} from 'node:fs';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';

export interface FileServer {
	/** Without a slash at its end. */
	readonly url: string;
	readonly requests: IncomingMessage[];
	/** May answer a request itself, and says whether it did. */
	intercept: (request: IncomingMessage, response: ServerResponse) => boolean;
	/** Paths and what lies there; these come before the folders. */
	readonly files: Map<string, Buffer>;
}

/**
 * A server of files on this machine, as nginx would be: ranges, If-Range, ETags. `folders` are those of the disk, by the path that
 * they are served at. Closed with the test.
 */
export async function serveFiles(
	t: ExecutionContext,
	folders: Readonly<Record<string, string>> = {},
): Promise<FileServer> {
	const files = new Map<string, Buffer>();
	const requests: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		requests.push(request);
		if (served.intercept(request, response)) return;
		const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
		const found = files.get(path) ?? onDisk(folders, path);
		if (found === undefined) response.writeHead(404).end('Not found');
		else send(request, response, found);
	});
	t.teardown(() => {
		server.closeAllConnections();
		server.close();
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo; // It listens.
	const served: FileServer = {url: `http://127.0.0.1:${port}`, requests, files, intercept: () => false};
	return served;
}

function onDisk(folders: Readonly<Record<string, string>>, path: string): string | undefined {
	for (const [at, folder] of Object.entries(folders)) {
		const file = join(folder, path.slice(at.length));
		if (path.startsWith(at) && existsSync(file) && statSync(file).isFile()) return file;
	}
	return undefined;
}

/** All of it, or the part that was asked for. */
export function send(request: IncomingMessage, response: ServerResponse, file: Buffer | string): void {
	const size = typeof file === 'string' ? statSync(file).size : file.length;
	const etag = etagOf(file);
	const [, first] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
	const ifRange = request.headers['if-range'];
	const isPart = first !== undefined && (ifRange === undefined || ifRange === etag);
	const start = isPart ? Number(first) : 0;
	if (isPart && start >= size) {
		response.writeHead(416, {'content-range': `bytes */${size}`}).end();
		return;
	}
	response.writeHead(isPart ? 206 : 200, {
		etag,
		'content-length': size - start,
		'content-type': 'application/octet-stream',
		...(isPart && {'content-range': `bytes ${start}-${size - 1}/${size}`}),
	});
	if (typeof file === 'string') createReadStream(file, {start}).pipe(response);
	else response.end(file.subarray(start));
}

export function etagOf(file: Buffer | string): string {
	const of = typeof file === 'string' ? `${file} ${statSync(file).size}` : file;
	return `"${createHash('sha256').update(of).digest('hex').slice(0, 16)}"`;
}

/** heart's own model: 8 MB that can speak, wherever the tests run. */
export const heartModel = readFileSync(new URL('../../lib/voices/heart/model.onnx', import.meta.url));

export function sha256(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}
