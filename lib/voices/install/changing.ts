import {mkdir} from 'node:fs/promises';
import {SpeechError} from '../../errors.js';
import {fileFailed} from '../../sinks/file-errors.js';
import {sweep} from './files.js';
import {lockFolder} from './lock.js';

/** Changes the data folder, which nobody else does meanwhile; what no voice needs afterwards is gone. */
export async function changing<T>(
	home: string,
	waiting: {readonly signal: AbortSignal | undefined; readonly onWait?: (pid: number) => void},
	change: (check: () => Promise<void>) => Promise<T>,
): Promise<T> {
	try {
		await makeHome(home);
		const lock = await lockFolder(home, waiting);
		try {
			return await change(() => lock.check());
		} finally {
			// What it leaves, the next one takes.
			await sweep(home).catch(() => {});
			await lock.release();
		}
	} catch (error) {
		if (!(error instanceof Error && 'syscall' in error)) throw error;
		throw fileFailed('path' in error ? String(error.path) : home, error);
	}
}

async function makeHome(home: string): Promise<void> {
	try {
		await mkdir(home, {recursive: true});
	} catch (cause) {
		const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
		if (code !== 'EEXIST' && code !== 'ENOTDIR') throw cause;
		throw new SpeechError(
			'FILE_FAILED',
			`${home}, where voices are kept, is no folder: a file is in its way. Remove that, or name another folder (SPEECHPIPE_HOME).`,
			{cause},
		);
	}
}
