import {randomBytes} from 'node:crypto';
import {link, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {SpeechError} from '../errors.js';
import {fileFailed} from '../sinks/file-errors.js';
import {describeOwner, isRunning, type Owner, readOwner, thisProcess} from './owner.js';

export interface Lock {
	/** Safe to call twice. */
	release(): Promise<void>;
}

/** Races with others that come and go are tried so often. */
const attempts = 20;

/**
 * Takes a lock file, which names its owner; a dead owner's is taken at once. `what` is what it guards, for the message.
 * Throws BOOK_LOCKED, which names who holds it, and FILE_FAILED.
 */
export async function takeLock(path: string, what: string): Promise<Lock> {
	const own = `${path}.${randomBytes(6).toString('hex')}`;
	try {
		// Linked from a whole file: nobody ever reads half a lock.
		await writeFile(own, JSON.stringify(thisProcess()), {flag: 'wx'});
		for (let attempt = 0; attempt < attempts; attempt++) {
			if (await isLinked(own, path)) return {release: () => rm(path, {force: true})};
			const holder = await ownerOf(path);
			if (holder === 'gone') continue;
			if (holder === 'unreadable' || isRunning(holder)) throw locked(what, path, holder);
			await bury(path, holder);
		}
		throw locked(what, path, 'unreadable');
	} catch (error) {
		throw fileFailed(what, error);
	} finally {
		await rm(own, {force: true}).catch(() => {});
	}
}

async function isLinked(own: string, path: string): Promise<boolean> {
	try {
		await link(own, path);
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		throw error;
	}
}

async function ownerOf(path: string): Promise<Owner | 'gone' | 'unreadable'> {
	try {
		return (await readOwner(JSON.parse(await readFile(path, 'utf8')))) ?? 'unreadable';
	} catch (error) {
		return codeOf(error) === 'ENOENT' ? 'gone' : 'unreadable';
	}
}

/** Takes a dead owner's lock away; if another took it meanwhile, that one's is put back. */
async function bury(path: string, dead: Owner): Promise<void> {
	const grave = `${path}.${randomBytes(6).toString('hex')}`;
	try {
		await rename(path, grave);
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return;
		throw error;
	}
	const buried = await ownerOf(grave);
	const isTheDead = typeof buried === 'object' && buried.pid === dead.pid && buried.start === dead.start;
	if (!isTheDead) await link(grave, path).catch(() => {});
	await rm(grave, {force: true});
}

function locked(what: string, path: string, holder: Owner | 'unreadable'): SpeechError {
	const who = holder === 'unreadable' ? 'somebody whom the lock does not name' : describeOwner(holder);
	return new SpeechError(
		'BOOK_LOCKED',
		`${what} is being made by ${who}: wait for it, or choose another output. If nobody makes it, remove ${path}.`,
	);
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}
