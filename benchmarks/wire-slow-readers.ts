import {setTimeout as wait} from 'node:timers/promises';
import {build} from './built.js';
import {mib, ms, type Rounds, seconds, spread, table} from './measure.js';
import {prose} from './prose.js';
import {BareClient} from './wire/bare-client.js';
import {Served} from './wire/served.js';

const voiceId = 'espeak:en-us';
/** About 5 minutes of speech, 40 MB of messages: more than all buffers on the way hold. */
const longText = prose(4900);
/** The rate at which audio takes most. */
const opening = {voiceId, sampleRate: 48_000};
/** Below this part of a core, over 1 s, the server has nothing more to do; it is given so many ms to come there. */
const atRest = 0.03;
const patience = 90_000;

/** What sockets that nobody reads cost a server, and how soon it falls silent once told to. */
export default async function wireSlowReaders(
	{rounds}: Pick<Rounds, 'rounds'> = {rounds: 200},
	sockets = 100,
): Promise<string> {
	await build();
	const stalls: string[][] = [];
	for (const generations of [1, 8]) stalls.push(await stalled(sockets, generations));
	const memory = table(
		[
			`${sockets} sockets that nobody reads`,
			'resident before',
			'connected',
			'at rest',
			'growth a socket',
			'at rest after',
			'after they left',
		],
		stalls,
	);
	const cancels = table(
		['From `cancel` to the last byte of its generation', 'p50', 'p99', 'still came, p50', 'p99'],
		[
			await cancelled('nothing else speaks', 0, rounds),
			await cancelled('20 others speak on the socket', 20, rounds),
		],
	);
	return [memory, cancels].join('\n\n');
}

/** Each socket opens so many generations of 4,900 characters and never reads. */
async function stalled(sockets: number, generations: number): Promise<string[]> {
	const served = await Served.start(voiceId);
	const clients: BareClient[] = [];
	try {
		// Workers that have met long utterances.
		await served.speak([longText, longText]);
		const before = await served.resident();
		for (let count = 0; count < sockets; count++) clients.push(await BareClient.open(served.url));
		const connected = await served.resident();
		const started = performance.now();
		for (const {ws} of clients) ws.pause();
		for (const client of clients) {
			for (let count = 0; count < generations; count++) client.open(longText, opening, () => {});
		}
		await rest(served);
		const took = performance.now() - started;
		const full = await served.resident();
		for (const client of clients) client.close();
		await rest(served);
		const left = await served.resident();
		return [
			`${generations} generation${generations === 1 ? '' : 's'} of ${longText.length} characters each`,
			mib(before),
			mib(connected),
			mib(full),
			mib((full - connected) / sockets),
			seconds(took),
			mib(left),
		];
	} finally {
		await served.close();
	}
}

/** Waits until the server does nothing more. */
async function rest(served: Served): Promise<void> {
	const until = performance.now() + patience;
	let before = await served.usage();
	let looked = performance.now();
	while (performance.now() < until) {
		await wait(1000);
		const usage = await served.usage();
		const now = performance.now();
		if ((usage.cpu - before.cpu) / (now - looked) < atRest) return;
		[before, looked] = [usage, now];
	}
	throw new Error(`the server still works ${patience} ms after all sockets stopped reading`);
}

/** Cancels generations at some moment of their speech. */
async function cancelled(what: string, others: number, rounds: number): Promise<string[]> {
	const served = await Served.start(voiceId);
	const client = await BareClient.open(served.url);
	const times: number[] = [];
	const bytes: number[] = [];
	try {
		await served.speak([longText, longText]);
		let over = false;
		const speakOn = async () => {
			while (!over) await client.speak(longText, voiceId);
		};
		for (let count = 0; count < others; count++) {
			void speakOn();
			await wait(50);
		}
		for (let round = 0; round < rounds; round++) {
			const cancelled = await cancelOne(client, 20 + (round % 10) * 5);
			times.push(cancelled.time);
			bytes.push(cancelled.bytes);
		}
		over = true;
	} finally {
		client.close();
		await served.close();
	}
	const [time, more] = [spread(times), spread(bytes)];
	const kib = (value: number) => `${(value / 1024).toFixed(0)} KiB`;
	return [what, ms(time.p50), ms(time.p99), kib(more.p50), kib(more.p99)];
}

/** Cancels a long speech so many ms after its first audio; gives ms to `finished`, and the bytes that came until then. */
function cancelOne(client: BareClient, after: number): Promise<{time: number; bytes: number}> {
	return new Promise((resolve, reject) => {
		let asked = Number.NaN;
		let bytes = 0;
		let speaking = false;
		const generationId = client.open(longText, {voiceId}, message => {
			if (message.type === 'error') reject(new Error(message.error));
			else if (message.type === 'finished') resolve({time: performance.now() - asked, bytes});
			else if (message.type === 'chunk') {
				if (!Number.isNaN(asked)) bytes += message.audio.length;
				if (speaking) return;
				speaking = true;
				setTimeout(() => {
					asked = performance.now();
					client.send({generationId, cancel: true});
				}, after);
			}
		});
	});
}
