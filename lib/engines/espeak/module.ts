import type {EspeakEvent, EspeakModule, EspeakWorker} from '@echogarden/espeak-ng-emscripten';
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
		reset: rememberMemory(module),
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

/** Bytes that eSpeak NG has for an utterance: Mandarin takes 1.8 MB, all others less, but Russian, for which its memory grows. */
const roomBytes = 3 * 2 ** 20;
const spareBytes = 64 * 1024;

/**
 * eSpeak NG carries the phase of its waves, its flutter and more from one utterance to the next. Its whole state is its
 * memory: putting that back, after the sound was given, makes the same utterance give the same samples always.
 * It is 17 MB, most of which it would never use: a block of its own keeps that away from it, so that no more than 4 MB are put back.
 */
function rememberMemory(module: EspeakModule): () => void {
	const room = module._malloc(roomBytes);
	const bytes = module.HEAPU8.length - room - roomBytes - spareBytes;
	const kept = module._malloc(bytes);
	module._free(room);
	// What is not in the block is put back, wherever that lies; there is none where it could not be had.
	const [start, end] = kept === 0 ? [0, 0] : [kept, kept + bytes];
	const before = module.HEAPU8.slice(0, start);
	const behind = module.HEAPU8.slice(end);
	return () => {
		const memory = module.HEAPU8;
		memory.set(before);
		memory.set(behind, end);
		memory.fill(0, end + behind.length);
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
