import {execFile, execFileSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {promisify} from 'node:util';
import type {ExecutionContext} from 'ava';
import {type AudioFormat, encoderFor, parseFormat} from '../../lib/audio/formats.js';
import {fromPcm} from '../../lib/audio/samples.js';
import {wavHeader} from '../../lib/audio/wav.js';
import {Readable} from '../../lib/streams.js';
import {findFfmpeg} from '../../lib/transcode/ffmpeg.js';

/** The ffmpegs that a test can run with: undefined where one is not installed. */
export const ffmpegs = {
	system: found({PATH: process.env['PATH']}, 'PATH'),
	bundled: found({}, '@ffmpeg-installer/ffmpeg'),
};

function found(environment: NodeJS.ProcessEnv, source: string): string | undefined {
	try {
		const ffmpeg = findFfmpeg(environment);
		return ffmpeg.source === source ? ffmpeg.path : undefined;
	} catch {
		return undefined;
	}
}

/** Seconds of a sweep from 100 Hz to 3 kHz, s16le: each moment differs from all others, so that a delay shows. */
export function sweep(seconds: number, sampleRate: number): Buffer {
	const samples = Math.round(seconds * sampleRate);
	const pcm = Buffer.alloc(samples * 2);
	for (let index = 0; index < samples; index++) {
		const time = index / sampleRate;
		const phase = 2 * Math.PI * (100 * time + (2900 / (2 * seconds)) * time * time);
		pcm.writeInt16LE(Math.round(8000 * Math.sin(phase)), index * 2);
	}
	return pcm;
}

/** A stream of s16le samples, encoded as `format`, that tells its format, as TTSTransform does. `chunk` in bytes. */
export function speechOf(
	pcm: Buffer,
	{
		sampleRate,
		format = 'pcm_s16le',
		chunk = 4800,
	}: {sampleRate: number; format?: AudioFormat; chunk?: number},
): Readable {
	const {container, encoding} = parseFormat(format);
	const header = container === 'wav' ? wavHeader({encoding, sampleRate}) : Buffer.alloc(0);
	const bytes = Buffer.concat([header, encoderFor(encoding)(pcm)]);
	const chunks = function* () {
		for (let offset = 0; offset < bytes.length; offset += chunk) yield bytes.subarray(offset, offset + chunk);
	};
	return Object.assign(Readable.from(chunks(), {objectMode: false}), {sampleRate, format});
}

/** Silence without end, as a stream that tells its format; `given` counts the bytes. */
export function endlessSpeech(sampleRate = 24_000): Readable & {given: number} {
	const stream = new Readable({
		read() {
			state.given += 4800;
			setImmediate(() => stream.push(Buffer.alloc(4800)));
		},
	});
	const state = Object.assign(stream, {sampleRate, format: 'pcm_s16le' as const, given: 0});
	return state;
}

/** What any ffmpeg makes of a file: s16le mono at a rate. */
export async function decode(file: string, sampleRate: number): Promise<Buffer> {
	const {stdout} = await promisify(execFile)(
		findFfmpeg().path,
		['-v', 'error', '-i', file, '-ac', '1', '-ar', String(sampleRate), '-f', 's16le', 'pipe:1'],
		{encoding: 'buffer', maxBuffer: 256 * 1024 * 1024},
	);
	return stdout;
}

/** By how many samples `late` follows `original` (s16le), looked for within `range`: where their first 10,000 correlate best. */
export function delay(original: Buffer, late: Buffer, range: number): number {
	const [one, two] = [original, late].map(pcm => fromPcm(pcm.subarray(0, 20_000 + range * 2)));
	let best = {lag: 0, sum: -Infinity};
	for (let lag = -range; lag <= range; lag++) {
		let sum = 0;
		for (let index = 0; index < 10_000; index += 3) sum += (one?.[index] ?? 0) * (two?.[index + lag] ?? 0);
		if (sum > best.sum) best = {lag, sum};
	}
	return best.lag;
}

/** The position that the last page of an Ogg file ends at, in samples of its codec. */
export function lastGranule(ogg: Buffer): number {
	return Number(ogg.readBigInt64LE(ogg.lastIndexOf('OggS', undefined, 'latin1') + 6));
}

/** Ids of the ffmpeg processes that this process started and that are not reaped yet. */
export function ffmpegChildren(): number[] {
	return processes()
		.filter(({parent, name}) => parent === process.pid && basename(name) === 'ffmpeg')
		.map(({pid}) => pid);
}

function processes(): Array<{pid: number; parent: number; name: string}> {
	// Slim Linux containers have no ps, macOS no /proc.
	const lines = existsSync('/proc/self/stat') ? procLines() : psLines();
	return lines.flatMap(line => {
		const [, pid, parent, name] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
		return name === undefined ? [] : [{pid: Number(pid), parent: Number(parent), name}];
	});
}

function psLines(): string[] {
	return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], {encoding: 'utf8'}).split('\n');
}

function procLines(): string[] {
	return readdirSync('/proc')
		.filter(name => /^\d+$/.test(name))
		.map(pid => {
			try {
				const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
				return stat.replace(/^(\d+) \((.*)\) \S (\d+) .*$/s, '$1 $3 $2');
			} catch {
				// It has gone meanwhile.
				return '';
			}
		});
}

/** A folder for one test, removed after it. */
export async function temporaryFolder(t: ExecutionContext): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'speechpipe test '));
	t.teardown(() => rm(folder, {recursive: true, force: true}));
	return folder;
}
