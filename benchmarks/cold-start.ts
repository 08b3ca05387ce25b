import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {build} from './built.js';
import {interleave, ms, type Rounds, type Run, ratio, spread, table} from './measure.js';

const root = new URL('..', import.meta.url);
const path = (name: string) => fileURLToPath(new URL(name, root));
const hello = 'Hello there.';

/** How soon a command that was just started gives its first byte. */
export default async function coldStart(rounds: Rounds = {warmUp: 2, rounds: 15}): Promise<string> {
	await build();
	const say = (...options: string[]) =>
		firstByte(process.execPath, [path('dist/cli/main.js'), 'say', ...options, hello]);
	const cases: Array<Run<string>> = [
		async () => ({node: await firstByte(process.execPath, ['-e', 'process.stdout.write("x")'])}),
		async () => ({heart: await say()}),
		async () => ({espeak: await say('--voice', 'espeak:en-us')}),
		() => parts('heart'),
		() => parts('espeak:en-us'),
	];
	const debian = await hasEspeak();
	if (debian) cases.push(async () => ({debian: await firstByte('espeak-ng', ['--stdout', hello])}));
	const of = await interleave(cases, rounds);

	const row = (what: string, name: string, aim = '') => {
		const {p50, p95} = spread(of(name));
		return [what, ms(p50), ms(p95), ratio(p50, spread(of('node')).p50), aim];
	};
	const whole = table(
		['To the first byte on stdout', 'p50', 'p95', 'to Node.js itself', 'aim (p50)'],
		[
			row('`node -e` that writes one byte', 'node'),
			row(`\`speechpipe say "${hello}"\`, heart`, 'heart', '900 ms'),
			row('the same with `--voice espeak:en-us`', 'espeak', '600 ms'),
			...(debian ? [row('Debian’s `espeak-ng --stdout`', 'debian')] : []),
		],
	);
	const part = (name: string) => ms(spread(of(name)).p50);
	const partTable = table(
		['One after the other, p50', 'heart', 'eSpeak NG'],
		[
			['Node.js starts', part('heart start'), part('espeak:en-us start')],
			["`import 'speechpipe'`", part('heart import'), part('espeak:en-us import')],
			['`warm` with one worker', part('heart warm'), part('espeak:en-us warm')],
			['first chunk of the first utterance', part('heart first'), part('espeak:en-us first')],
		],
	);
	const without = debian ? '' : ' Debian’s `espeak-ng` was not installed.';
	return [
		`${rounds.rounds} rounds, interleaved; the built package, files cached by the system.${without}`,
		whole,
		partTable,
	].join('\n\n');
}

/** ms from starting a program to its first byte; it runs to its end. */
async function firstByte(command: string, args: readonly string[]): Promise<number> {
	const started = performance.now();
	const child = spawn(command, args, {stdio: ['ignore', 'pipe', 'inherit']});
	let first = Number.NaN;
	child.stdout.on('data', () => {
		if (Number.isNaN(first)) first = performance.now() - started;
	});
	const [code] = await once(child, 'close');
	if (code !== 0 || Number.isNaN(first)) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
	return first;
}

/** What a start consists of, each part on its own: in the command, the import's end and the worker's start overlap. */
async function parts(voiceId: string): Promise<Record<string, number>> {
	const spawned = Date.now();
	const {stdout} = await promisify(execFile)(process.execPath, [
		path('benchmarks/cold-parts.mjs'),
		voiceId,
		hello,
	]);
	const {began, steps}: {began: number; steps: number[]} = JSON.parse(stdout);
	const [start = 0, imported = 0, warm = 0, first = 0] = steps;
	return {
		[`${voiceId} start`]: began - spawned,
		[`${voiceId} import`]: imported - start,
		[`${voiceId} warm`]: warm - imported,
		[`${voiceId} first`]: first - warm,
	};
}

async function hasEspeak(): Promise<boolean> {
	try {
		await promisify(execFile)('espeak-ng', ['--version']);
		return true;
	} catch {
		return false;
	}
}
