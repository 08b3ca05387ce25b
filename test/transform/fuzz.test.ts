import assert from 'node:assert/strict';
import test from 'ava';
import fc from 'fast-check';
import {SpeechError} from '../../lib/errors.js';
import {TTSTransform} from '../../lib/transform/tts-transform.js';
import {ToneSynthesizer} from '../helpers/tone.js';
import {Conversation} from './conversation.js';

const pieces = [
	'Hello ',
	'world. ',
	'a',
	' ',
	'\n\n',
	'One, two. ',
	'This is a longer piece of text, with a clause. ',
	'日本 ',
	'...',
	'😀',
	'é',
	'1,000',
];
const text = fc.array(fc.constantFrom(...pieces), {minLength: 1, maxLength: 12}).map(some => some.join(''));
const step = fc.oneof(
	{weight: 8, arbitrary: fc.record({do: fc.constant('write'), text, asBytes: fc.boolean()})},
	{weight: 8, arbitrary: fc.record({do: fc.constant('read'), bytes: fc.nat(9000)})},
	{weight: 6, arbitrary: fc.record({do: fc.constant('wait'), turns: fc.constantFrom(0, 1, 2, 3, 40)})},
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant('interrupt'),
			played: fc.option(fc.nat(20_000), {nil: undefined}),
			within: fc.constantFrom('now', 'word', 'data', 'utterance'),
		}),
	},
	{weight: 2, arbitrary: fc.constant({do: 'flush'} as const)},
	{weight: 1, arbitrary: fc.constant({do: 'end'} as const)},
);
const options = fc.record({
	format: fc.constantFrom('pcm_s16le', 'wav'),
	readableHighWaterMark: fc.constantFrom(1, 100, 3000, 32_768),
	writableHighWaterMark: fc.constantFrom(1, 20, 16_384),
	deadline: fc.constantFrom(0, Infinity),
	firstUtterance: fc.constantFrom(undefined, 5),
	pauses: fc.constantFrom({clause: 0, sentence: 0, paragraph: 0}, {clause: 1, sentence: 3, paragraph: 7}),
});
type Options = typeof options extends fc.Arbitrary<infer T> ? T : never;
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function loopTurns(count: number): Promise<void> {
	for (let turn = 0; turn < count; turn++) await new Promise(resolve => setImmediate(resolve));
}

/** Has the conversation take the steps on a stream, reads what is left, and checks all of it. */
async function converse(steps: readonly Step[], flowing: boolean, settings: Options): Promise<void> {
	const stream = new TTSTransform({synthesizer: new ToneSynthesizer(), ...settings});
	const conversation = new Conversation(stream);
	let failure: Error | undefined;
	stream.on('error', error => {
		failure = error;
	});
	// The two ways of reading that Node knows.
	if (flowing) stream.on('data', (chunk: Buffer) => conversation.take(chunk)).pause();
	else stream.on('readable', () => {});
	const read = async (bytes: number) => {
		if (!flowing) return conversation.take(stream.read(bytes === 0 ? undefined : bytes));
		stream.resume();
		await loopTurns(1 + (bytes % 3));
		stream.pause();
	};
	for (const step of steps) {
		if (step.do === 'write') conversation.write(step.text, step.asBytes);
		else if (step.do === 'read') await read(step.bytes);
		else if (step.do === 'wait') await loopTurns(step.turns);
		else if (step.do === 'flush') stream.flush();
		else if (step.do === 'end') stream.end();
		else if (step.within === 'now' || !flowing) conversation.interrupt(step.played);
		else stream.once(step.within, () => conversation.interrupt(step.played));
	}
	stream.end();
	for (let turn = 0; !stream.readableEnded && failure === undefined; turn++) {
		assert(turn < 10_000, 'it ends');
		await read(0);
		await loopTurns(1);
	}
	const nothingSpoken = failure instanceof SpeechError && failure.code === 'TEXT_NOT_SPEAKABLE';
	if (nothingSpoken && !conversation.heard) return;
	if (failure) throw failure;
	await conversation.check();
}

test('whatever is written, read and interrupted: nothing is spoken twice, nothing is lost, every position is right', async t => {
	const conversations = fc.asyncProperty(fc.array(step, {maxLength: 25}), fc.boolean(), options, converse);
	await t.notThrowsAsync(fc.assert(conversations, {numRuns: 600}));
});
