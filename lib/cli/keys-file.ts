import {readFileSync} from 'node:fs';
import {SpeechError} from '../index.js';
import {systemReason, UsageError} from './exit.js';

/**
 * The keys in a file: one a line; empty lines and those that begin with # are none. Throws `SpeechError` FILE_FAILED where it
 * cannot be read, UsageError where it holds no key.
 */
export function keysIn(file: string): string[] {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		throw new SpeechError('FILE_FAILED', `${file} cannot be read: ${systemReason(error)}`, {cause: error});
	}
	const lines = text.split('\n').map(line => line.trim());
	const keys = lines.filter(line => line !== '' && !line.startsWith('#'));
	if (keys.length === 0) throw new UsageError(`${file} holds no key.`);
	return keys;
}
