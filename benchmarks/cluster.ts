import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {freePort} from '../test/helpers/free-port.js';
import {build} from './built.js';
import {ratio, seconds, table} from './measure.js';

const root = new URL('..', import.meta.url);
const path = (name: string) => fileURLToPath(new URL(name, root));
const main = path('dist/cli/main.js');
const novel = path('../shared/books/love-among-the-chickens.epub');
/** In /proc, of a second. */
const ticks = 100;

interface Measured {
	/** Of audio. */
	readonly hours: number;
	/** ms from the first to the last. */
	readonly took: number;
	/** CPU seconds of all processes, and of those that are not workers. */
	readonly book: number;
	readonly workers: number;
	readonly redis: number;
}

/** What it costs to hand a book's utterances to workers over Redis, beside rendering them in the book's own process. Linux only. */
export default async function cluster(
	chapters = '1-12',
	counts: readonly number[] = [1, 2, 4],
): Promise<string> {
	await build();
	const folder = await mkdtemp(join(tmpdir(), 'speechpipe-bench-'));
	try {
		const local = await makeBook(folder, 'local', chapters);
		const cases: Array<readonly [string, Measured]> = [['this machine alone, 2 worker threads', local]];
		for (const count of counts) {
			const name = `${count} ${count === 1 ? 'worker' : 'workers'} of one thread, over Redis`;
			cases.push([name, await withWorkers(folder, chapters, count)]);
		}
		const perHour = ({book, workers, redis, hours}: Measured) => (book + workers + redis) / hours;
		const cell = (value: number, {hours}: Measured) => (value / hours).toFixed(2);
		const rows = cases.map(([name, measured]) => [
			name,
			cell(measured.book, measured),
			cell(measured.workers, measured),
			cell(measured.redis, measured),
			perHour(measured).toFixed(2),
			ratio(perHour(measured), perHour(local)),
			name.startsWith('this') ? '' : '1.10x',
			seconds(measured.took),
			(measured.hours / (measured.took / 3_600_000)).toFixed(0),
		]);
		const head = [
			'CPU seconds per hour of audio',
			'book',
			'workers',
			'Redis',
			'all',
			'to local',
			'aim',
			'took',
		];
		const what = `Chapters ${chapters} of a novel (${local.hours.toFixed(2)} h of audio) to .mp3 in heart’s voice, all processes on this machine, starting them and loading the model included.`;
		return [what, table([...head, 'hours of audio per hour'], rows)].join('\n\n');
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}

async function withWorkers(folder: string, chapters: string, count: number): Promise<Measured> {
	const port = await freePort();
	const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder];
	const redis = spawn('redis-server', options, {stdio: ['ignore', 'pipe', 'inherit']});
	const url = `redis://127.0.0.1:${port}`;
	const started: ChildProcess[] = [redis];
	try {
		await saying(redis, 'Ready to accept');
		const workers = Array.from({length: count}, () =>
			spawn(process.execPath, [main, 'worker', '--redis', url, '--concurrency', '1'], {
				stdio: ['ignore', 'pipe', 'ignore'],
			}),
		);
		started.push(...workers);
		await Promise.all(workers.map(worker => saying(worker, 'Waiting')));
		const made = await makeBook(folder, `workers-${count}`, chapters, '--redis', url);
		const used = await Promise.all(workers.map(cpuOf));
		return {...made, workers: used.reduce((sum, cpu) => sum + cpu, 0), redis: await cpuOf(redis)};
	} finally {
		for (const child of started.toReversed()) {
			child.kill();
			if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
		}
	}
}

/** Bash tells what its children, and theirs, have used. */
async function makeBook(
	folder: string,
	name: string,
	chapters: string,
	...more: string[]
): Promise<Measured> {
	const output = join(folder, `${name}.mp3`);
	const args = [
		'book',
		novel,
		'-o',
		output,
		'--chapters',
		chapters,
		'--cache',
		join(folder, name),
		'--json',
		...more,
	];
	const script = '"$@" && times >&2';
	const begin = performance.now();
	const child = spawn('bash', ['-c', script, 'bash', process.execPath, main, ...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let [stdout, stderr] = ['', ''];
	child.stdout.on('data', chunk => {
		stdout = (stdout + chunk).slice(-10_000);
	});
	child.stderr.on('data', chunk => {
		stderr += chunk;
	});
	const [code] = await once(child, 'close');
	if (code !== 0) throw new Error(`the book ended with ${code}: ${stderr}`);
	const took = performance.now() - begin;
	const audio = Number(/"type":"done".*?"seconds":([\d.]+)/.exec(stdout)?.[1]);
	const [, user = '', system = ''] = /(\S+) (\S+)\s*$/.exec(stderr) ?? [];
	return {hours: audio / 3600, took, book: timeOf(user) + timeOf(system), workers: 0, redis: 0};
}

/** `1m2.345s` */
function timeOf(text: string): number {
	const [, minutes, rest] = /^(\d+)m([\d.]+)s$/.exec(text) ?? [];
	return Number(minutes) * 60 + Number(rest);
}

/** Seconds that a process has used (proc(5): utime and stime). */
async function cpuOf({pid}: ChildProcess): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticks;
}

async function saying({stdout}: ChildProcess, what: string): Promise<void> {
	if (!stdout) throw new Error('its standard output is a pipe');
	for (let told = ''; !told.includes(what); ) told += String(await once(stdout, 'data'));
}
