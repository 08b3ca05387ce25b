import {fork} from 'node:child_process';
import {availableParallelism} from 'node:os';
import {setTimeout as wait} from 'node:timers/promises';
import {build} from './built.js';
import {ms, spread as percentiles, table} from './measure.js';
import type {PlayersOptions, PlayersReport} from './wire/players.js';
import {Served, tell} from './wire/served.js';

/** Generations that are to be played at once on 2 cores. */
const aims = {heart: 140, 'espeak:en-us': 230};
/** At p99, in ms. */
const mostFirstChunk = 250;
/** Each try after the one with as many as are aimed at: so many times the one before. */
const step = 1.25;

export interface CapacityOptions {
	/** ms over which listeners start, and for which all of them go on then. */
	readonly spread: number;
	readonly hold: number;
	/** How many numbers of listeners are tried for each voice. */
	readonly tries: number;
}

/** A number of listeners, and how they and the server fared once all had started. */
interface Outcome extends PlayersReport {
	readonly how: string;
	readonly players: number;
	/** CPU of the server in cores, and the part of the time in which its main thread was busy. */
	readonly server: number;
	readonly main: number;
}

/** How many listeners a server feeds, and what the others get. */
export default async function wireCapacity(
	{spread, hold, tries}: CapacityOptions = {spread: 30_000, hold: 8000, tries: 2},
): Promise<string> {
	await build();
	const sections: string[] = [];
	for (const [voiceId, aim] of Object.entries(aims)) {
		const served = await Served.start(voiceId);
		const outcomes: Outcome[] = [];
		try {
			// What follows finds workers that have met long utterances.
			await listen(served, 'warm-up', {players: 10, spread: 1000, hold: 3000});
			const evenly = `starts over ${spread / 1000} s`;
			let best = 0;
			for (let tried = 0, players = aim; tried < tries; tried++) {
				const outcome = await listen(served, evenly, {players, spread, hold});
				outcomes.push(outcome);
				if (isServed(outcome)) best = Math.max(best, players);
				else if (best > 0) break;
				players = Math.round(best > 0 ? players * step : players / step);
			}
			const capacity = best > 0 ? best : aim;
			outcomes.push(await listen(served, 'all start at once', {players: capacity, spread: 0, hold}));
			const tooMany = Math.round(capacity * 1.5);
			outcomes.push(await listen(served, `1.5 times as many, ${evenly}`, {players: tooMany, spread, hold}));
		} finally {
			await served.close();
		}
		sections.push(`${voiceId} (aim: ${aim} on 2 cores)`, table(head, outcomes.map(row)));
	}
	return sections.join('\n\n');
}

async function listen(
	served: Served,
	how: string,
	{players, spread, hold}: Pick<PlayersOptions, 'players' | 'spread' | 'hold'>,
): Promise<Outcome> {
	const child = fork(new URL('./wire/players.ts', import.meta.url));
	const {url, voiceId} = served;
	const report = tell<PlayersReport>(child, {url, voiceId, players, spread, hold} satisfies PlayersOptions);
	await wait(spread);
	const before = await served.usage();
	const looked = performance.now();
	const heard = await report;
	const after = await served.usage();
	const passed = performance.now() - looked;
	const server = (after.cpu - before.cpu) / passed;
	// What was left unheard ends with the sockets.
	await wait(500);
	return {...heard, how, players, server, main: (after.main - before.main) / passed};
}

function isServed({firstChunks, underruns, refusals}: Outcome): boolean {
	return (
		underruns.length === 0 &&
		Object.keys(refusals).length === 0 &&
		percentiles(firstChunks).p99 < mostFirstChunk
	);
}

const head = [
	'listeners',
	'first chunk p50',
	'p99',
	'replies',
	'underruns (longest)',
	'refused',
	'playing at once',
	`server, of ${availableParallelism()} cores`,
	'its main thread',
	'load generator',
];

function row({
	players,
	how,
	firstChunks,
	underruns,
	refusals,
	playing,
	server,
	main,
	cpu,
}: Outcome): string[] {
	const {p50, p99} = percentiles(firstChunks);
	const refused = Object.entries(refusals).map(([code, count]) => `${count} ${code}`);
	const longest = Math.max(0, ...underruns);
	return [
		`${players}, ${how}`,
		ms(p50),
		ms(p99),
		String(firstChunks.length),
		underruns.length === 0 ? '0' : `${underruns.length} (${ms(longest)})`,
		refused.join(', ') || '0',
		playing.toFixed(1),
		server.toFixed(2),
		`${(main * 100).toFixed(0)}%`,
		cpu.toFixed(2),
	];
}
