import test from 'ava';
import fc from 'fast-check';
import {Admission} from '../../../lib/server/admission.js';
import {checkLimits} from '../../../lib/server/limits.js';
import {silentLog} from '../../../lib/server/log.js';
import {Metrics} from '../../../lib/server/metrics.js';
import type {KeyUsage} from '../../../lib/server/usage.js';
import {Session} from '../../../lib/server/websocket/session.js';
import type {OutputMessage} from '../../../lib/wire/messages.js';
import {validateOutput} from '../../helpers/asyncapi.js';
import {spelled, ToneSynthesizer} from '../../helpers/tone.js';

/*
 * Thousands of messages, most of them nearly right, against sessions that share a synthesizer, a key and small limits.
 * Text for an id is spelled in a letter of its own and its socket's, so that audio tells where it belongs.
 */
const ids = ['a', 'b', 'c', 'd', 'e'];
const messagesPerRun = 250;
const runs = 400;
const limits = checkLimits({
	maxGenerationsPerSocket: 3,
	maxGenerationsPerKey: 5,
	maxCharactersPerSocket: 400,
	maxCharactersPerKey: 600,
	maxContextsPerSocket: 2,
});

const metrics = new Metrics(new ToneSynthesizer());

const rarely = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<unknown>) =>
	fc.oneof({weight: 30, arbitrary: usual}, {weight: 1, arbitrary: odd});
const junk = fc.oneof(fc.jsonValue(), fc.constant(null), fc.string());
const object = fc.record(
	{
		generationId: rarely(fc.constantFrom(...ids), fc.oneof(junk, fc.constant('x'.repeat(200)))),
		contextId: rarely(fc.constantFrom('', 'x', 'y', 'z'), junk),
		voiceId: rarely(fc.constantFrom('tone', 'tone', 'tone', 'tone', '', 'other'), junk),
		text: rarely(fc.constantFrom('', ' ', '#', '##.', '# # ', '###! ', '# #, #. '), junk),
		finalText: rarely(fc.constantFrom(false, false, true), junk),
		cancel: rarely(fc.constantFrom(false, false, false, false, true), junk),
		sampleRate: rarely(fc.constantFrom(8000, 16_000), fc.constantFrom(7999, 48_001, 24_000.5, '24000')),
		addWordTimestamps: rarely(fc.boolean(), junk),
		positions: rarely(fc.boolean(), junk),
		firstUtterance: rarely(fc.integer({min: 1, max: 9}), junk),
		voiceOptionValues: rarely(fc.constant([{optionId: 'speed', value: 1}]), junk),
		unknown: junk,
	},
	{requiredKeys: ['generationId', 'voiceId', 'text']},
);
const step = fc.record({
	session: fc.nat(1),
	message: fc.oneof(
		{weight: 60, arbitrary: object},
		{weight: 2, arbitrary: fc.constantFrom({contextId: 'x', cancel: true}, {contextId: 'y', cancel: true})},
		{weight: 1, arbitrary: fc.constantFrom('{', '[]', '', '{"__proto__": {"generationId": "a"}}')},
	),
	pause: fc.constantFrom(0, 0, 0, 1, 3),
});

/** One socket in memory, and what its client knows. */
class Peer {
	readonly session: Session;
	readonly letterOf = new Map<string, string>();
	readonly wrong: string[] = [];
	readonly counts: Record<string, number> = {};
	readonly #may = new Set<string>();
	closed = false;

	constructor(number: number, shared: {admission: Admission; usage: KeyUsage; synthesizer: ToneSynthesizer}) {
		for (const [index, id] of ids.entries())
			this.letterOf.set(id, String.fromCharCode(65 + number * ids.length + index));
		const socket = {
			send: async (text: string) => this.#receive(JSON.parse(text)),
			close: () => {
				this.closed = true;
			},
		};
		this.session = new Session(socket, {...shared, limits, metrics, voiceId: undefined, log: silentLog});
	}

	say(message: object | string): void {
		if (typeof message === 'string') {
			this.session.receive(message);
			return;
		}
		const {generationId: id, text} = message as {generationId?: unknown; text?: unknown}; // Or of any other type.
		if (typeof id === 'string') this.#may.add(id);
		const letter = (typeof id === 'string' && this.letterOf.get(id)) || '';
		const own = typeof text === 'string' ? {text: text.toLowerCase().replaceAll('#', letter)} : {};
		this.session.receive(JSON.stringify({...message, ...own}));
	}

	/** Says of every generation that may be open that its text has ended. */
	endAll(): void {
		for (const generationId of [...this.#may]) this.say({generationId, finalText: true});
	}

	#receive(message: OutputMessage): void {
		validateOutput(message);
		this.counts[message.type] = (this.counts[message.type] ?? 0) + 1;
		const {generationId: id} = message;
		if (this.closed) this.wrong.push(`${message.type} after the close`);
		if (id !== '' && !this.#may.has(id)) this.wrong.push(`${message.type} for ${id}, which is over`);
		if (message.type === 'finished' || message.type === 'error') {
			this.#may.delete(id);
		}
		if (message.type === 'chunk') {
			const letters = new Set(spelled(Buffer.from(message.audio, 'base64')).replaceAll(/[ .,!]/g, ''));
			letters.delete(this.letterOf.get(id) ?? '');
			const strangers = [...letters].filter(letter =>
				[...this.letterOf.values(), ...others].includes(letter),
			);
			if (strangers.length > 0) this.wrong.push(`${id} says ${strangers.join()}`);
		}
	}
}
const others = Array.from({length: 2 * ids.length}, (_, index) => String.fromCharCode(65 + index));

test('100,000 messages: no crash, no unanswered generation, no cross-talk', async t => {
	let messages = 0;
	const counts: Record<string, number> = {};
	const property = fc.asyncProperty(
		fc.array(step, {minLength: messagesPerRun, maxLength: messagesPerRun}),
		async steps => {
			const synthesizer = new ToneSynthesizer();
			const usage = {key: 'k', sockets: 2, generations: 0, characters: 0};
			const shared = {synthesizer, usage, admission: new Admission(synthesizer, 1000)};
			let left = {};
			const peers = [new Peer(0, shared), new Peer(1, shared)] as const;
			try {
				for (const {session, message, pause} of steps) {
					peers[session === 0 ? 0 : 1].say(message);
					messages++;
					for (let turn = 0; turn < pause; turn++) await new Promise(resolve => setImmediate(resolve));
				}
				for (const peer of peers) peer.endAll();
				for (let turn = 0; usage.generations > 0 && turn < 5000; turn++)
					await new Promise(resolve => setImmediate(resolve));
				left = {generations: usage.generations, characters: usage.characters};
			} finally {
				// Their timers would hold the process.
				for (const peer of peers) peer.session.gone();
			}
			t.deepEqual(left, {generations: 0, characters: 0});
			for (const peer of peers) {
				t.deepEqual(peer.wrong, []);
				for (const [type, count] of Object.entries(peer.counts)) counts[type] = (counts[type] ?? 0) + count;
			}
		},
	);
	await fc.assert(property, {numRuns: runs, endOnFailure: true});
	t.true(messages >= 100_000);
	// It did try all that can happen.
	for (const type of ['chunk', 'timestamp', 'finished', 'error']) t.true((counts[type] ?? 0) > 1000, type);
	t.log(counts);
});
