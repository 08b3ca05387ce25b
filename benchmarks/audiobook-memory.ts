import {fork} from 'node:child_process';
import {once} from 'node:events';
import {childResident, mostResident, residentOf, withFolder} from './book/novel.js';
import {build} from './built.js';
import {mib, seconds, table} from './measure.js';

export interface MemoryRun {
	readonly what: string;
	readonly voiceId: string;
	readonly hours: number;
	readonly aim?: string;
	readonly environment?: Readonly<Record<string, string>>;
}

/** What docs/audiobooks.md names. */
const littleMemory = {
	NODE_OPTIONS: '--max-semi-space-size=1',
	MALLOC_ARENA_MAX: '1',
	MALLOC_TRIM_THRESHOLD_: '1048576',
};

const runs: readonly MemoryRun[] = [
	{what: 'a buzz at 8 kHz instead of a voice', voiceId: 'plain', hours: 24.5, aim: '300 MiB'},
	{what: 'eSpeak NG, 2 workers', voiceId: 'espeak:en-gb', hours: 1},
	{what: 'heart, 2 workers', voiceId: 'heart', hours: 0.5},
	{
		what: 'heart, 2 workers, in little memory',
		voiceId: 'heart',
		hours: 0.5,
		aim: '300 MiB',
		environment: littleMemory,
	},
];

/** ms between two looks. */
const look = 500;

/** The memory that a book takes, however long it is: of the process with its workers, and of ffmpeg. */
export default async function audiobookMemory(measured: readonly MemoryRun[] = runs): Promise<string> {
	await build();
	const rows: string[][] = [];
	for (const {what, aim = '', ...run} of measured) {
		const found = await withFolder(folder => bookOf(folder, run));
		rows.push([
			what,
			`${(found.seconds / 3600).toFixed(2)} h`,
			seconds(found.ms),
			mib(found.quarter),
			mib(found.end),
			mib(found.most),
			mib(found.ffmpeg),
			aim,
		]);
	}
	const head = [
		'To M4B, with captions',
		'audio',
		'made in',
		'resident at a quarter',
		'at the end',
		'most',
		'ffmpeg, most',
		'aim',
	];
	return table(head, rows);
}

async function bookOf(
	folder: string,
	{voiceId, hours, environment = {}}: Pick<MemoryRun, 'voiceId' | 'hours' | 'environment'>,
) {
	const started = performance.now();
	const child = fork(new URL('./book/long-book.mjs', import.meta.url), [folder, voiceId, String(hours)], {
		execArgv: [],
		env: {...process.env, ...environment},
	});
	const {pid = 0} = child;
	let [part, quarter, end, ffmpeg, length, most] = [0, 0, 0, 0, 0, 0];
	child.on('message', (message: {part?: number; seconds?: number}) => {
		part = message.part ?? part;
		if (part >= 0.25) quarter ||= residentOf(pid);
		length = message.seconds ?? length;
	});
	const timer = setInterval(() => {
		end = residentOf(pid) || end;
		most = Math.max(most, mostResident(pid));
		ffmpeg = Math.max(ffmpeg, childResident(pid, 'ffmpeg'));
	}, look);
	const [code] = await once(child, 'exit');
	clearInterval(timer);
	if (code !== 0) throw new Error(`the long book ended with ${code}: see above`);
	return {seconds: length, ms: performance.now() - started, quarter, end, ffmpeg, most};
}
