import {createHash, randomBytes} from 'node:crypto';
import {readlinkSync} from 'node:fs';
import {mkdir, readdir, rename, rm, rmdir, stat, utimes, writeFile} from 'node:fs/promises';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {SpeechError} from '../../errors.js';

/** ms between two signs of life, and after which an owner without one counts as dead. */
const heartbeat = 5000;
const stale = 60_000;
/** ms between two looks at a lock that somebody has. */
const poll = 200;

export interface Lock {
	/** Throws `SpeechError` FILE_FAILED where it was lost: the process slept so long that others took it for dead. */
	check(): Promise<void>;
	release(): Promise<void>;
}

/**
 * Takes the one lock of a data folder, for who changes what is in it; waits as long as its owner lives. `onWait` is told the id of
 * the owner's process, once. Throws the file system's error, and the signal's reason.
 *
 * The lock is a folder with one file, whose name tells the owner. It appears whole, by a rename, and a dead owner's is taken by
 * renaming its file, which one taker alone can do.
 */
export async function lockFolder(
	home: string,
	{
		signal,
		onWait,
	}: {readonly signal?: AbortSignal | undefined; readonly onWait?: ((pid: number) => void) | undefined} = {},
): Promise<Lock> {
	const folder = join(home, 'lock');
	const own = `${process.pid}-${machine()}-${randomBytes(6).toString('hex')}`;
	let told = false;
	while (!(await make(folder, own)) && !(await takeOver(folder, own))) {
		const owner = await ownerOf(folder);
		if (owner !== undefined && !told) {
			told = true;
			onWait?.(Number.parseInt(owner, 10));
		}
		await sleep(poll, undefined, {signal}).catch(() => {});
		signal?.throwIfAborted();
	}
	return held(folder, own);
}

function held(folder: string, own: string): Lock {
	const file = join(folder, own);
	const timer = setInterval(() => {
		// Where it fails, `check` says so.
		utimes(file, new Date(), new Date()).catch(() => {});
	}, heartbeat).unref();
	return {
		async check() {
			try {
				await stat(file);
			} catch (cause) {
				throw new SpeechError(
					'FILE_FAILED',
					`Another process took ${folder} over, as this one gave no sign of life for a minute: try again.`,
					{cause},
				);
			}
		},
		async release() {
			clearInterval(timer);
			await rm(file, {force: true});
			await rmdir(folder).catch(() => {});
		},
	};
}

/** Whether there was none, and it is ours now. */
async function make(folder: string, own: string): Promise<boolean> {
	const prepared = `${folder}-${own}`; // A killed process may leave it: empty, and in nobody's way.
	await mkdir(prepared);
	try {
		await writeFile(join(prepared, own), '');
		// Onto a folder that is empty, or not there; one with a file refuses.
		await rename(prepared, folder);
		return true;
	} catch (error) {
		await rm(prepared, {recursive: true, force: true});
		const isHeld = isCode(error, 'ENOTEMPTY', 'EEXIST');
		// Windows says so, and of an empty folder too.
		if (!isHeld && !(isCode(error, 'EPERM', 'EACCES') && (await isThere(folder)))) throw error;
		await rmdir(folder).catch(() => {});
		return false;
	}
}

/** Whether its owner was dead, and it is ours now. */
async function takeOver(folder: string, own: string): Promise<boolean> {
	const owner = await ownerOf(folder);
	if (owner === undefined || (await lives(folder, owner))) return false;
	try {
		await utimes(join(folder, owner), new Date(), new Date());
		await rename(join(folder, owner), join(folder, own));
		return true;
	} catch (error) {
		// Another was quicker.
		if (isCode(error, 'ENOENT')) return false;
		throw error;
	}
}

async function ownerOf(folder: string): Promise<string | undefined> {
	try {
		return (await readdir(folder))[0];
	} catch {
		return undefined;
	}
}

async function lives(folder: string, owner: string): Promise<boolean> {
	const [pid = '', where] = owner.split('-');
	if (where === machine() && !isRunning(Number(pid))) return false;
	try {
		const {mtimeMs} = await stat(join(folder, owner));
		return Date.now() - mtimeMs < stale;
	} catch {
		// It has just been released: the next look finds out.
		return true;
	}
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return isCode(error, 'EPERM');
	}
}

/** Within what processes' ids mean something: a machine, and in a container its own numbers. */
function machine(): string {
	let namespace = '';
	try {
		namespace = readlinkSync('/proc/self/ns/pid');
	} catch {
		// No Linux.
	}
	return createHash('sha256').update(`${hostname()} ${namespace}`).digest('hex').slice(0, 12);
}

async function isThere(path: string): Promise<boolean> {
	return stat(path).then(
		() => true,
		() => false,
	);
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
	return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
