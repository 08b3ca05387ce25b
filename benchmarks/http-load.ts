import {BareHttp} from './http/bare.js';
import {type Answer, HttpClient} from './http/client.js';
import {interleave, ms, type Rounds, ratio, spread, table} from './measure.js';
import {prose} from './prose.js';
import {Served} from './wire/served.js';

const voiceId = 'heart';
/** Of 50 characters. */
const sentence = 'The tide was high at a quarter past six, he wrote.';
/** Some 8 s of speech. */
const paragraph = prose(100);
/** Connections, each of which asks again as soon as it was answered. */
const connections = 8;

export interface LoadOptions extends Rounds {
	/** Responses at once. */
	readonly together: number;
	/** ms for which requests are made, in each round. */
	readonly hold: number;
}

/** How an HTTP server fares with a hundred MP3 responses at once, and how many requests a second it answers. */
export default async function httpLoad(
	{together, warmUp, rounds, hold}: LoadOptions = {together: 100, warmUp: 1, rounds: 5, hold: 4000},
): Promise<string> {
	// What is measured is the work, not what a server refuses.
	const most = 2 ** 31 - 1;
	const served = await Served.start(voiceId, {maxLateness: most, maxRequestsPerMinute: most});
	const bare = await BareHttp.start(voiceId);
	const server = new HttpClient(new URL('/api/tts', served.http).href, together);
	const alone = new HttpClient(bare.url, connections);
	try {
		const burst = await interleave(
			[
				async () => burstOf(served, server, 'RAW_PCM16', together),
				async () => burstOf(served, server, 'MP3', together),
			],
			{warmUp, rounds},
		);
		const rate = await interleave(
			[
				async () => ({bare: await requestsPerSecond(alone, hold)}),
				async () => ({server: await requestsPerSecond(server, hold)}),
			],
			{warmUp, rounds},
		);
		return [
			`${rounds} rounds of ${together} responses at once, of ${paragraph.length} characters each.`,
			table(burstHead, [burstRow('RAW_PCM16', burst), burstRow('MP3', burst)]),
			`Medians of ${rounds} rounds of ${hold / 1000} s, interleaved; ${connections} connections, each of which asks again when it was answered.`,
			table(
				[`Requests for RAW_PCM16 of ${sentence.length} characters`, 'a second', 'to bare'],
				[
					rateRow(
						'a bare `http` server that pipes the engine',
						spread(rate('bare')).p50,
						spread(rate('bare')).p50,
					),
					rateRow('`/api/tts`', spread(rate('server')).p50, spread(rate('bare')).p50),
				],
			),
		].join('\n\n');
	} finally {
		for (const client of [server, alone]) client.close();
		await Promise.all([served.close(), bare.close()]);
	}
}

/** What many responses at once take: ms to their first bytes and ends, and the CPU of the server, without that of its ffmpegs. */
async function burstOf(
	served: Served,
	client: HttpClient,
	outputType: string,
	together: number,
): Promise<Record<string, number | number[]>> {
	const body = {text: paragraph, voiceId, format: {outputType, sampleRate: 24_000}};
	const before = await served.usage();
	const started = performance.now();
	const answers = await Promise.all(Array.from({length: together}, () => client.speak(body)));
	const all = performance.now() - started;
	const {cpu} = await served.usage();
	return {
		[`${outputType} first`]: answers.map(({firstByte}) => firstByte),
		[`${outputType} all`]: all,
		[`${outputType} cpu`]: cpu - before.cpu,
		[`${outputType} failed`]: answers.filter(({status}) => status !== 200).length,
	};
}

const burstHead = [
	'Responses at once',
	'first byte p50',
	'p99',
	'all were whole after',
	'CPU of the server, without ffmpeg’s',
	'failed',
];

function burstRow(outputType: string, of: (name: string) => readonly number[]): string[] {
	const {p50, p99} = spread(of(`${outputType} first`));
	const median = (name: string) => ms(spread(of(`${outputType} ${name}`)).p50);
	const failed = of(`${outputType} failed`).reduce((sum, count) => sum + count, 0);
	return [outputType, ms(p50), ms(p99), median('all'), median('cpu'), String(failed)];
}

/** Requests that were answered in `hold` ms, by the second. */
async function requestsPerSecond(client: HttpClient, hold: number): Promise<number> {
	const format = {outputType: 'RAW_PCM16', sampleRate: 24_000};
	const started = performance.now();
	const answers: Answer[] = [];
	const ask = async () => {
		while (performance.now() - started < hold)
			answers.push(await client.speak({text: sentence, voiceId, format}));
	};
	await Promise.all(Array.from({length: connections}, ask));
	return answers.filter(({status}) => status === 200).length / ((performance.now() - started) / 1000);
}

function rateRow(what: string, rate: number, bare: number): string[] {
	return [what, rate.toFixed(1), ratio(rate, bare)];
}
