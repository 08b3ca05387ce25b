import {VoiceStore} from '../voices/store.js';
import type {Engine} from './engine.js';
import {createEspeak} from './espeak/espeak.js';
import {createNeural} from './neural/neural.js';
import type {RuntimeChoice, RuntimeReport} from './neural/runtime-choice.js';
import type {Workers} from './worker-count.js';

export interface LocalEnginesOptions {
	/** Worker threads of each engine: by default one for each processor, but no more than 4; `max` has no such limit. */
	readonly workers?: Workers | undefined;
	/** Which ONNX Runtime speaks: `auto` by default, unless the environment variable SPEECHPIPE_RUNTIME says otherwise. */
	readonly runtime?: RuntimeChoice | undefined;
	/**
	 * MiB that the models of neural voices may take together, as estimated from their files; those used least recently are unloaded.
	 * By default half of the memory that the process may use, but no more than 4,096.
	 */
	readonly maxModelMemory?: number | undefined;
}

export interface LocalEngines {
	/** In order of preference: heart for English and where no language is asked for, eSpeak NG for every other. */
	readonly engines: readonly Engine[];
	/** Which ONNX Runtime is in use, and why not the native one: as a worker found it, which is started where none has run yet. */
	runtime(): Promise<RuntimeReport>;
	close(): Promise<void>;
}

/** The engines of this process. Starts nothing. Throws `SpeechError` OPTION_INVALID. */
export function createLocalEngines(options: LocalEnginesOptions = {}): LocalEngines {
	const neural = createNeural({...options, installed: new VoiceStore()});
	const espeak = createEspeak(options);
	const engines = [neural, espeak];
	return {
		engines,
		runtime: () => neural.runtime(),
		async close() {
			await Promise.all(engines.map(engine => engine.close()));
		},
	};
}
