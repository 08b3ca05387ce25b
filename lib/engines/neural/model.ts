import {readFile} from 'node:fs/promises';
import {SpeechError} from '../../errors.js';
import {freeMemory} from '../../free-memory.js';
import type {Family as FamilyName} from '../../voices/installed.js';
import {Envelope} from './envelope.js';
import type {Delivery, Family, OpenModel} from './families/family.js';
import type {Runtime} from './runtime.js';

/** Loaded when one of its voices is: what Piper needs takes time that heart should not wait for. */
const families: Readonly<Record<FamilyName, () => Promise<Family>>> = {
	hibari: async () => (await import('./families/hibari.js')).hibari,
	kokoro: async () => (await import('./families/kokoro.js')).kokoro,
	piper: async () => (await import('./families/piper.js')).piper,
};

/** The files of a model, and what they are said to be. */
export interface ModelFiles {
	readonly family: FamilyName;
	/** Path of the ONNX file. */
	readonly model: string;
	/** Path of Piper's JSON. */
	readonly companion?: string | undefined;
}

/** What a model made of some phonemes. */
export interface Stretch {
	/** -1 to 1 at the model's rate, silence around it included. */
	readonly samples: Float32Array;
	/** Where each phoneme given starts in `samples`, and where the last ends: one more than there were phonemes. */
	readonly starts: readonly number[];
	/** Whether the model told so; otherwise the starts are estimated. */
	readonly exact: boolean;
	/** Phonemes that the model does not know, each once: they were left out. */
	readonly unknown: readonly string[];
}

/** A model that is loaded and speaks. */
export interface Model {
	readonly family: Family;
	/** Hz. */
	readonly rate: number;
	readonly reads: OpenModel['reads'];
	/** Kokoro's style vectors from a file, read once. Throws `SpeechError` MODEL_MISSING and MODEL_INVALID. */
	style(path: string): Promise<Float32Array | undefined>;
	/** Speaks at most `family.maxPhonemes`. Throws `SpeechError` VOICE_LACKS for what the file cannot do, MODEL_INVALID for one that gives no sound. */
	speak(phonemes: string, delivery: Delivery): Promise<Stretch>;
}

/**
 * Loads a model: the file as published, with outputs appended in memory. Throws `SpeechError`: MODEL_MISSING for a file that is
 * not there, MODEL_INVALID for one that is damaged, of another family or of a version that the runtime does not know.
 */
export async function loadModel(runtime: Runtime, files: ModelFiles): Promise<Model> {
	const family = await families[files.family]();
	const file = await readModelFile(files.model);
	const companion = files.companion === undefined ? undefined : await readModelFile(files.companion);
	try {
		const {bytes, ...open} = await family.open(file, companion);
		if (bytes !== file) freeMemory(file);
		const network = await runtime.load(bytes);
		// The runtime has made its own of them.
		freeMemory(bytes);
		const outputs = [open.audio, ...(open.durations === undefined ? [] : [open.durations])];
		const styles = new Map<string, Float32Array>();
		return {
			family,
			rate: open.rate,
			reads: open.reads,
			async style(path) {
				const style = styles.get(path) ?? (await readStyle(family, path));
				if (style) styles.set(path, style);
				return style;
			},
			async speak(phonemes, delivery) {
				const encoded = open.encode(phonemes);
				const feeds = open.feeds(encoded, delivery, runtime);
				const made = await network(feeds, outputs).catch(error => failed(files.model, error));
				const samples = made[open.audio]?.data;
				if (!(samples instanceof Float32Array)) throw invalid(files.model, 'it gave no samples');
				if (!areNumbers(samples)) throw invalid(files.model, 'it gave samples that are no numbers');
				const durations = made[open.durations ?? '']?.data;
				const exact =
					durations instanceof Float32Array
						? exactStarts(durations, encoded.places, open, samples.length)
						: undefined;
				const starts =
					exact ?? estimatedStarts(samples, encoded.places.length, family.audibleLevel, open.rate);
				return {samples, starts, exact: exact !== undefined, unknown: encoded.unknown};
			},
		};
	} catch (error) {
		throw error instanceof SpeechError ? error : invalid(files.model, error);
	}
}

/** An inference that fails leaves the session as it was; WebAssembly that trapped is of no more use, and its thread is to go. */
function failed(path: string, cause: unknown): never {
	if (cause instanceof Error && cause.name === 'RuntimeError') throw cause;
	const why = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
	throw new SpeechError('ENGINE_FAILED', `The model ${path} failed on an utterance: ${why}.`, {cause});
}

async function readStyle({readStyle}: Family, path: string): Promise<Float32Array | undefined> {
	if (!readStyle) return undefined;
	const file = await readModelFile(path);
	try {
		return readStyle(file);
	} catch (error) {
		throw invalid(path, error);
	}
}

function invalid(path: string, cause: unknown): SpeechError {
	const why = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
	return new SpeechError('MODEL_INVALID', `The voice's file ${path} cannot be used: ${why}.`, {cause});
}

/** Throws `SpeechError` MODEL_MISSING, and MODEL_INVALID for an empty file. */
export async function readModelFile(path: string): Promise<Uint8Array> {
	let bytes: Uint8Array;
	try {
		bytes = await readFile(path);
	} catch (cause) {
		const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
		throw new SpeechError(
			'MODEL_MISSING',
			`The voice's file ${path} cannot be read (${why}): install the voice again.`,
			{cause},
		);
	}
	if (bytes.length === 0)
		throw new SpeechError('MODEL_INVALID', `The voice's file ${path} is empty: install the voice again.`);
	return bytes;
}

/** Undefined where the durations do not add up to the audio: then they are not what they were taken for. */
function exactStarts(
	durations: Float32Array,
	places: readonly number[],
	{frame}: Pick<OpenModel, 'frame'>,
	length: number,
): number[] | undefined {
	const ends = [0];
	for (const frames of durations) ends.push((ends.at(-1) ?? 0) + frames * frame);
	return ends.at(-1) === length ? places.map(place => ends[place] ?? length) : undefined;
}

/** Every phoneme takes its share of what sounds. */
function estimatedStarts(samples: Float32Array, count: number, level: number, rate: number): number[] {
	const envelope = new Envelope(samples, {level, rate});
	const start = envelope.firstSound(0, samples.length) ?? 0;
	const end = envelope.lastSound(0, samples.length) ?? samples.length;
	return Array.from({length: count}, (_, index) =>
		Math.round(start + ((end - start) * index) / Math.max(1, count - 1)),
	);
}

/** Whether no sample is NaN or infinite: their sum would be so too. `every` asks ten times as long. */
function areNumbers(samples: Float32Array): boolean {
	let sum = 0;
	for (let index = 0; index < samples.length; index++) sum += samples[index] ?? 0;
	return Number.isFinite(sum);
}
