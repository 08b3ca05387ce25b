import {Option} from 'commander';
import {type LexiconEntry, readLexicon} from '../index.js';

/** `--lexicon FILE`, which may be repeated: later files win over earlier ones. */
export function lexiconOption(): Option {
	return new Option(
		'--lexicon <file>',
		'how words are to be said: PLS or JSON, see docs/english.md (repeatable)',
	).argParser((file: string, others: readonly string[] = []) => [...others, file]);
}

/** The entries of all files. Throws FILE_FAILED and LEXICON_INVALID. */
export async function readLexicons(files: readonly string[] = []): Promise<readonly LexiconEntry[]> {
	return (await Promise.all(files.map(readLexicon))).flat();
}
