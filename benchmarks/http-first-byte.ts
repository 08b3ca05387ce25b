import {setTimeout as wait} from 'node:timers/promises';
import {BareHttp} from './http/bare.js';
import {HttpClient} from './http/client.js';
import {interleave, ms, type Rounds, type Run, spread, table} from './measure.js';
import {Served} from './wire/served.js';

const voiceId = 'heart';
const text = 'Hello there.';
const outputTypes = ['RAW_PCM16', 'WAV_PCM16', 'MP3', 'OPUS'] as const;
/** ms that MP3 may come after RAW_PCM16, at p50. */
const aim = 25;
/** ms between rounds: an ffmpeg that was taken is replaced meanwhile, as where requests don't follow each other without a pause. */
const rest = 400;

/** When the first byte of an HTTP response comes, by format, beside the engine alone. */
export default async function httpFirstByte(
	{warmUp, rounds}: Rounds = {warmUp: 5, rounds: 100},
): Promise<string> {
	const served = await Served.start(voiceId);
	const bare = await BareHttp.start(voiceId);
	const clients = {
		server: new HttpClient(new URL('/api/tts', served.http).href, 1),
		bare: new HttpClient(bare.url, 1),
	};
	const ask = async (client: HttpClient, outputType: string) =>
		(await client.speak({text, voiceId, format: {outputType, sampleRate: 24_000}})).firstByte;
	const cases: Array<Run<string>> = [
		async () => ({engine: await served.first(text)}),
		async () => ({bare: await ask(clients.bare, 'RAW_PCM16')}),
		...outputTypes.map(outputType => async () => ({[outputType]: await ask(clients.server, outputType)})),
		async () => {
			await wait(rest);
			// The first after a rest is slower, whichever it is.
			await served.first(text);
			return {};
		},
	];
	try {
		const of = await interleave(cases, {warmUp, rounds});
		const engine = spread(of('engine')).p50;
		const raw = spread(of('RAW_PCM16')).p50;
		const row = (what: string, name: string, most = '') => {
			const {p50, p95, p99} = spread(of(name));
			const toRaw = name === 'engine' ? '' : ms(p50 - raw);
			return [what, ms(p50), ms(p95), ms(p99), ms(p50 - engine), toRaw, most];
		};
		const rows = [
			row('the engine alone, in the server’s process', 'engine'),
			row('a bare `http` server that pipes the engine', 'bare'),
			...outputTypes.map(name =>
				row(`\`/api/tts\`, ${name}`, name, name === 'MP3' ? `${aim} ms after RAW` : ''),
			),
		];
		const which = `${rounds} rounds, interleaved, ${rest} ms between them; one connection, kept, to a server in a process of its own.`;
		return `${which}\n\n${table([`First byte of "${text}"`, 'p50', 'p95', 'p99', 'after the engine (p50)', 'after RAW (p50)', 'aim'], rows)}`;
	} finally {
		for (const client of Object.values(clients)) client.close();
		await Promise.all([served.close(), bare.close()]);
	}
}
