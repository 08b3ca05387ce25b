import {SpeechError} from '../errors.js';
import type {Range, SpeakOptions, Voice, VoiceChoice} from '../synthesizer.js';
import {isVoicePath, whatIsAVoice} from '../voices/folder.js';
import {kokoroIds, offeredId} from '../voices/install/offered.js';
import type {Engine} from './engine.js';

export interface ChosenVoice {
	readonly engine: Engine;
	readonly voice: Voice;
}

/** The voice meant, known without waiting: the first engine's that has one. */
export function findVoice(engines: readonly Engine[], choice: VoiceChoice): ChosenVoice | undefined {
	for (const engine of engines) {
		const voice = engine.voice(choice);
		if (voice) return {engine, voice};
	}
	return undefined;
}

/** The voice meant. Throws `SpeechError` VOICE_UNKNOWN, which tells how to install it, or offers the ids that look most like it. */
export async function resolveVoice(engines: readonly Engine[], choice: VoiceChoice): Promise<ChosenVoice> {
	const found = findVoice(engines, choice);
	if (found) return found;
	const {voiceId, language} = choice;
	if (voiceId === undefined) {
		throw new SpeechError(
			'VOICE_UNKNOWN',
			`No voice here speaks ${JSON.stringify(language)}: give a BCP 47 tag like de or pt-BR.`,
		);
	}
	const why = engines.map(engine => engine.whyNot?.(voiceId)).find(Boolean);
	if (why !== undefined) throw new SpeechError('VOICE_UNKNOWN', why);
	if (isVoicePath(voiceId))
		throw new SpeechError('VOICE_UNKNOWN', `${voiceId} is no voice: ${whatIsAVoice}.`);
	const offered = offeredId(voiceId);
	if (offered !== undefined && !findVoice(engines, {voiceId: offered})) {
		throw new SpeechError(
			'VOICE_UNKNOWN',
			`The voice ${JSON.stringify(voiceId)} is not installed: speechpipe voices add ${offered}`,
		);
	}
	const voices = (await Promise.all(engines.map(engine => engine.voices()))).flat();
	const ids = voices.map(({id}) => id);
	const ofFamily = /^(?:kokoro|piper|hibari):/.test(voiceId);
	const nearest = nearestTo(voiceId, ofFamily ? [...new Set([...ids, ...kokoroIds])] : ids);
	const more = ofFamily ? ' speechpipe voices --available lists what can be added.' : '';
	throw new SpeechError(
		'VOICE_UNKNOWN',
		`There is no voice ${JSON.stringify(voiceId)}. The nearest: ${nearest.join(', ')}.${more}`,
	);
}

/**
 * Checks what the options ask of a voice. Throws `SpeechError`: VOICE_LACKS for an option that it does not have at all (1,
 * the normal, is always allowed), OPTION_INVALID for a factor out of its range.
 */
export function checkVoiceOptions(
	voice: Voice,
	options: Pick<SpeakOptions, 'speed' | 'pitch' | 'volume' | 'noise'>,
): void {
	for (const name of ['speed', 'pitch', 'volume', 'noise'] as const) {
		const factor = options[name];
		if (factor !== undefined && factor !== 1) checkFactor(voice, name, factor, voice[name] ?? null);
	}
}

function checkFactor(voice: Voice, name: string, factor: number, range: Range | null): void {
	if (typeof factor !== 'number' || Number.isNaN(factor)) {
		throw new SpeechError('OPTION_INVALID', `${name} must be a number, not ${JSON.stringify(factor)}.`);
	}
	if (!range) throw new SpeechError('VOICE_LACKS', `The voice ${voice.id} has no ${name} to change.`);
	if (factor < range.min || factor > range.max) {
		throw new SpeechError(
			'OPTION_INVALID',
			`${name} of the voice ${voice.id} must be from ${range.min} to ${range.max}, not ${factor}.`,
		);
	}
}

/** Three of the names: those that go on where it ends, then those fewest edits away. */
function nearestTo(name: string, names: readonly string[]): string[] {
	const wanted = name.toLowerCase();
	const edits = (candidate: string) => (candidate.startsWith(wanted) ? 0 : editDistance(wanted, candidate));
	return names
		.map(candidate => ({candidate, edits: edits(candidate)}))
		.sort((a, b) => a.edits - b.edits)
		.slice(0, 3)
		.map(({candidate}) => candidate);
}

/** Levenshtein's distance, row by row. */
function editDistance(from: string, to: string): number {
	let row = Array.from({length: to.length + 1}, (_, index) => index);
	for (const [fromIndex, letter] of [...from].entries()) {
		const next = [fromIndex + 1];
		for (let index = 0; index < to.length; index++) {
			const replaced = (row[index] ?? 0) + (letter === to[index] ? 0 : 1);
			next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
		}
		row = next;
	}
	return row[to.length] ?? 0;
}
