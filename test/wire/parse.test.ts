import test from 'ava';
import {parseInput, parseOutput} from '../../lib/wire/parse.js';

const wrong = (text: string) => {
	const parsed = parseInput(text);
	return parsed.ok ? undefined : parsed;
};

test('a message of all fields is read as it is', t => {
	const message = {
		generationId: 'g',
		contextId: 'c',
		items: 'i',
		description: 'd',
		voiceId: 'heart',
		text: 'Hello.',
		finalText: false,
		cancel: false,
		sampleRate: 24_000,
		addWordTimestamps: true,
		voiceOptionValues: [{optionId: 'speed', value: 1.2}],
		positions: true,
		firstUtterance: 5,
	};
	t.deepEqual(parseInput(JSON.stringify(message)), {ok: true, message});
});

test('empty ids and voices are as good as absent, empty text is not', t => {
	const parsed = parseInput('{"generationId": "", "contextId": "", "voiceId": "", "text": ""}');
	t.deepEqual(parsed, {ok: true, message: {text: ''}});
});

test('unknown fields are ignored, __proto__ among them', t => {
	const parsed = parseInput(
		'{"generationId": "g", "model": 7, "__proto__": {"voiceId": "x", "cancel": true}}',
	);
	t.true(parsed.ok);
	if (!parsed.ok) return;
	t.is(parsed.message.voiceId, undefined);
	t.is(parsed.message.cancel, undefined);
	t.is(({} as {voiceId?: string}).voiceId, undefined);
});

for (const [text, what] of [
	['{', 'it is not JSON'],
	['', 'it is not JSON'],
	['[]', 'it is an array'],
	['null', 'it is null'],
	['"text"', 'it is a string'],
	['5', 'it is a number'],
] as const) {
	test(`undecodable: ${text || 'nothing'}`, t => {
		const parsed = wrong(text);
		t.like(parsed, {undecodable: true, generationId: undefined});
		t.true(parsed?.problem.explanation.includes(what), parsed?.problem.explanation);
	});
}

for (const [field, value, explanation] of [
	['generationId', 5, 'generationId is 5; it must be a string'],
	['contextId', {}, 'contextId is {}; it must be a string'],
	['items', [], 'items is []; it must be a string'],
	['description', 1, 'description is 1; it must be a string'],
	['voiceId', true, 'voiceId is true; it must be a string'],
	['text', ['Hello.'], 'text is ["Hello."]; it must be a string'],
	['text', null, 'text is null; it must be a string'],
	['finalText', 'true', 'finalText is "true"; it must be a boolean'],
	['cancel', 0, 'cancel is 0; it must be a boolean'],
	['sampleRate', 7999, 'sampleRate is 7999; it must be >= 8000'],
	['sampleRate', 48_001, 'sampleRate is 48001; it must be <= 48000'],
	['sampleRate', 24_000.5, 'sampleRate is 24000.5; it must be an integer'],
	['sampleRate', '24000', 'sampleRate is "24000"; it must be an integer'],
	['addWordTimestamps', 'yes', 'addWordTimestamps is "yes"; it must be a boolean'],
	['voiceOptionValues', {}, 'voiceOptionValues is {}; it must be an array'],
	['voiceOptionValues', [{optionId: 1, value: 1}], 'voiceOptionValues.0.optionId is 1; it must be a string'],
	['voiceOptionValues', [{optionId: 'speed'}], 'voiceOptionValues.0.value is missing'],
	[
		'voiceOptionValues',
		[{optionId: 'speed', value: null}],
		'voiceOptionValues.0.value is null; it must be a number or be a string or be a boolean',
	],
	['positions', 1, 'positions is 1; it must be a boolean'],
	['firstUtterance', 0, 'firstUtterance is 0; it must be >= 1'],
	[
		'generationId',
		'x'.repeat(200),
		'generationId is "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…; it must not have more than 128 characters',
	],
	['contextId', '\u{1F600}'.repeat(100), 'contextId is 200 characters long; it must be at most 128'],
] as const) {
	test(`wrong: ${field} ${JSON.stringify(value).slice(0, 40)}`, t => {
		const parsed = wrong(JSON.stringify({generationId: 'g', [field]: value}));
		t.like(parsed, {undecodable: false, generationId: field === 'generationId' ? undefined : 'g'});
		t.deepEqual(parsed?.problem, {code: 'invalid_message', explanation});
	});
}

test('a wrong message still tells whether it ends its text', t => {
	t.like(wrong('{"generationId": "g", "text": 5, "finalText": true}'), {ends: true});
	t.like(wrong('{"generationId": "g", "text": 5, "cancel": true}'), {ends: true});
	t.like(wrong('{"generationId": "g", "text": 5, "finalText": "true"}'), {ends: false});
});

test('what servers send is read', t => {
	for (const message of [
		{type: 'chunk', generationId: 'g', audio: 'AAA='},
		{type: 'timestamp', generationId: 'g', wordTimestamps: [{word: 'Hi', startTime: 0, endTime: 0.2}]},
		{
			type: 'timestamp',
			generationId: 'g',
			wordTimestamps: [],
			utterance: {textStart: 0, textEnd: 2, startSample: 0, endSample: 100},
		},
		{type: 'finished', generationId: 'g'},
		{type: 'error', generationId: 'g', error: 'voice_unknown: x'},
	] as const) {
		t.deepEqual(parseOutput(JSON.stringify(message)), {ok: true, message});
	}
});

test('words are taken from timestamps too, and an error needs no id', t => {
	const words = [{word: 'Hi', startTime: 0, endTime: 0.2}];
	t.like(parseOutput(JSON.stringify({type: 'timestamp', generationId: 'g', timestamps: words})), {
		ok: true,
		message: {wordTimestamps: words},
	});
	t.like(parseOutput('{"type": "error", "error": "broken"}'), {
		ok: true,
		message: {generationId: '', error: 'broken'},
	});
});

test('unknown types and wrong messages are told apart', t => {
	t.like(parseOutput('{"type": "progress"}'), {ok: false, unknown: true});
	t.like(parseOutput('{"type": "__proto__"}'), {ok: false, unknown: true});
	for (const text of [
		'{',
		'[]',
		'{}',
		'{"type": 5}',
		'{"type": "chunk", "generationId": "g"}',
		'{"type": "timestamp", "generationId": "g", "wordTimestamps": [{"word": "Hi"}]}',
	])
		t.like(parseOutput(text), {ok: false, unknown: false}, text);
});
