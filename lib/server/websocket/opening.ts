import type {WireProblem} from '../../wire/error-codes.js';
import {type InputMessage, sampleRates} from '../../wire/messages.js';
import {readVoiceOptions} from '../../wire/voice-options.js';
import type {Inherited} from './context.js';
import type {GenerationOptions} from './generation.js';

/** How a generation is opened, and what its context remembers of it. */
export interface Opening {
	readonly options: GenerationOptions;
	readonly settings: Inherited;
}

/** Makes of a first message, and of what its context or the server supplies, a generation's options, or says what is wrong. */
export function openingOf(
	generationId: string,
	message: InputMessage,
	{inherited, key}: {inherited: Inherited; key: string},
): Opening | WireProblem {
	const voiceId = message.voiceId ?? inherited.voiceId;
	if (voiceId === undefined) {
		const explanation = 'voiceId is missing: the first message of a generation must name a voice';
		return {code: 'voice_missing', explanation};
	}
	const voiceOptions = readVoiceOptions(message.voiceOptionValues ?? []);
	if ('problem' in voiceOptions) return {code: 'invalid_message', explanation: voiceOptions.problem};
	const sampleRate = message.sampleRate ?? inherited.sampleRate ?? sampleRates.usual;
	const words = message.addWordTimestamps ?? inherited.addWordTimestamps ?? false;
	const {positions = false, firstUtterance, items, description} = message;
	return {
		options: {
			generationId,
			voiceId,
			positions,
			speak: {voiceId, sampleRate, words, firstUtterance, items, description, key, ...voiceOptions.factors},
		},
		settings: {voiceId, sampleRate, addWordTimestamps: words},
	};
}

/** Tells the two results of `openingOf` apart. */
export function isProblem(opening: Opening | WireProblem): opening is WireProblem {
	return 'code' in opening;
}
