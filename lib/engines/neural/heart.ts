import {once} from 'node:events';
import {Worker} from 'node:worker_threads';
import {inflateLexicon} from '../../phonemes/lexicon.js';
import type {Voice} from '../../synthesizer.js';
import {heart} from '../../voices/catalogue.js';
import {readData} from '../../voices/data.js';
import type {Engine} from '../engine.js';
import {workerExecArgv} from '../exec-argv.js';
import {fromWireError, type WireError} from '../messages.js';
import {type PcmPart, toPieces} from '../pcm-part.js';
import {Pool} from '../pool.js';
import {type Workers, workerCount} from '../worker-count.js';
import {chooseRuntime, expectRuntime, type RuntimeChoice, type RuntimeReport} from './runtime-choice.js';
import type {HeartData, HeartRequest} from './worker.js';

export interface HeartOptions {
	/** `auto` by default, unless the environment variable SPEECHPIPE_RUNTIME says otherwise. */
	readonly runtime?: RuntimeChoice | undefined;
	readonly workers?: Workers | undefined;
}

export interface HeartEngine extends Engine {
	/** Which ONNX Runtime is in use, as a worker found it: starts one where none has run yet. */
	runtime(): Promise<RuntimeReport>;
}

/** The voice heart, on ONNX Runtime in worker threads. Throws `SpeechError` OPTION_INVALID. */
export function createHeart(options: HeartOptions = {}): HeartEngine {
	const runtime = chooseRuntime(options.runtime);
	const size = workerCount(options.workers);
	const pool = new Pool<HeartRequest, PcmPart, RuntimeReport, HeartData>({
		name: 'heart',
		worker: new URL('./worker.js', import.meta.url),
		size,
		data: async () => ({runtime, lexicon: await inflateLexicon(await readData('en/us-lexicon.txt.gz'))}),
	});
	let expected: RuntimeReport | undefined;
	let told: RuntimeReport | undefined;

	const voice = (): Voice => {
		expected ??= expectRuntime(runtime);
		const {name, version} = pool.report ?? told ?? expected;
		return {...heart, engine: `hibari (${name} ${version})`};
	};

	return {
		name: 'heart',
		maxUtterance: 400,
		parallel: size,
		voices: async () => [voice()],
		voice: ({voiceId, language}) =>
			(voiceId ?? (isEnglish(language) ? heart.id : '')) === heart.id ? voice() : undefined,
		scripts: () => ['Latin'],
		english: () => 'us',
		render: ({text, readings, sampleRate, speed}, renderOptions) =>
			toPieces(pool.run({text, readings, sampleRate, speed}, renderOptions)),
		load: () => pool.load,
		warm: () => pool.warm({text: 'Hello.', sampleRate: heart.nativeRate, speed: 1}),
		close: () => pool.close(),
		async runtime() {
			told ??= pool.report ?? (await probe(runtime));
			return told;
		},
	};
}

/** Throws `SpeechError` ENGINE_MISSING where the runtime chosen does not load. */
async function probe(choice: RuntimeChoice): Promise<RuntimeReport> {
	const thread = new Worker(new URL('./runtime-probe.js', import.meta.url), {
		workerData: choice,
		execArgv: workerExecArgv(),
	});
	// What runtime-probe.ts sends.
	const [answer] = (await once(thread, 'message')) as [RuntimeReport | WireError];
	if ('message' in answer) throw fromWireError(answer, 'heart');
	return answer;
}

/** No language means the default one. */
function isEnglish(language: string | undefined): boolean {
	return language === undefined || /^en\b/i.test(language);
}
