import {SpeechError} from '../../errors.js';
import type {Synthesizer} from '../../synthesizer.js';

/** What OpenAI's clients may call a voice without asking which there are. */
const openaiNames: ReadonlySet<string> = new Set([
	'alloy',
	'ash',
	'ballad',
	'cedar',
	'coral',
	'echo',
	'fable',
	'marin',
	'nova',
	'onyx',
	'sage',
	'shimmer',
	'verse',
]);

/** Which voices names stand for. Throws OPTION_INVALID for what is no mapping from names to ids. */
export function checkVoiceNames(names: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> {
	const entries = Object.entries(names);
	for (const [name, id] of entries) {
		if (name !== '' && typeof id === 'string' && id !== '') continue;
		throw new SpeechError(
			'OPTION_INVALID',
			`openaiVoices maps ${JSON.stringify(name)} to ${JSON.stringify(id)}; it must map a name to the id of a voice.`,
		);
	}
	return new Map(entries.map(([name, id]) => [name.toLowerCase(), id]));
}

/**
 * The id that a `voice` means: what the operator mapped it to; else a voice of that id or name; else, for a name
 * of OpenAI's, undefined: the server's own. Anything else is given back as it is: whoever speaks knows that there is none, or
 * voices that no list holds.
 */
export async function voiceNamed(
	voice: string,
	names: ReadonlyMap<string, string>,
	synthesizer: Synthesizer,
): Promise<string | undefined> {
	const name = voice.toLowerCase();
	const mapped = names.get(name);
	if (mapped !== undefined) return mapped;
	if (synthesizer.nativeRate?.({voiceId: voice}) !== undefined) return voice;
	const voices = await synthesizer.voices();
	const found =
		voices.find(({id}) => id.toLowerCase() === name) ??
		voices.find(known => known.name.toLowerCase() === name);
	return found?.id ?? (openaiNames.has(name) ? undefined : voice);
}
