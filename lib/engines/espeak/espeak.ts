import {SpeechError} from '../../errors.js';
import {espeakGain} from '../../voices/catalogue.js';
import {type EspeakVoice, espeakById, espeakByLanguage, espeakRecord} from '../../voices/espeak.js';
import {espeakLanguages} from '../../voices/espeak-table.js';
import type {Engine, Utterance} from '../engine.js';
import {findPackage, type InstalledPackage} from '../packages.js';
import {type PcmPart, toPieces} from '../pcm-part.js';
import {Pool} from '../pool.js';
import {type Workers, workerCount} from '../worker-count.js';
import {espeakScripts} from './scripts.js';
import type {EspeakRequest} from './worker.js';

export interface EspeakOptions {
	readonly workers?: Workers | undefined;
}

/** eSpeak NG's voices, in worker threads: about 100 languages. Throws `SpeechError` OPTION_INVALID. */
export function createEspeak(options: EspeakOptions = {}): Engine {
	const size = workerCount(options.workers);
	const pool = new Pool<EspeakRequest, PcmPart, undefined, undefined>({
		name: 'espeak',
		worker: new URL('./worker.js', import.meta.url),
		size,
		data: async () => undefined,
	});
	let lookup: {readonly installed: InstalledPackage | undefined} | undefined;
	// Once: of a package that is missing, every folder up to the root is asked.
	const installed = () => {
		lookup ??= {installed: findPackage('@echogarden/espeak-ng-emscripten')};
		return lookup.installed;
	};
	const record = (voice: EspeakVoice) => {
		const version = installed()?.version;
		return espeakRecord(voice, version ? `espeak-ng (emscripten ${version})` : 'espeak-ng');
	};

	return {
		name: 'espeak',
		maxUtterance: 500,
		parallel: size,
		async voices() {
			return installed() ? espeakLanguages.map(language => record({language, variant: undefined})) : [];
		},
		voice({voiceId, language}) {
			const found = voiceId === undefined ? byLanguage(language ?? 'en-US') : espeakById(voiceId);
			return found && record(found);
		},
		scripts: ({language}) => espeakScripts(language),
		render: (utterance, renderOptions) =>
			toPieces(pool.run(toRequest(utterance, renderOptions.whole), renderOptions)),
		load: () => pool.load,
		warm: voice =>
			pool.warm(toRequest({text: 'a', voice, sampleRate: voice.nativeRate, speed: 1, pitch: 1, volume: 1})),
		close: () => pool.close(),
	};
}

function byLanguage(tag: string): EspeakVoice | undefined {
	const language = espeakByLanguage(tag);
	return language && {language, variant: undefined};
}

function toRequest(
	{text, readings, voice, speed, pitch, volume, sampleRate}: Utterance,
	whole = false,
): EspeakRequest {
	const found = espeakById(voice.id);
	if (!found) throw new SpeechError('VOICE_UNKNOWN', `eSpeak NG has no voice ${voice.id}.`);
	const {language, variant} = found;
	return {
		text,
		readings,
		language: voice.language,
		settings: {
			voice: variant === undefined ? language.file : `${language.file}+${variant}`,
			rate: rateOf(speed),
			pitch: pitchOf(pitch),
		},
		gain: espeakGain(variant) * volume,
		sampleRate,
		whole,
	};
}

/** Words a minute that make speech shorter by this factor. Measured in English and German from 0.5 to 2.4: within 2%. */
function rateOf(speed: number): number {
	return Math.round(175 + (speed - 1) * (speed < 1 ? 184 : 195));
}

/** eSpeak NG's setting that moves the fundamental by this factor. Measured on a vowel from 0.65 to 1.65: within 2%. */
function pitchOf(pitch: number): number {
	return Math.round(50 + Math.log2(pitch) * (pitch < 1 ? 77.7 : 65.5));
}
