import {integratedLoudness} from '../../audio/loudness.js';
import {fromPcm} from '../../audio/samples.js';
import {SpeechError} from '../../errors.js';
import {targetLoudness} from '../../voices/catalogue.js';
import type {InstalledVoice} from '../../voices/installed.js';
import {createNeural} from './neural.js';
import type {RuntimeChoice} from './runtime-choice.js';

/** What was found out about a voice by having it speak. */
export interface VoiceProof {
	/** LUFS at which it speaks. */
	readonly loudness: number;
	/** Seconds of work for a second of speech, in one worker. */
	readonly realTimeFactor: number;
	readonly wordTimes: 'exact' | 'estimated';
}

/**
 * English prose of usual loudness: of heart it is within 0.1 LU of 400 sentences. In other languages numbers, which are read in
 * all of them; those are so many LU quieter than prose.
 */
const english = {
	text: 'All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience.',
	quieter: 0,
};
const other = {text: '1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12.', quieter: 1.5};

/** LUFS: what is quieter is no speech. */
const quietest = -60;

/**
 * Loads a voice in a worker of its own and has it speak a phrase. Throws `SpeechError`: MODEL_MISSING, MODEL_INVALID (a voice
 * that gives no sound too) and MODEL_TOO_LARGE for its files, ENGINE_MISSING where it needs eSpeak NG for its phonemes, the signal's reason.
 */
export async function proveVoice(
	voice: InstalledVoice,
	{
		runtime,
		signal,
	}: {readonly runtime?: RuntimeChoice | undefined; readonly signal?: AbortSignal | undefined} = {},
): Promise<VoiceProof> {
	// At the level that all voices are brought to, its samples stay as they are.
	const proved = {...voice, loudness: targetLoudness};
	const engine = createNeural({
		runtime,
		workers: 1,
		warnSlow: false,
		installed: {list: () => [proved], find: () => proved},
	});
	try {
		const record = engine.voice({voiceId: voice.id});
		if (!record) throw new SpeechError('VOICE_UNKNOWN', `${voice.id} is no id that a voice can have.`);
		const utterance = {voice: record, sampleRate: record.nativeRate, speed: 1, pitch: 1, volume: 1, noise: 1};
		const speak = async (text: string) => {
			const pieces = [];
			const options = {deadline: performance.now(), signal};
			for await (const piece of engine.render({...utterance, text}, options)) pieces.push(piece);
			return pieces;
		};
		// The first is slower than those after it.
		await speak('1');
		const phrase = /^en\b/i.test(voice.language) ? english : other;
		const [begun, used] = [performance.now(), process.cpuUsage()];
		const pieces = await speak(phrase.text);
		const {user, system} = process.cpuUsage(used);
		// What other programs take of the processor meanwhile is no property of the voice.
		const seconds = Math.min((performance.now() - begun) / 1000, (user + system) / 1e6);
		const samples = fromPcm(Buffer.concat(pieces.map(({pcm}) => pcm)));
		const loudness = integratedLoudness(samples, record.nativeRate);
		if (loudness < quietest) {
			throw new SpeechError(
				'MODEL_INVALID',
				`The voice ${voice.id} (${voice.model}) gives no sound: install it again.`,
			);
		}
		const words = pieces.flatMap(piece => piece.words);
		return {
			loudness: Math.round((loudness + phrase.quieter) * 10) / 10,
			realTimeFactor: (seconds * record.nativeRate) / samples.length,
			wordTimes: words.some(({estimated}) => estimated) ? 'estimated' : 'exact',
		};
	} finally {
		await engine.close();
	}
}
