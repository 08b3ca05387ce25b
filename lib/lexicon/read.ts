import {readFile, stat} from 'node:fs/promises';
import {getSystemErrorMap} from 'node:util';
import {SpeechError} from '../errors.js';
import {entryProblem, type LexiconEntry} from './entries.js';
import type {LexiconProblem} from './pls.js';

/** In bytes: the largest lexicons of a language have some 10 MB. */
const largest = 64 * 2 ** 20;

/**
 * Reads a lexicon for the option `lexicon`: a W3C PLS 1.0 document (XML), or JSON, an object such as
 * `{"nginx": "engine x"}` or an array of `{grapheme, said, language}`. Throws `SpeechError`: FILE_FAILED; LEXICON_INVALID, which
 * names the file, the line and what is wrong there.
 */
export async function readLexicon(file: string): Promise<readonly LexiconEntry[]> {
	const text = await readText(file);
	try {
		// XML begins with "<", which JSON cannot.
		return /^\uFEFF?\s*</u.test(text)
			? (await import('./pls.js')).parsePls(text.replace(/^\uFEFF/u, ''))
			: parseJson(text);
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		const line = 'line' in error ? (error as LexiconProblem).line : undefined; // No other error here has one.
		const place = line === undefined ? file : `${file}:${line}`;
		throw new SpeechError('LEXICON_INVALID', `${place}: ${error.message}`, {cause: error});
	}
}

async function readText(file: string): Promise<string> {
	let bytes: Uint8Array;
	try {
		const {size} = await stat(file);
		if (size > largest) throw new Error(`it has ${size} bytes, more than a lexicon may (${largest})`);
		bytes = await readFile(file);
	} catch (cause) {
		throw new SpeechError('FILE_FAILED', `The lexicon ${file} cannot be read: ${reasonOf(cause)}.`, {cause});
	}
	try {
		return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch (cause) {
		throw new SpeechError('LEXICON_INVALID', `${file}: it is not UTF-8.`, {cause});
	}
}

/** What the file system said, in words: `no such file or directory`. */
function reasonOf(cause: unknown): string {
	const errno = cause instanceof Error && 'errno' in cause ? Number(cause.errno) : 0;
	return getSystemErrorMap().get(errno)?.[1] ?? (cause instanceof Error ? cause.message : String(cause));
}

function parseJson(text: string): LexiconEntry[] {
	const data = parsed(text);
	if (typeof data !== 'object' || data === null)
		throw new Error('it must be an object of words, such as {"nginx": "engine x"}, or a PLS document.');
	const entries: unknown[] = Array.isArray(data)
		? data
		: Object.entries(data).map(([grapheme, said]) => ({grapheme, said}));
	let from = 0;
	return entries.map(entry => {
		const {grapheme, said, language} = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<
			string,
			unknown
		>; // Of an object any property may be asked.
		const at = typeof grapheme === 'string' ? text.indexOf(JSON.stringify(grapheme), from) : -1;
		if (at >= 0) from = at;
		const problem =
			typeof grapheme === 'string'
				? (entryProblem(grapheme, said) ?? languageProblem(language))
				: 'each entry must be {"grapheme": ..., "said": ...}, both strings.';
		if (problem !== undefined) throw withLine(problem, text, from);
		return {grapheme, said, ...(language === undefined ? {} : {language})} as LexiconEntry; // All three were looked at.
	});
}

function languageProblem(language: unknown): string | undefined {
	if (language === undefined || typeof language === 'string') return undefined;
	return 'the language of an entry must be a BCP 47 tag.';
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
		throw withLine(`it is no JSON: ${message.replace(/ \(line.*/, '')}`, text, position);
	}
}

function withLine(message: string, text: string, position: number): Error {
	return Object.assign(new Error(message), {line: text.slice(0, position).split('\n').length});
}
