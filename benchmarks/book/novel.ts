import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {type Book, readBook, selectChapters} from '../../lib/audiobook/index.js';

export const novelPath = fileURLToPath(
	new URL('../../../shared/books/love-among-the-chickens.epub', import.meta.url),
);

/** Some chapters of the novel; the text is the same whoever reads it. */
export async function novel(chapters: string): Promise<Book> {
	return selectChapters(await readBook(novelPath), chapters);
}

/** A folder for one measurement, gone after it. */
export async function withFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
	const folder = await mkdtemp(join(tmpdir(), 'speechpipe bench '));
	try {
		return await work(folder);
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}

/** Runs a program; throws unless it ends well. Gives ms. */
export async function run(file: string, args: readonly string[], cwd: string): Promise<number> {
	const started = performance.now();
	const child = spawn(file, args, {cwd, stdio: ['ignore', 'ignore', 'inherit']});
	const [code] = await once(child, 'exit');
	if (code !== 0) throw new Error(`${file} ended with ${code}`);
	return performance.now() - started;
}

/** Does some work; gives ms, and how many of the machine's cores were busy meanwhile, whoever kept them so. */
export async function timed(work: () => Promise<unknown>): Promise<{wall: number; cores: number}> {
	const [before, started] = [busyTicks(), performance.now()];
	await work();
	const wall = performance.now() - started;
	return {wall, cores: ((busyTicks() - before) * msPerTick) / wall};
}

/** USER_HZ is 100 on every Linux. */
const msPerTick = 10;

/** Of all cores since the start, as proc(5) has them: all but idle and waiting for disks. */
function busyTicks(): number {
	const [, user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0] =
		readFileSync('/proc/stat', 'latin1').split('\n', 1)[0]?.split(/\s+/).map(Number) ?? [];
	return user + nice + system + irq + softIrq;
}

/** Resident memory of a process in bytes: now, and the most so far. */
export function residentOf(pid: number): number {
	return statusOf(pid, 'VmRSS');
}

export function mostResident(pid: number): number {
	return statusOf(pid, 'VmHWM');
}

/** Of the processes of a name that it started. */
export function childResident(parent: number, name: string): number {
	const pids = readdirSync('/proc').filter(entry => /^\d+$/.test(entry));
	const of = pids.filter(pid => {
		const stat = read(`/proc/${pid}/stat`);
		return stat.includes(`(${name})`) && stat.replace(/^.*\) \S /s, '').split(' ')[0] === String(parent);
	});
	return of.reduce((sum, pid) => sum + statusOf(Number(pid), 'VmRSS'), 0);
}

function statusOf(pid: number, field: string): number {
	return 1024 * Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

function read(path: string): string {
	try {
		return readFileSync(path, 'latin1');
	} catch {
		return '';
	}
}
