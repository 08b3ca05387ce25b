import {execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {exited} from './child.js';
import {freePort} from './free-port.js';
import {until} from './streams.js';

export const hasNginx = ((): boolean => {
	try {
		execFileSync('nginx', ['-v'], {stdio: 'ignore'});
		return true;
	} catch {
		return false;
	}
})();

/** What docs/deploy.md gives as nginx's configuration. */
const page = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
const documented = /^```nginx\n(?<block>.*?)^```$/ms.exec(page)?.groups?.['block'] ?? '';

/**
 * Real nginx, with the page's configuration but for its addresses: without TLS on a port of the test's own, before the servers
 * of these ports. Ended with the test. Gives the address it listens on.
 */
export async function nginxBefore(
	t: ExecutionContext,
	[first, second]: readonly [number, number],
): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
	const address = `127.0.0.1:${await freePort()}`;
	const block = documented
		.replace('127.0.0.1:8080', `127.0.0.1:${first}`)
		.replace('127.0.0.1:8081', `127.0.0.1:${second}`)
		.replace('443 ssl', address)
		.replaceAll(/ssl_certificate.*\n/g, '')
		.replace('/var/log/nginx', folder);
	t.notRegex(block, /:808\d|ssl/);
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
		kind => `${kind}_temp_path ${folder}/${kind};`,
	);
	const file = join(folder, 'nginx.conf');
	// In the foreground, one process: it goes when it is told to, and leaves nothing behind.
	const main = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;`;
	writeFileSync(
		file,
		`${main}\nevents {worker_connections 256;}\nhttp {\n${temporary.join('\n')}\n${block}\n}\n`,
	);
	const child = spawn('nginx', ['-p', folder, '-e', join(folder, 'error.log'), '-c', file], {
		stdio: 'inherit',
	});
	t.teardown(async () => {
		child.kill('SIGKILL');
		await exited(child);
		rmSync(folder, {recursive: true, force: true});
	});
	// It listens before it has read all; refused connections come before that.
	await until(async () => {
		if (child.exitCode !== null || child.signalCode !== null)
			throw new Error(readFileSync(join(folder, 'error.log'), 'utf8'));
		const answer = await fetch(`http://${address}/healthz`).catch(() => undefined);
		return answer?.ok === true;
	});
	return address;
}
