import {readFileSync} from 'node:fs';
import test from 'ava';
import {abortError, errorCodes, isAbort, SpeechError} from '../lib/errors.js';

test('every code is documented, and every documented code exists', t => {
	const page = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');
	const documented = [...page.matchAll(/^\| `([A-Z_0-9]+)` \|/gm)].map(([, code]) => code);
	t.deepEqual(documented.toSorted(), Object.keys(errorCodes).toSorted());
});

test('a SpeechError has a code, a message and its cause', t => {
	const cause = new Error('underneath');
	const error = new SpeechError('CLOSED', 'It was closed.', {cause});
	t.true(error instanceof Error);
	t.like(error, {name: 'SpeechError', code: 'CLOSED', message: 'It was closed.', cause});
});

test('aborts are known, however they are spelled', t => {
	t.true(isAbort(abortError('stopped')));
	t.true(isAbort(AbortSignal.abort().reason));
	t.false(isAbort(new SpeechError('CLOSED', 'no abort')));
	t.false(isAbort('AbortError'));
});
