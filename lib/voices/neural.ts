import type {Voice} from '../synthesizer.js';
import type {InstalledVoice} from './installed.js';

/** An id with the `#N` behind it, which chooses one of a model's speakers, apart from it. */
export function splitSpeaker(voiceId: string): {readonly id: string; readonly speaker: number | undefined} {
	const [, id, speaker] = /^(.+)#(\d{1,6})$/s.exec(voiceId) ?? [];
	return id === undefined ? {id: voiceId, speaker: undefined} : {id, speaker: Number(speaker)};
}

/** What `voices()` tells of a voice, or of one of its speakers. `runtime` names ONNX Runtime with its version. */
export function neuralRecord(voice: InstalledVoice, speaker: number | undefined, runtime: string): Voice {
	const {id, name, language, gender, licence, nativeRate, wordTimes = 'exact', family} = voice;
	return {
		id: speaker === undefined ? id : `${id}#${speaker}`,
		name: speaker === undefined ? name : `${name}, speaker ${speaker}`,
		language,
		gender,
		engine: `${family} (${runtime})`,
		licence,
		nativeRate,
		wordTimes,
		speed: {min: 0.5, max: 2},
		pitch: null,
		volume: null,
		...(family === 'piper' ? {noise: {min: 0, max: 2}} : {}),
	};
}
