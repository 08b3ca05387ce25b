// Run by wire-capacity.ts: listeners, each on a socket of its own, who hear one reply after the other, played at normal speed.
import {once} from 'node:events';
import {setTimeout as wait} from 'node:timers/promises';
import {prose} from '../prose.js';
import {BareClient} from './bare-client.js';

export interface PlayersOptions {
	readonly url: string;
	readonly voiceId: string;
	readonly players: number;
	/** ms over which they start, evenly. */
	readonly spread: number;
	/** ms that all of them go on after the last has started. */
	readonly hold: number;
}

/** What they heard. */
export interface PlayersReport {
	/** ms from asking for each reply to its first audio. */
	readonly firstChunks: readonly number[];
	/** How long each silence within a reply was, in ms: audio came when all before it had been played. */
	readonly underruns: readonly number[];
	/** Errors by their code. */
	readonly refusals: Readonly<Record<string, number>>;
	/** Of the time after the last start: seconds of speech played, on average by so many at once. */
	readonly playing: number;
	/** CPU of this process after the last start, as a part of one core. */
	readonly cpu: number;
}

const sampleRate = 24_000;
/** How long who was refused waits before it asks again, in ms. */
const patience = 1000;
/** About 12 s each, three or four sentences, no two alike. */
const story = prose(20_000);
const replies = Array.from({length: 100}, (_, index) => {
	const start = story.indexOf(' ', index * 190) + 1;
	return story.slice(start, story.indexOf('.', start + 170) + 1);
});

const [options]: [PlayersOptions] = (await once(process, 'message')) as [PlayersOptions]; // As `wire-capacity.ts` sends it.
const {url, voiceId, players, spread, hold} = options;
const firstChunks: number[] = [];
const underruns: number[] = [];
const refusals: Record<string, number> = {};
let played = 0;

const started = performance.now();
const [held, over] = [started + spread, started + spread + hold];
let next = 0;

/** Plays one reply; gives when it will have been heard, or undefined if it was refused. */
function reply(client: BareClient): Promise<number | undefined> {
	const text = replies[next++ % replies.length] ?? '';
	const asked = performance.now();
	let playedOut = Number.NaN;
	return new Promise(resolve => {
		client.open(text, {voiceId}, message => {
			const now = performance.now();
			if (message.type === 'chunk') {
				if (Number.isNaN(playedOut)) {
					firstChunks.push(now - asked);
					playedOut = now;
				} else if (now > playedOut) {
					underruns.push(now - playedOut);
					playedOut = now;
				}
				const ms = (Buffer.byteLength(message.audio, 'base64') / 2 / sampleRate) * 1000;
				played += within(playedOut, playedOut + ms);
				playedOut += ms;
			} else if (message.type === 'finished') resolve(playedOut);
			else if (message.type === 'error') {
				const code = message.error.split(':')[0] ?? '';
				refusals[code] = (refusals[code] ?? 0) + 1;
				resolve(undefined);
			}
		});
	});
}

/** ms of a stretch of time that lie after the last start. */
function within(from: number, to: number): number {
	return Math.max(0, Math.min(to, over) - Math.max(from, held));
}

async function play(client: BareClient, start: number): Promise<void> {
	await wait(start);
	while (performance.now() < over) {
		const playedOut = await reply(client);
		await wait(playedOut === undefined ? patience : Math.max(0, playedOut - performance.now()));
	}
}

const clients = await Promise.all(Array.from({length: players}, () => BareClient.open(url)));
for (const [index, client] of clients.entries()) void play(client, (index / players) * spread);
await wait(held - performance.now());
const before = process.cpuUsage();
await wait(over - performance.now());
const {user, system} = process.cpuUsage(before);
const report: PlayersReport = {
	firstChunks,
	underruns,
	refusals,
	playing: played / hold,
	cpu: (user + system) / 1000 / hold,
};
process.send?.(report, () => process.exit());
