import {SpeechError} from '../../errors.js';
import {hashFiles} from '../../file-hash.js';
import type {Voice} from '../../synthesizer.js';
import {heart, neuralGain, usualFactor} from '../../voices/catalogue.js';
import type {InstalledVoice} from '../../voices/installed.js';
import {neuralRecord, splitSpeaker} from '../../voices/neural.js';
import type {Engine} from '../engine.js';
import {espeakScripts} from '../espeak/scripts.js';
import {findPackage} from '../packages.js';
import {type PcmPart, toPieces} from '../pcm-part.js';
import {type Workers, workerCount} from '../worker-count.js';
import {varietyOf} from './families/family.js';
import {dataFor} from './model-data.js';
import {ModelPools} from './model-pools.js';
import {defaultModelMemory} from './model-size.js';
import {ObservedPaces} from './observed-paces.js';
import {probeRuntime} from './probe.js';
import {chooseRuntime, expectRuntime, type RuntimeChoice, type RuntimeReport} from './runtime-choice.js';
import {forbidTelemetry} from './telemetry.js';
import {filesOf, toRequest, useOf} from './voice-use.js';
import {warnUnknown} from './warnings.js';
import type {NeuralPart} from './worker.js';

/** The voices that lie on this machine besides heart. */
export interface InstalledVoices {
	list(): readonly InstalledVoice[];
	/** The voice of an id (a `#N` behind it aside), or of a path. */
	find(id: string): InstalledVoice | undefined;
}

export interface NeuralOptions {
	/** `auto` by default, unless the environment variable SPEECHPIPE_RUNTIME says otherwise. */
	readonly runtime?: RuntimeChoice | undefined;
	/** Of each model. */
	readonly workers?: Workers | undefined;
	/** None by default. */
	readonly installed?: InstalledVoices | undefined;
	/** MiB that loaded models may take together; by default half of the memory, but no more than 4,096. */
	readonly maxModelMemory?: number | undefined;
	/** Whether the process is warned of a voice that is slower than speech; true by default. */
	readonly warnSlow?: boolean | undefined;
}

export interface NeuralEngine extends Engine {
	/** Which ONNX Runtime is in use, as a worker found it: starts one where none has run yet. */
	runtime(): Promise<RuntimeReport>;
}

const none: InstalledVoices = {list: () => [], find: () => undefined};

/** heart and the voices installed, on ONNX Runtime in worker threads, a pool of them for each model. Throws `SpeechError` OPTION_INVALID. */
export function createNeural(options: NeuralOptions = {}): NeuralEngine {
	const runtime = chooseRuntime(options.runtime);
	if (runtime !== 'wasm') forbidTelemetry();
	const workers = workerCount(options.workers);
	const installed = options.installed ?? none;
	const pools = new ModelPools({
		workers,
		maxMemory: modelMemory(options.maxModelMemory),
		data: files => dataFor(files, runtime),
	});
	const paces = options.warnSlow === false ? undefined : new ObservedPaces(workers);
	let expected: RuntimeReport | undefined;
	let told: RuntimeReport | undefined;
	const askRuntime = async () => {
		told ??= pools.report ?? (await probeRuntime(runtime));
		return told;
	};

	const record = (voice: InstalledVoice, speaker?: number): Voice => {
		expected ??= expectRuntime(runtime);
		const {name, version} = pools.report ?? told ?? expected;
		return neuralRecord(voice, speaker, `${name} ${version}`);
	};
	const find = (id: string) => (id === heart.id ? heart : installed.find(id));
	/** Throws VOICE_UNKNOWN: the voice was removed meanwhile. */
	const installedOf = (voice: Voice) => {
		const {id, speaker = 0} = splitSpeaker(voice.id);
		const found = find(id);
		if (!found) throw new SpeechError('VOICE_UNKNOWN', `The voice ${voice.id} is not installed any more.`);
		return {voice: found, speaker};
	};

	return {
		name: 'neural',
		maxUtterance: 400,
		parallel: workers,
		voices: async () => [heart, ...installed.list()].map(voice => record(voice)),
		voice({voiceId, language}) {
			if (voiceId === undefined) return isEnglish(language) ? record(heart) : undefined;
			const {id, speaker} = splitSpeaker(voiceId);
			const found = find(id);
			return found && (speaker ?? 0) < (found.speakers ?? 1) ? record(found, speaker) : undefined;
		},
		whyNot(voiceId) {
			const {id, speaker} = splitSpeaker(voiceId);
			const speakers = find(id)?.speakers ?? 1;
			if (speaker === undefined || !find(id)) return undefined;
			return speakers === 1
				? `The voice ${id} has one speaker: leave out #${speaker}.`
				: `The voice ${id} has the speakers #0 to #${speakers - 1}, not #${speaker}.`;
		},
		scripts: voice => espeakScripts(voice.language),
		english(voice) {
			const {family, language} = installedOf(voice).voice;
			return family === 'piper' ? undefined : varietyOf(language);
		},
		async *render(utterance, renderOptions) {
			const {voice, speaker} = installedOf(utterance.voice);
			const parts = pools.run(useOf(voice), toRequest(utterance, voice, speaker), renderOptions);
			yield* toPieces(watch(parts, utterance.voice, paces));
		},
		load: () => pools.load(),
		alphabet(voice) {
			const {family} = installedOf(voice).voice;
			return family === 'hibari' ? undefined : family;
		},
		pace(voice) {
			const {family, realTimeFactor = usualFactor[family]} = installedOf(voice).voice;
			return {realTimeFactor, workers};
		},
		async warm(voice) {
			const {voice: found, speaker} = installedOf(voice);
			const practice = {text: 'Hello.', voice, sampleRate: voice.nativeRate, speed: 1, pitch: 1, volume: 1};
			await pools.warm(useOf(found), toRequest(practice, found, speaker));
		},
		async fingerprint(voice) {
			const {voice: found} = installedOf(voice);
			const {name, version} = await askRuntime();
			const espeak = findPackage('@echogarden/espeak-ng-emscripten')?.version;
			const facts = [found.family, `${name} ${version}`, `gain ${neuralGain(found)}`, `espeak ${espeak}`];
			return [...facts, await hashFiles(filesOf(found))].join(', ');
		},
		close: () => pools.close(),
		runtime: askRuntime,
	};
}

/** Takes what is told about utterances out of their audio. */
async function* watch(
	parts: AsyncIterable<NeuralPart>,
	voice: Voice,
	paces: ObservedPaces | undefined,
): AsyncGenerator<PcmPart, void> {
	for await (const part of parts) {
		if ('report' in part) {
			warnUnknown(voice.id, part.report.unknown);
			paces?.add(voice.id, part.report);
		} else yield part;
	}
}

/** Bytes. Throws `SpeechError` OPTION_INVALID. */
function modelMemory(mebibytes: number | undefined): number {
	if (mebibytes === undefined) return defaultModelMemory();
	if (typeof mebibytes === 'number' && mebibytes > 0) return mebibytes * 2 ** 20;
	throw new SpeechError(
		'OPTION_INVALID',
		`maxModelMemory must be MiB above 0, not ${JSON.stringify(mebibytes)}.`,
	);
}

/** No language means the default one. */
function isEnglish(language: string | undefined): boolean {
	return language === undefined || /^en\b/i.test(language);
}
