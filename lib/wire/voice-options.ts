import {excerpt} from './field-problem.js';
import type {InputMessage} from './messages.js';

/** The factors that voices take; each is the `optionId` of the same name. */
export const voiceFactors = ['speed', 'pitch', 'volume'] as const;
export type VoiceFactors = {readonly [Factor in (typeof voiceFactors)[number]]?: number | undefined};

type VoiceOptionValues = NonNullable<InputMessage['voiceOptionValues']>;

/** The factors among a message's `voiceOptionValues`; options of other names are ignored. Says which value is no number. */
export function readVoiceOptions(
	values: VoiceOptionValues,
): {readonly factors: VoiceFactors} | {readonly problem: string} {
	const factors: {-readonly [Factor in keyof VoiceFactors]: VoiceFactors[Factor]} = {};
	for (const {optionId, value} of values) {
		const factor = voiceFactors.find(name => name === optionId.toLowerCase());
		if (factor === undefined) continue;
		if (typeof value !== 'number' || !(value > 0)) {
			return {problem: `voiceOptionValues: ${factor} is ${excerpt(value)}; it must be a number above 0`};
		}
		factors[factor] = value;
	}
	return {factors};
}

/** The `voiceOptionValues` that ask for these factors; none for the voice's normal. */
export function writeVoiceOptions(factors: VoiceFactors): VoiceOptionValues {
	return voiceFactors.flatMap(optionId => {
		const value = factors[optionId];
		return value === undefined || value === 1 ? [] : [{optionId, value}];
	});
}
