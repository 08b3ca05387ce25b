import {once} from 'node:events';
import {Worker} from 'node:worker_threads';
import {loadEnglish} from '../test/helpers/english.js';
import {type LineErrors, rate, readReference} from '../test/helpers/phoneme-errors.js';
import {build} from './built.js';
import {interleave, ms, type Rounds, spread, table} from './measure.js';

const worstShown = 12;

/** How English is read: phoneme errors, time a sentence, time until a worker is ready, and the worst lines. */
export default async function phonemes(rounds: Rounds = {warmUp: 1, rounds: 5}): Promise<string> {
	await build();
	const english = await loadEnglish('us');
	const [prose, hard] = [await readReference(english, 'prose'), await readReference(english, 'hard')];
	if (prose.length === 0) throw new Error('The reference phonemes do not lie beside the checkout.');
	const time = async ({line}: LineErrors) => {
		const started = performance.now();
		await english.phonemize(line.text);
		return performance.now() - started;
	};
	const of = await interleave<string>(
		[async () => ({prose: await inTurn(prose, time), hard: await inTurn(hard, time)}), async () => ready()],
		rounds,
	);
	const percent = (value: number) => `${value.toFixed(2)}%`;
	const row = (name: string, read: readonly LineErrors[], aim: string) => {
		const {p50, p95} = spread(of(name));
		const raw = rate(read, line => line.raw);
		return [
			name,
			String(read.length),
			percent(raw),
			percent(rate(read, ({errors}) => errors)),
			aim,
			ms2(p50),
			ms2(p95),
		];
	};
	const worst = [...prose, ...hard].toSorted((a, b) => b.raw - a.raw).slice(0, worstShown);
	return [
		table(
			['Lines', 'how many', 'against the reference', 'or what is as right', 'aim', 'time p50', 'p95'],
			[row('prose', prose, '1%'), row('hard', hard, '5%')],
		),
		table(
			['From the start of a worker thread', 'p50', 'aim'],
			[
				['to the first known word', ms(spread(of('known')).p50), '250 ms'],
				['to the first unknown one', ms(spread(of('unknown')).p50), ''],
			],
		),
		`The ${worstShown} lines that differ most from the reference, which errs too:`,
		table(
			['errors', 'line', 'ours', 'reference'],
			worst.map(({raw, line, ours}) => [String(raw), cell(line.text), cell(ours), cell(line.reference)]),
		),
	].join('\n\n');
}

const ms2 = (value: number) => `${value.toFixed(2)} ms`;
const cell = (text: string) => text.replaceAll('|', '\\|');

async function inTurn(
	read: readonly LineErrors[],
	time: (line: LineErrors) => Promise<number>,
): Promise<number[]> {
	const times: number[] = [];
	for (const line of read) times.push(await time(line));
	return times;
}

/** ms from starting a worker thread of the built package, the lexicon unpacked, to its first words. */
async function ready(): Promise<{known: number; unknown: number}> {
	const started = performance.now();
	const worker = new Worker(new URL('./phonemes-ready.mjs', import.meta.url), {execArgv: []});
	const [known] = await once(worker, 'message');
	const afterKnown = performance.now() - started;
	const [unknown] = await once(worker, 'message');
	const afterUnknown = performance.now() - started;
	await worker.terminate();
	if (!known || !unknown) throw new Error('the worker said nothing');
	return {known: afterKnown, unknown: afterUnknown};
}
