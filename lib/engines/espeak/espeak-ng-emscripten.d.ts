/** The parts used of eSpeak NG, which this package has compiled to JavaScript. It brings no types. */
declare module '@echogarden/espeak-ng-emscripten' {
	export interface EspeakEvent {
		readonly type: string;
		/** Code points from 1. */
		readonly text_position: number;
		/** ms since the start of the utterance. */
		readonly audio_position: number;
		/** Of a phoneme: its IPA, the first 8 bytes of it. */
		readonly id?: string | number | undefined;
	}

	export interface EspeakWorker {
		/** Hz. */
		readonly samplerate: number;
		/** `file` or `file+variant`; gives 0, or something else for an unknown one. */
		set_voice(name: string): number;
		/** Words a minute, 80 to 450; 175 is normal. */
		set_rate(rate: number): void;
		/** 0 to 99; 50 is normal. */
		set_pitch(pitch: number): void;
		/** Amplitude in percent; 100 is normal, and clips some voices. */
		set_volume(volume: number): void;
		/** The phonemes in IPA: a line a clause, phonemes joined by `_`. `code` is 0 where it went well. */
		synthesize_ipa(text: string): {readonly code: number; readonly ipa: string};
		/** The phonemes in IPA or in eSpeak NG's own letters: where they lie in its memory, up to a NUL. */
		convert_to_phonemes(text: string, ipa: boolean): {readonly ptr: number};
		/** Gives s16 samples and what happens in them, 100 ms at a time; a true answer stops it. */
		synthesize(text: string, give: (samples: Int16Array, events: EspeakEvent[]) => boolean): void;
	}

	export interface EspeakModule {
		readonly eSpeakNGWorker: new () => EspeakWorker;
		/** Replaced whenever the memory grows: read it afresh after every call. */
		readonly HEAPU8: Uint8Array;
		/** C's own, in that memory. */
		_malloc(bytes: number): number;
		_free(pointer: number): void;
		readonly FS: {
			readdir(path: string): string[];
			stat(path: string): {mode: number};
			isDir(mode: number): boolean;
			readFile(path: string, options: {encoding: 'utf8'}): string;
		};
	}

	export default function load(): Promise<EspeakModule>;
}
