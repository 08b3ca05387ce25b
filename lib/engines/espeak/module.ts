import type {EspeakEvent, EspeakWorker} from '@echogarden/espeak-ng-emscripten';
import {SpeechError} from '../../errors.js';

export interface EspeakSettings {
	/** As eSpeak NG calls it: `en-us+f3`. */
	readonly voice: string;
	/** Words a minute, 80 to 450; 175 is normal. */
	readonly rate: number;
	/** 0 to 99; 50 is normal. */
	readonly pitch: number;
}

/** Takes 100 ms of s16 samples and what happens in them; true stops the synthesis. */
export type TakeSound = (samples: Int16Array, events: readonly EspeakEvent[]) => boolean;

/** Speaks a text, blocking the thread: `take` is called as the sound is made. */
export type Espeak = (text: string, settings: EspeakSettings, take: TakeSound) => void;

/** Longest text it takes, in UTF-8 bytes. */
const textBytes = 16_384;

/** eSpeak NG itself, and what puts it back into the state that it was loaded in. */
export interface EspeakState {
	readonly worker: EspeakWorker;
	readonly reset: () => void;
	/** A text's phonemes in eSpeak NG's own letters, joined by `_`. */
	readonly mnemonics: (text: string) => string;
}

/** Loads eSpeak NG. Throws `SpeechError` ENGINE_MISSING where its package is not installed. */
export async function loadEspeakWorker(): Promise<EspeakState> {
	const module = await (await importEspeak()).default();
	const worker = new module.eSpeakNGWorker();
	// The binding keeps a buffer for strings, and grows it when a longer one comes: it must have its size before its place is remembered.
	for (let times = 0; times < 2; times++) worker.set_voice('-'.repeat(textBytes));
	return {
		worker,
		reset: rememberMemory(() => module.HEAPU8),
		mnemonics(text) {
			const {ptr} = worker.convert_to_phonemes(text, false);
			const memory = module.HEAPU8;
			return Buffer.from(memory.subarray(ptr, memory.indexOf(0, ptr))).toString();
		},
	};
}

/** Loads eSpeak NG as a voice. Throws `SpeechError` ENGINE_MISSING where its package is not installed. */
export async function loadEspeak(): Promise<Espeak> {
	const {worker, reset} = await loadEspeakWorker();
	return (text, {voice, rate, pitch}, take) => {
		try {
			if (worker.set_voice(voice) !== 0) throw new Error(`eSpeak NG has no voice ${voice}`);
			worker.set_rate(rate);
			worker.set_pitch(pitch);
			// Half of its normal amplitude: at that, some languages clip.
			worker.set_volume(50);
			worker.synthesize(text, take);
		} finally {
			reset();
		}
	};
}

/**
 * eSpeak NG carries the phase of its waves, its flutter and more from one utterance to the next. Its whole state is the
 * memory of its WebAssembly: putting that back (2 ms, after the sound was given) makes the same utterance give the same samples always.
 */
function rememberMemory(memory: () => Uint8Array): () => void {
	const bytes = memory();
	let used = bytes.length;
	// A loop, because a callback for each of 17 million bytes would take a tenth of a second.
	while (used > 0 && bytes[used - 1] === 0) used -= 1;
	const start = bytes.slice(0, used);
	return () => {
		memory().set(start);
		memory().fill(0, used);
	};
}

/** The package. Throws `SpeechError` ENGINE_MISSING where it is not installed. */
export async function importEspeak(): Promise<typeof import('@echogarden/espeak-ng-emscripten')> {
	try {
		return await import('@echogarden/espeak-ng-emscripten');
	} catch (error) {
		throw new SpeechError(
			'ENGINE_MISSING',
			'The voices espeak:… need a package of their own (GPL-3.0): npm install @echogarden/espeak-ng-emscripten',
			{cause: error},
		);
	}
}
