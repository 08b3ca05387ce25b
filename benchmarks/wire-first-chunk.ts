import type {RemoteSynthesizer} from '../lib/client/remote-synthesizer.js';
import {build} from './built.js';
import {interleave, ms, type Rounds, type Run, ratio, spread, table} from './measure.js';
import {prose} from './prose.js';
import {BareClient} from './wire/bare-client.js';
import {Served} from './wire/served.js';

const hello = 'Hello there.';
const sampleRate = 24_000;
const voices = {heart: 'heart', 'eSpeak NG': 'espeak:en-us'};
/** Generations on one socket at once. */
const together = 50;
/** Texts that are spoken side by side to see what a second of audio costs. */
const longTexts = Array.from({length: 4}, (_, index) => prose(1200 + index));

/** What the wire adds to the first chunk, and what it costs. */
export default async function wireFirstChunk(
	{warmUp, rounds}: Rounds = {warmUp: 20, rounds: 300},
): Promise<string> {
	await build();
	const rows: string[][] = [];
	const costs: string[][] = [];
	for (const [name, voiceId] of Object.entries(voices)) {
		const served = await Served.start(voiceId);
		const client = await clientOf(served);
		const bare = await BareClient.open(served.url);
		try {
			const one = await interleave(firsts(1, {served, client, bare}), {warmUp, rounds});
			const few = {warmUp: 1, rounds: Math.ceil(rounds / 25)};
			const many = await interleave(firsts(together, {served, client, bare}), few);
			rows.push(...firstRows(`${name}, 1 generation on the socket`, one));
			rows.push(...firstRows(`${name}, ${together} at once`, many));
			const cost = await interleave(cpu({served, client, bare}), {
				warmUp: 1,
				rounds: Math.ceil(rounds / 100),
			});
			costs.push(...costRows(name, cost));
		} finally {
			bare.close();
			await client.close();
			await served.close();
		}
	}
	const which = `${rounds} rounds of one generation, ${Math.ceil(rounds / 25)} of ${together}, interleaved; server in a process of its own, everything on the loopback.`;
	const first = table(
		[`First chunk of "${hello}"`, 'p50', 'p99', 'to bare (p50)', 'to bare (p99)', 'aim'],
		rows,
	);
	const head = ['CPU for a second of audio', 'server', 'of it the wire', 'client'];
	return [which, first, table(head, costs)].join('\n\n');
}

interface Ends {
	readonly served: Served;
	readonly client: RemoteSynthesizer;
	readonly bare: BareClient;
}

/** The client as it is published, with one socket. */
async function clientOf({url, voiceId}: Served): Promise<RemoteSynthesizer> {
	const built = new URL('../dist/client/remote-synthesizer.js', import.meta.url);
	// The same module, built.
	const {RemoteSynthesizer} = (await import(
		built.href
	)) as typeof import('../lib/client/remote-synthesizer.js');
	const client = new RemoteSynthesizer({url, voiceId, maxGenerationsPerSocket: 64, maxSockets: 1});
	await client.connect();
	return client;
}

function firsts(count: number, {served, client, bare}: Ends): Array<Run<'client' | 'bare'>> {
	const all = async (speak: () => Promise<{firstChunk: number}>) => {
		const spoken = await Promise.all(Array.from({length: count}, speak));
		return spoken.map(({firstChunk}) => firstChunk);
	};
	return [
		async () => ({bare: await all(() => bare.speak(hello, served.voiceId))}),
		async () => ({client: await all(() => speak(client, hello))}),
	];
}

async function speak(
	client: RemoteSynthesizer,
	text: string,
): Promise<{firstChunk: number; samples: number}> {
	const started = performance.now();
	let [firstChunk, samples] = [Number.NaN, 0];
	for await (const event of client.speak(asPiece(text), {sampleRate})) {
		if (event.type !== 'audio') continue;
		if (Number.isNaN(firstChunk)) firstChunk = performance.now() - started;
		samples += event.pcm.length / 2;
	}
	return {firstChunk, samples};
}

async function* asPiece(text: string): AsyncGenerator<string> {
	yield text;
}

type Measured<Name extends string> = (name: Name) => readonly number[];

function firstRows(what: string, of: Measured<'client' | 'bare'>): string[][] {
	const [client, bare] = [spread(of('client')), spread(of('bare'))];
	return [
		[`${what}: bare \`ws\``, ms(bare.p50), ms(bare.p99), ratio(1, 1), ratio(1, 1), ''],
		[
			`${what}: RemoteSynthesizer`,
			ms(client.p50),
			ms(client.p99),
			ratio(client.p50, bare.p50),
			ratio(client.p99, bare.p99),
			'1.15x',
		],
	];
}

/** CPU in ms for a second of audio, of the server and of this process: with the client, with a bare socket, and without the wire. */
function cpu({served, client, bare}: Ends): Array<Run<string>> {
	const measure = async (name: string, speakAll: () => Promise<number>) => {
		const before = {server: await served.usage(), own: process.cpuUsage()};
		const seconds = await speakAll();
		const {user, system} = process.cpuUsage(before.own);
		const server = (await served.usage()).cpu - before.server.cpu;
		return {[`${name} server`]: server / seconds, [`${name} own`]: (user + system) / 1000 / seconds};
	};
	const total = async (speakOne: (text: string) => Promise<{samples: number}>) => {
		const spoken = await Promise.all(longTexts.map(speakOne));
		return spoken.reduce((sum, {samples}) => sum + samples, 0) / sampleRate;
	};
	return [
		() => measure('local', () => served.speak(longTexts)),
		() => measure('bare', () => total(text => bare.speak(text, served.voiceId))),
		() => measure('client', () => total(text => speak(client, text))),
	];
}

function costRows(voice: string, of: Measured<string>): string[][] {
	const p50 = (name: string) => spread(of(name)).p50;
	const cost = (value: number) => `${value.toFixed(2)} ms`;
	const row = (what: string, name: string) => [
		`${voice}, ${what}`,
		cost(p50(`${name} server`)),
		name === 'local' ? '' : cost(p50(`${name} server`) - p50('local server')),
		name === 'local' ? '' : cost(p50(`${name} own`)),
	];
	return [
		row('without the wire', 'local'),
		row('to a bare `ws`', 'bare'),
		row('to RemoteSynthesizer', 'client'),
	];
}
