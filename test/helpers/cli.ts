import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';

/** CI runs the command as it is built: it starts three times as quickly, and is what users run. Its lines are not counted then. */
export const isBuilt = process.env['SPEECHPIPE_TEST_BUILT'] === 'true';

/** What a script needs to run in TypeScript, in any folder: nothing where this file is compiled, and the script beside it. */
export const loaders: readonly string[] = import.meta.url.endsWith('.ts')
	? [import.meta.resolve('tsx'), new URL('./tsx-in-workers.mjs', import.meta.url).href].map(
			loader => `--import=${loader}`,
		)
	: [];

/** How the command line runs, in any folder: from its source, unless the environment says otherwise. */
export const speechpipe: readonly string[] = isBuilt
	? [process.execPath, fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))]
	: [process.execPath, ...loaders, fileURLToPath(new URL('../../lib/cli/main.js', import.meta.url))];

/** What the environment is for a command: nobody counts the lines of what was built. */
export const environment = isBuilt ? {...process.env, NODE_V8_COVERAGE: undefined} : process.env;

export interface Outcome {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: Buffer;
	readonly stderr: string;
}

export interface CliOptions {
	/** The folder it runs in. */
	readonly cwd?: string;
	/** Variables to set; undefined unsets. */
	readonly env?: NodeJS.ProcessEnv;
	/** Text on stdin, which then ends; `open` keeps it open and silent; by default it is empty. */
	readonly input?: string | Uint8Array | 'open';
}

export interface RunningCli {
	readonly child: ChildProcess;
	/** Waits until so many bytes came on stdout; throws if it ends before. */
	readonly heard: (bytes: number) => Promise<void>;
	readonly ended: Promise<Outcome>;
}

/** Starts `speechpipe ARGS`; ended with the test if it has not ended by itself. */
export function startCli(t: ExecutionContext, args: readonly string[], options: CliOptions = {}): RunningCli {
	return start(t, [...speechpipe, ...args], options);
}

/** Runs `speechpipe ARGS` to its end. */
export function runCli(
	t: ExecutionContext,
	args: readonly string[],
	options: CliOptions = {},
): Promise<Outcome> {
	return startCli(t, args, options).ended;
}

/** Runs a line of bash, in which `speechpipe` is the command. */
export function runShell(t: ExecutionContext, line: string, options: CliOptions = {}): Promise<Outcome> {
	const script = `command=("$@")\nspeechpipe() { "\${command[@]}" "$@"; }\n${line}`;
	return start(t, ['bash', '-c', script, 'bash', ...speechpipe], options).ended;
}

/** Runs `speechpipe ARGS` with stdin, stdout and stderr on a terminal of 80 columns; what it shows comes as stdout. */
export function runInTerminal(
	t: ExecutionContext,
	args: readonly string[],
	options: CliOptions = {},
): Promise<Outcome> {
	const quoted = [...speechpipe, ...args].map(argument => `'${argument.replaceAll("'", "'\\''")}'`);
	const line = `stty cols 80; ${quoted.join(' ')}`;
	return start(t, ['script', '--quiet', '--flush', '--return', '--command', line, '/dev/null'], options)
		.ended;
}

/** Whether util-linux's `script` is there, which makes a terminal. */
export const hasTerminal = ((): boolean => {
	try {
		return execFileSync('script', ['--version'], {encoding: 'utf8'}).includes('util-linux');
	} catch {
		return false;
	}
})();

/** The ids of the processes that a process has started, by name, and that still run. */
export function childrenOf(parent: number | undefined, name: string): number[] {
	return readdirSync('/proc')
		.filter(pid => /^\d+$/.test(pid))
		.filter(pid => {
			try {
				const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
				const [, comm, , ppid] = /^\d+ \((.*)\) (\S) (\d+)/.exec(stat) ?? [];
				return comm === name && ppid === String(parent);
			} catch {
				return false;
			}
		})
		.map(Number);
}

function start(t: ExecutionContext, command: readonly string[], options: CliOptions): RunningCli {
	const {cwd, env, input = ''} = options;
	const [file = '', ...args] = command;
	const child = spawn(file, args, {cwd, env: {...environment, ...env}, stdio: 'pipe'});
	t.teardown(() => child.kill('SIGKILL'));
	const gone = new AbortController();
	const stdout: Buffer[] = [];
	const stderr: Buffer[] = [];
	child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
	// A command that reads no stdin closes it.
	child.stdin.on('error', () => {});
	if (input !== 'open') child.stdin.end(input);
	const ended = new Promise<Outcome>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => {
			gone.abort(new Error('it ended before'));
			resolve({code, signal, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString()});
		});
	});
	const heard = async (bytes: number) => {
		while (stdout.reduce((sum, chunk) => sum + chunk.length, 0) < bytes) {
			await once(child.stdout, 'data', {signal: gone.signal});
		}
	};
	return {child, heard, ended};
}
