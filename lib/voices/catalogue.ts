import {fileURLToPath} from 'node:url';
import {dataFile} from './data.js';
import {espeakVariants} from './espeak-table.js';
import type {Family, InstalledVoice} from './installed.js';

/** The voice that the project brings along. */
export const heart: InstalledVoice = {
	id: 'heart',
	family: 'hibari',
	name: 'Heart',
	language: 'en-US',
	gender: 'female',
	licence: 'Apache-2.0',
	model: fileURLToPath(dataFile('heart/model.onnx')),
	nativeRate: 24_000,
	wordTimes: 'exact',
	/** Measured by ffmpeg's ebur128 over 400 sentences of prose, 0.3 s between them; their highest peak was -2.2 dBFS. */
	loudness: -26,
	realTimeFactor: 0.01,
};

/**
 * LUFS (EBU R128 integrated loudness) at which every voice speaks, by one constant gain each. It is the target of ATSC A/85;
 * at -18 heart would clip, because its plosives reach 24 dB above its loudness.
 */
export const targetLoudness = -24;
/** LUFS at eSpeak NG's volume 50: the median of 22 languages, which lie from -28.3 to -25.4. */
const espeakLoudness = -26.9;

/** LUFS of a family's voices where theirs was not measured. */
const familyLoudness: Readonly<Record<Family, number>> = {hibari: -26, kokoro: -22.5, piper: -27};

/** Factor on the samples of a neural voice. */
export function neuralGain({family, loudness}: InstalledVoice): number {
	return gainFrom(loudness ?? familyLoudness[family]);
}

/** Factor on eSpeak NG's samples at its volume 50, for one of its variants or its normal voice. */
export function espeakGain(variant: string | undefined): number {
	return gainFrom(espeakVariants.get(variant ?? '')?.loudness ?? espeakLoudness);
}

function gainFrom(loudness: number): number {
	return 10 ** ((targetLoudness - loudness) / 20);
}

/** Seconds of work for a second of speech where they were not measured: on one core of a usual machine. */
export const usualFactor: Readonly<Record<Family, number>> = {hibari: 0.02, kokoro: 1.2, piper: 0.15};
