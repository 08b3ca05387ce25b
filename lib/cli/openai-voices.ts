import type {LocalSynthesizer} from '../index.js';
import {UsageError} from './exit.js';

/** Reads `NAME=ID` as given to `--openai-voice`, and adds it to those before. Throws UsageError. */
export function openaiVoice(
	given: string,
	before: Readonly<Record<string, string>> = {},
): Record<string, string> {
	const [, name, id] = /^([^=]+)=(.+)$/.exec(given) ?? [];
	if (name !== undefined && id !== undefined) return {...before, [name]: id};
	throw new UsageError(
		`--openai-voice takes a name and the voice that it stands for, as in nova=heart, not ${JSON.stringify(given)}.`,
	);
}

/** What a name stands for must be there: nobody would find out but the client that gives it. Throws UsageError. */
export async function checkOpenaiVoices(
	names: Readonly<Record<string, string>> = {},
	synthesizer: LocalSynthesizer,
): Promise<void> {
	const ids = Object.values(names);
	if (ids.length === 0) return;
	const listed = new Set((await synthesizer.voices()).map(({id}) => id));
	const missing = ids.find(id => !listed.has(id) && synthesizer.nativeRate({voiceId: id}) === undefined);
	if (missing !== undefined)
		throw new UsageError(
			`--openai-voice: there is no voice ${JSON.stringify(missing)}; speechpipe voices lists them.`,
		);
}
