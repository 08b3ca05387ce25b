/** The families of neural voices: one small file each in `engines/neural/`. */
export type Family = 'hibari' | 'kokoro' | 'piper';

/** A neural voice whose files lie on this machine: all that an engine needs in order to load and speak it. */
export interface InstalledVoice {
	/** What `voiceId` names: `emma`, `kokoro:af_heart`, `piper:en_US-joe-medium`; for a folder that was named, its path. */
	readonly id: string;
	/** The kind of model that speaks. */
	readonly family: Family;
	/** For people. */
	readonly name: string;
	/** BCP 47 tag. */
	readonly language: string;
	/** As its maker says; `unknown` where nobody does. */
	readonly gender: 'female' | 'male' | 'neutral' | 'unknown';
	/** SPDX identifier, or how the publisher puts it. */
	readonly licence: string;
	/** Path of the ONNX file, as published. */
	readonly model: string;
	/** Path of the file beside it: Piper's JSON, Kokoro's style vectors of this voice. */
	readonly companion?: string | undefined;
	/** Hz of the samples that the model makes: 24,000 of hibari and Kokoro, `audio.sample_rate` of Piper's JSON. */
	readonly nativeRate: number;
	/** How many speakers the model has; `#N` behind the id chooses one. 1 by default. */
	readonly speakers?: number | undefined;
	/** LUFS (EBU R128 integrated) at which it speaks, as measured when it was installed. */
	readonly loudness?: number | undefined;
	/** Whether its file tells how long each phoneme lasts, as found when it was installed; `exact` where that was not looked at yet. */
	readonly wordTimes?: 'exact' | 'estimated' | undefined;
	/** Seconds of work for a second of speech on one core, as measured when it was installed. */
	readonly realTimeFactor?: number | undefined;
}
