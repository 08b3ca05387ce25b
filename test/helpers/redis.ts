import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {Redis} from 'ioredis';
import {exited, hear} from './child.js';
import {freePort} from './free-port.js';

export const hasRedis = ((): boolean => {
	try {
		return execFileSync('redis-server', ['--version'], {encoding: 'utf8'}).includes('Redis');
	} catch {
		return false;
	}
})();

export interface RedisServer {
	readonly url: string;
	readonly port: number;
	/** Of the test's own, to look at what is there. */
	readonly client: Redis;
	/** Goes away at once, with all that it held. */
	kill(): Promise<void>;
	/** Comes back, empty, at the same address. */
	start(): Promise<void>;
}

/** A Redis server of the test's own, that keeps nothing on the disk; it ends with the test. `PORT+1` in `args` is the port behind its own. */
export async function redisServer(t: ExecutionContext, args: readonly string[] = []): Promise<RedisServer> {
	const folder = mkdtempSync(join(tmpdir(), 'speechpipe-redis-'));
	const port = await freePort();
	let child: ChildProcess | undefined;
	const start = async () => {
		const options = [
			'--port',
			`${port}`,
			'--bind',
			'127.0.0.1',
			'--save',
			'',
			'--appendonly',
			'no',
			'--dir',
			folder,
		];
		const server = spawn(
			'redis-server',
			[...options, ...args.map(argument => (argument === 'PORT+1' ? `${port + 1}` : argument))],
			{stdio: ['ignore', 'pipe', 'inherit']},
		);
		child = server;
		await hear(server, 'Ready to accept connections');
		server.stdout.destroy();
	};
	const kill = async () => {
		if (!child) return;
		child.kill('SIGKILL');
		await exited(child);
	};
	const password = args[args.indexOf('--requirepass') + 1];
	const client = new Redis(port, '127.0.0.1', {
		lazyConnect: true,
		maxRetriesPerRequest: null,
		...(args.includes('--requirepass') ? {password} : {}),
	});
	client.on('error', () => {});
	t.teardown(async () => {
		client.disconnect();
		await kill();
		rmSync(folder, {recursive: true, force: true});
	});
	await start();
	await client.connect();
	return {url: `redis://127.0.0.1:${port}`, port, client, kill, start};
}

/** Every key in it, with how many seconds it has left; -1: it stays for ever. */
export async function expiries({client}: RedisServer): Promise<ReadonlyMap<string, number>> {
	const keys = await client.keys('*');
	return new Map(await Promise.all(keys.map(async key => [key, await client.ttl(key)] as const)));
}
