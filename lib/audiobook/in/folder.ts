import {readdir, readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {SpeechError} from '../../errors.js';
import type {Audit} from './audit.js';
import type {BookFiles} from './files.js';
import {limits} from './limits.js';
import {unreadable} from './unreadable.js';

const natural = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});

/** The files below a folder, in natural order (2 before 10), hidden ones left out. Links are not followed: they may lead out or round. */
export async function openFolder(folder: string, audit: Audit): Promise<BookFiles> {
	const paths = new Set<string>();
	await collect(folder, '', paths, audit);
	let total = 0;
	return {
		paths,
		async read(path) {
			const file = join(folder, path);
			try {
				const {size} = await stat(file);
				total += size;
				if (size > limits.fileBytes || total > limits.totalBytes) throw tooLarge(file, size);
				return await readFile(file);
			} catch (cause) {
				throw cause instanceof SpeechError ? cause : unreadable(file, cause);
			}
		},
		async close() {},
	};
}

async function collect(folder: string, below: string, paths: Set<string>, audit: Audit): Promise<void> {
	const entries = await readdir(join(folder, below), {withFileTypes: true}).catch(cause => {
		throw unreadable(join(folder, below), cause);
	});
	for (const entry of entries.sort((one, other) => natural.compare(one.name, other.name))) {
		const path = below === '' ? entry.name : `${below}/${entry.name}`;
		if (entry.name.startsWith('.')) continue;
		if (entry.isSymbolicLink()) audit.warn(`${path} is left out: links are not followed.`);
		else if (entry.isDirectory()) await collect(folder, path, paths, audit);
		else if (entry.isFile()) paths.add(path);
		if (paths.size > limits.files)
			throw new SpeechError(
				'BOOK_TOO_LARGE',
				`${folder} is no book: it holds more than ${limits.files} files.`,
			);
	}
}

export function tooLarge(file: string, size: number): SpeechError {
	return new SpeechError('BOOK_TOO_LARGE', `${file} is no book's size: it has ${size} bytes.`);
}
