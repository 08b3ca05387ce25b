import test from 'ava';
import {SpeechError} from '../../lib/errors.js';
import {closeCodeOf, closeCodes} from '../../lib/wire/close-codes.js';
import {formatProblem, parseProblem, problemOf} from '../../lib/wire/error-codes.js';
import {readVoiceOptions, writeVoiceOptions} from '../../lib/wire/voice-options.js';

test('an error code survives the wire', t => {
	const problem = problemOf(new SpeechError('VOICE_UNKNOWN', 'There is no voice: x.'));
	t.deepEqual(parseProblem(formatProblem(problem)), {
		code: 'voice_unknown',
		explanation: 'There is no voice: x.',
	});
});

test('errors of servers that speak otherwise keep their words', t => {
	for (const error of ['out of credits', 'quota: none left', 'toString: no', ''])
		t.deepEqual(parseProblem(error), {code: undefined, explanation: error});
});

test('a server’s insides are not told', t => {
	const problem = problemOf(new SpeechError('DATA_MISSING', '/srv/voices/x is missing'));
	t.is(problem.code, 'engine_failed');
	t.false(problem.explanation.includes('/srv'));
	t.is(problemOf(new SpeechError('FILE_FAILED', '/srv/x')).code, 'internal');
});

test('close codes are told apart, and fit a close frame', t => {
	const all = Object.values(closeCodes);
	t.is(new Set(all.map(({code}) => code)).size, all.length);
	for (const known of all) {
		t.is(closeCodeOf(known.code), known);
		t.true(Buffer.byteLength(known.reason) <= 123);
	}
	t.is(closeCodeOf(1006), undefined);
});

test('factors become voice options and come back', t => {
	const factors = {speed: 1.5, volume: 0.5};
	t.deepEqual(readVoiceOptions(writeVoiceOptions(factors)), {factors});
	t.deepEqual(writeVoiceOptions({speed: 1, pitch: undefined}), []);
	t.deepEqual(readVoiceOptions([{optionId: 'Warmth', value: 'much'}]), {factors: {}});
	t.deepEqual(readVoiceOptions([{optionId: 'speed', value: '1.5'}]), {
		problem: 'voiceOptionValues: speed is "1.5"; it must be a number above 0',
	});
});
