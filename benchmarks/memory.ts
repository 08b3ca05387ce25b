import {fork} from 'node:child_process';
import {once} from 'node:events';
import {build} from './built.js';
import {interleave, mib, type Rounds, spread, table} from './measure.js';
import {prose} from './prose.js';

interface Way {
	/** Whether each worker has met long utterances before: the memory it takes for them is its own, not the text's. */
	readonly speakFirst: boolean;
	/** The whole text in one `write`, instead of piped in. */
	readonly atOnce: boolean;
}

/** Resident memory of the whole process in bytes, and the UTF-16 units of text that the stream has taken in. */
interface Growth {
	readonly before: number;
	readonly after: number;
	readonly accepted: number;
}

const ways = {
	used: {speakFirst: true, atOnce: false},
	unused: {speakFirst: false, atOnce: false},
	atOnce: {speakFirst: true, atOnce: true},
};

/** What 10 MB of text cost while they wait on a reader that has stopped reading. */
export default async function memory(rounds: Rounds = {warmUp: 0, rounds: 3}): Promise<string> {
	await build();
	const text = prose(10_000_000);
	const run = async (name: string, way: Way) => {
		const {before, after, accepted} = await stalled(text, way);
		return {[`${name} before`]: before, [`${name} growth`]: after - before, [`${name} accepted`]: accepted};
	};
	const cases = Object.entries(ways).map(
		([name, way]) =>
			() =>
				run(name, way),
	);
	const of = await interleave<string>(cases, rounds);
	const row = (what: string, name: keyof typeof ways, aim = '') => {
		const [before, growth] = [of(`${name} before`), of(`${name} growth`)].map(spread);
		const accepted = spread(of(`${name} accepted`)).p50.toLocaleString('en-US');
		return [what, mib(before?.p50 ?? 0), mib(growth?.p50 ?? 0), mib(growth?.p99 ?? 0), accepted, aim];
	};
	const head = ['10 MB of text', 'resident', 'growth', 'most', 'characters taken in', 'aim'];
	const rows = [
		row('piped in, workers in use before', 'used', '32 MiB, intake stops'),
		row('piped in, workers warm but new', 'unused'),
		row('in one `write`, workers in use before', 'atOnce'),
	];
	return [`Medians of ${rounds.rounds} processes each.`, table(head, rows)].join('\n\n');
}

/** A process of its own: what was here before would blur it. */
async function stalled(text: string, way: Way): Promise<Growth> {
	const child = fork(new URL('./stalled-reader.mjs', import.meta.url), {execArgv: ['--expose-gc']});
	const ended = once(child, 'exit');
	let growth: Growth | undefined;
	child.on('message', (message: Growth) => {
		growth = message;
	});
	child.send({text, ...way});
	const [code] = await ended;
	if (growth === undefined || code !== 0) throw new Error(`the stalled reader ended with ${code}: see above`);
	return growth;
}
