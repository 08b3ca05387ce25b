import test from 'ava';
import fc from 'fast-check';
import {SpeechError} from '../../lib/errors.js';
import {remote, speakAll} from '../helpers/remote.js';
import {type ScriptedSocket, scriptedServer} from '../helpers/scripted-server.js';

const place = fc.integer({min: -1, max: 12});
const seconds = fc.oneof(fc.double({min: 0, max: 3, noNaN: true}), fc.constantFrom(-1, 1e300));
const word = fc.record({
	word: fc.constantFrom('One', 'two', '', 'nowhere'),
	startTime: seconds,
	endTime: seconds,
});

/** What a server may say to a generation: right, nearly right, or nonsense. */
const saying = fc.oneof(
	fc.record({
		type: fc.constant('chunk'),
		audio: fc.oneof(
			fc.integer({min: 0, max: 900}).map(bytes => Buffer.alloc(bytes, 1).toString('base64')),
			fc.string(),
		),
	}),
	fc.record(
		{
			type: fc.constant('timestamp'),
			wordTimestamps: fc.array(word, {maxLength: 3}),
			utterance: fc.record(
				{
					textStart: place,
					textEnd: place,
					startSample: fc.nat(900),
					endSample: fc.nat(900),
					unspoken: fc.string(),
				},
				{requiredKeys: ['textStart', 'textEnd', 'startSample']},
			),
		},
		{requiredKeys: ['type', 'wordTimestamps']},
	),
	fc.record({
		type: fc.constant('error'),
		error: fc.constantFrom('overloaded: x', 'draining: x', 'internal: x', ''),
	}),
	fc.record({type: fc.constantFrom('finished', 'weather', '__proto__')}),
	fc.constantFrom('terminate', 'nameless', 'stranger'),
	fc.json({maxDepth: 1}),
);

type Saying = string | {type: string};

function say(said: Saying, generationId: string, socket: ScriptedSocket): void {
	if (said === 'terminate') socket.terminate();
	else if (said === 'nameless') socket.send({type: 'error', error: 'nobody knows'});
	else if (said === 'stranger') socket.send({type: 'finished', generationId: 'stranger'});
	else socket.send(typeof said === 'string' ? said : {...said, generationId});
}

test('whatever a server says, each speech ends: in full, or with a SpeechError', async t => {
	let script: Saying[] = [];
	const server = await scriptedServer(t, {
		onMessage({generationId, finalText}, socket) {
			if (finalText) for (const said of script.splice(0)) say(said, generationId, socket);
		},
	});
	const property = fc.asyncProperty(fc.array(saying, {maxLength: 8}), async sayings => {
		script = [...sayings];
		const synthesizer = remote(t, {url: server.url, silence: 30, reconnect: {delay: 1, attempts: 2}});
		try {
			const {ranges} = await speakAll(synthesizer, 'One two.');
			t.is(
				ranges.reduce((end, range) => (range.textStart === end ? range.textEnd : -1), 0),
				8,
			);
		} catch (error) {
			if (!(error instanceof SpeechError)) throw error;
		} finally {
			await synthesizer.close();
		}
	});
	await fc.assert(property, {numRuns: 200, interruptAfterTimeLimit: 30_000});
	t.pass();
});
