import {execFile, execFileSync} from 'node:child_process';
import {createRequire} from 'node:module';

/** An ffmpeg to compare with: the static package's or PATH's; undefined where there is none. */
export const ffmpegPath: string | undefined = [packaged(), 'ffmpeg'].find(
	path => path !== undefined && runs(path),
);

function packaged(): string | undefined {
	try {
		const installer: {path: string} = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg');
		return installer.path;
	} catch {
		return undefined;
	}
}

function runs(path: string): boolean {
	try {
		execFileSync(path, ['-version'], {stdio: 'ignore'});
		return true;
	} catch {
		return false;
	}
}

/** Runs ffmpeg on `input` from its standard input; gives what it wrote to its outputs, whatever its exit status. */
export function ffmpeg(
	args: readonly string[],
	input: Buffer = Buffer.alloc(0),
): Promise<{stdout: Buffer; stderr: string}> {
	return new Promise(resolve => {
		const options = {encoding: 'buffer', maxBuffer: 64 * 1024 * 1024} as const;
		const child = execFile(
			ffmpegPath ?? 'ffmpeg',
			['-hide_banner', ...args],
			options,
			(_, stdout, stderr) => {
				resolve({stdout, stderr: stderr.toString()});
			},
		);
		child.stdin?.on('error', () => {}); // It may end before it has read all: what it says tells more.
		child.stdin?.end(input);
	});
}
