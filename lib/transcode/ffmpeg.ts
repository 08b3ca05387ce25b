import {accessSync, chmodSync, constants, statSync} from 'node:fs';
import {createRequire} from 'node:module';
import {delimiter, join} from 'node:path';
import {SpeechError} from '../errors.js';

/** Where ffmpeg was found. */
export interface FoundFfmpeg {
	/** Of the executable. */
	readonly path: string;
	/** The variable FFMPEG_PATH, a folder of PATH, or the static binary of `@ffmpeg-installer/ffmpeg`. */
	readonly source: 'FFMPEG_PATH' | 'PATH' | '@ffmpeg-installer/ffmpeg';
}

const executableName = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';

/**
 * Finds ffmpeg: what `FFMPEG_PATH` names, else the first in `PATH`, else the static binary that the optional package
 * `@ffmpeg-installer/ffmpeg` brings along. Throws FFMPEG_MISSING, which says how to get one; also where
 * FFMPEG_PATH names none, since another one than asked for would be a surprise.
 */
export function findFfmpeg(environment: NodeJS.ProcessEnv = process.env): FoundFfmpeg {
	const {FFMPEG_PATH: named, PATH: folders = ''} = environment;
	if (named) return {path: checkNamed(named), source: 'FFMPEG_PATH'};
	const inPath = folders
		.split(delimiter)
		.filter(folder => folder !== '')
		.map(folder => join(folder, executableName))
		.find(isExecutable);
	if (inPath) return {path: inPath, source: 'PATH'};
	return {path: makeExecutable(bundledPath()), source: '@ffmpeg-installer/ffmpeg'};
}

/** Gives the path back once it can be run: a copied or archived `node_modules` may have lost the permission. Throws FFMPEG_MISSING. */
export function makeExecutable(path: string): string {
	if (isExecutable(path)) return path;
	try {
		chmodSync(path, 0o755);
		return path;
	} catch (cause) {
		throw missing(`${path} is there but may not be run; give it the permission (chmod +x)`, cause);
	}
}

function checkNamed(path: string): string {
	if (isExecutable(path)) return path;
	throw missing(
		`FFMPEG_PATH is ${JSON.stringify(path)}, which is not an executable file; correct or unset it`,
	);
}

function bundledPath(): string {
	try {
		// A package of CommonJS, optional: it throws where it or its binary for this platform is not installed.
		const bundled: {path: string} = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg');
		return bundled.path;
	} catch (cause) {
		throw missing(
			'no ffmpeg was found; install it (apt install ffmpeg, brew install ffmpeg, winget install ffmpeg), set FFMPEG_PATH, or run "npm install @ffmpeg-installer/ffmpeg"',
			cause,
		);
	}
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}

function missing(what: string, cause?: unknown): SpeechError {
	return new SpeechError('FFMPEG_MISSING', `${what[0]?.toUpperCase()}${what.slice(1)}.`, {cause});
}
