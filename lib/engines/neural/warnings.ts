import {warn} from '../../warning.js';

const warned = new Set<string>();

/** A process warning, once for each `about`. */
function warnOnce(code: string, about: string, message: string): void {
	const key = `${code} ${about}`;
	// Texts of any kind may bring new ones for ever.
	if (warned.has(key) || warned.size >= 1000) return;
	warned.add(key);
	warn(message, code);
}

/** A model was given phonemes that it was not taught. */
export function warnUnknown(voiceId: string, phonemes: readonly string[]): void {
	for (const phoneme of phonemes) {
		const codePoint = phoneme.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
		warnOnce(
			'SPEECHPIPE_PHONEME_UNKNOWN',
			`${voiceId} ${phoneme}`,
			`The voice ${voiceId} does not know the phoneme ${phoneme} (U+${codePoint}): it is left out.`,
		);
	}
}

/** A voice takes longer to make speech than to speak it, on all workers together. */
export function warnSlow(voiceId: string, factor: number): void {
	warnOnce(
		'SPEECHPIPE_VOICE_SLOW',
		voiceId,
		`The voice ${voiceId} is slower than speech on this machine: a second of it takes about ${factor.toFixed(1)} s, so there will be gaps.`,
	);
}
