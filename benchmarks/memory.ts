import {fork} from 'node:child_process';
import {once} from 'node:events';
import {build} from './built.js';
import {mib, table} from './measure.js';
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

/** What 10 MB of text cost while they wait on a reader that has stopped reading. */
export default async function memory(): Promise<string> {
	await build();
	const text = prose(10_000_000);
	const row = async (what: string, way: Way, aim: string) => {
		const {before, after, accepted} = await stalled(text, way);
		const taken = accepted.toLocaleString('en-US');
		return [what, mib(before), mib(after), mib(after - before), `${taken} characters`, aim];
	};
	const rows = [
		await row('piped in, workers in use before', {speakFirst: true, atOnce: false}, '32 MiB, intake stops'),
		await row('piped in, workers loaded but new', {speakFirst: false, atOnce: false}, ''),
		await row('in one `write`, workers in use before', {speakFirst: true, atOnce: true}, ''),
	];
	return table(['10 MB of text', 'resident before', '5 s after', 'growth', 'taken in', 'aim'], rows);
}

/** A process of its own: what was here before would blur it. */
async function stalled(text: string, way: Way): Promise<Growth> {
	const child = fork(new URL('./stalled-reader.mjs', import.meta.url), {execArgv: ['--expose-gc']});
	child.send({text, ...way});
	const ended = once(child, 'exit');
	const [answer] = await Promise.race([once(child, 'message'), ended]);
	await ended;
	if (typeof answer !== 'object') throw new Error('the stalled reader failed: see above');
	return answer;
}
