import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {Socket} from 'node:net';
import type {Readable, Writable} from 'node:stream';
import {SpeechError} from '../errors.js';

/** An ffmpeg that is ours: nobody else starts, feeds, reads or ends it. */
export interface FfmpegProcess {
	readonly pid: number;
	/** Errors when ffmpeg is gone; `ended` tells why. */
	readonly stdin: Writable;
	/** Null where the output goes to a file. */
	readonly stdout: Readable | null;
	/** Settles once the process is reaped and its output read: resolves for status 0, else rejects with FFMPEG_FAILED. */
	readonly ended: Promise<void>;
	/** Ends it at once, whatever it does; resolves when it is reaped and its pipes are closed. */
	kill(): Promise<void>;
	/** Whether it and its pipes keep this process alive, as they do at first. */
	holdProcess(holds: boolean): void;
}

let running = 0;

/** ffmpeg processes of this process that are not reaped yet: those that encode and those that wait in a pool. */
export function ffmpegProcesses(): number {
	return running;
}

/** Characters of stderr that are kept, and how many of its last lines stand in an error. */
const stderrKept = 8192;
const linesShown = 6;

/** Starts ffmpeg. Throws FFMPEG_FAILED where the system can't. */
export async function startFfmpeg(
	path: string,
	args: readonly string[],
	{stdout: wantsStdout}: {readonly stdout: boolean},
): Promise<FfmpegProcess> {
	const child = spawnChild(path, args, wantsStdout);
	const {pid, stdin, stdout, stderr} = child;
	if (pid === undefined || !stdin || !stderr) {
		const [cause] = await once(child, 'error');
		throw new SpeechError('FFMPEG_FAILED', `${path} could not be started: ${cause.message}.`, {cause});
	}
	const said = tail(stderr);
	// A process that dies breaks its pipes; how it ended is the better error, and `ended` has it.
	stdin.on('error', () => {});
	running++;
	const closed = new Promise<void>(resolve => {
		child.once('close', () => {
			running--;
			resolve();
		});
	});
	const ended = closed.then(() => {
		if (child.exitCode !== 0) throw failure(child, said());
	});
	ended.catch(() => {});
	const kill = () => {
		child.kill('SIGKILL');
		// A wrapper script's child may hold the other ends: without ours it gets no input and can't hold us up.
		for (const pipe of [stdin, stdout, stderr]) pipe?.destroy();
		return closed;
	};
	const holdProcess = (holds: boolean) => {
		for (const part of [child, stdin, stdout, stderr]) {
			if (part === child || part instanceof Socket) holds ? part.ref() : part.unref();
		}
	};
	return {pid, stdin, stdout, ended, kill, holdProcess};
}

function spawnChild(path: string, args: readonly string[], wantsStdout: boolean): ChildProcess {
	try {
		return spawn(path, args, {stdio: ['pipe', wantsStdout ? 'pipe' : 'ignore', 'pipe'], windowsHide: true});
	} catch (cause) {
		throw new SpeechError('FFMPEG_FAILED', `${path} could not be started: ${String(cause)}.`, {cause});
	}
}

/** Reads a stream to its end, whatever comes; gives what it said last. */
function tail(stream: Readable): () => string {
	let text = '';
	stream.setEncoding('utf8').on('data', (more: string) => {
		text = (text + more).slice(-stderrKept);
	});
	return () =>
		text
			.trim()
			.split(/[\r\n]+/)
			.slice(-linesShown)
			.join('\n');
}

function failure({exitCode, signalCode}: ChildProcess, said: string): SpeechError {
	const how = signalCode ? `was killed by ${signalCode}` : `ended with status ${exitCode}`;
	return new SpeechError('FFMPEG_FAILED', said ? `ffmpeg ${how}: ${said}` : `ffmpeg ${how}.`);
}
