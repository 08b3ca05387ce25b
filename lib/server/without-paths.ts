import {SpeechError} from '../errors.js';
import type {SpeechEvent, Synthesizer, VoiceChoice} from '../synthesizer.js';
import {isVoicePath} from '../voices/folder.js';

/**
 * A synthesizer for strangers: who names a voice by its path would have files of this machine loaded, so a path is no voice. The
 * one that the server's owner names (`own`) is.
 */
export function withoutPaths(synthesizer: Synthesizer, own: string | undefined): Synthesizer {
	const isRefused = ({voiceId}: VoiceChoice) =>
		voiceId !== undefined && voiceId !== own && isVoicePath(voiceId);
	return {
		name: synthesizer.name,
		voices: () => synthesizer.voices(),
		speak: (text, options) => (isRefused(options) ? refusal(options) : synthesizer.speak(text, options)),
		...(synthesizer.nativeRate && {
			nativeRate: choice => (isRefused(choice) ? undefined : synthesizer.nativeRate?.(choice)),
		}),
		...(synthesizer.lateness && {lateness: () => synthesizer.lateness?.() ?? 0}),
		...(synthesizer.load && {load: () => synthesizer.load?.() ?? {workers: 0, busy: 0, waiting: 0}}),
		close: () => synthesizer.close(),
	};
}

async function* refusal({voiceId}: VoiceChoice): AsyncGenerator<SpeechEvent, void> {
	yield* [];
	throw new SpeechError(
		'VOICE_UNKNOWN',
		`There is no voice ${JSON.stringify(voiceId)}: a server takes ids, no paths.`,
	);
}
