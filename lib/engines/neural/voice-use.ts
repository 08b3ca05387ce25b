import {heart, neuralGain} from '../../voices/catalogue.js';
import {dataFile} from '../../voices/data.js';
import type {InstalledVoice} from '../../voices/installed.js';
import type {Utterance} from '../engine.js';
import {varietyOf} from './families/family.js';
import type {ModelUse} from './loaded-models.js';
import type {NeuralRequest} from './worker.js';

/** Kokoro's voices share a model: the file beside it is the voice's own. */
export function useOf({id, family, model, companion}: InstalledVoice): ModelUse {
	const beside = family === 'piper' ? companion : undefined;
	return {name: id, family, model, companion: beside, trusted: id === heart.id};
}

/** What a worker is asked for an utterance. */
export function toRequest(
	{text, readings, sampleRate, speed, noise = 1}: Utterance,
	voice: InstalledVoice,
	speaker: number,
): NeuralRequest {
	const {language, family, companion} = voice;
	const style = family === 'kokoro' ? companion : undefined;
	return {text, readings, language, sampleRate, speed, noise, speaker, style, gain: neuralGain(voice)};
}

/** All that decides a voice's samples beside the code. */
export function filesOf(voice: InstalledVoice): Array<string | URL> {
	const {model, companion, family} = voice;
	const variety = family === 'piper' ? undefined : varietyOf(voice.language);
	const pronunciation = ['lexicon.txt.gz', 'oov.onnx', 'oov.json'].map(name => `en/${variety}-${name}`);
	const data = variety === undefined ? [] : [...pronunciation, 'en/emoji.txt'];
	const beside = {
		hibari: ['heart/waveform.onnx-fragment', 'heart/vocab.json'],
		kokoro: ['heart/vocab.json'],
		piper: [],
	}[family];
	return [model, ...(companion === undefined ? [] : [companion]), ...[...data, ...beside].map(dataFile)];
}
