import {SpeechError} from '../errors.js';
import type {Synthesizer, VoiceChoice} from '../synthesizer.js';

/** What a book needs to know of a voice. */
export interface BookVoice {
	readonly id: string;
	/** Hz. */
	readonly nativeRate: number;
	/** What makes the speech, where that is known. */
	readonly engine?: string | undefined;
}

/** Hz, where nobody knows better. */
const usualRate = 24_000;

/** The voice meant, with any synthesizer. Throws VOICE_UNKNOWN where none is. */
export async function findVoice(synthesizer: Synthesizer, choice: VoiceChoice): Promise<BookVoice> {
	if (synthesizer.voice) return synthesizer.voice(choice);
	const {voiceId, language} = choice;
	const voices = await listed(synthesizer, voiceId !== undefined);
	const wanted = language?.toLowerCase();
	const found =
		voiceId === undefined
			? (voices.find(voice => wanted === undefined || voice.language.toLowerCase() === wanted) ??
				voices.find(voice => primary(voice.language) === primary(wanted ?? '')))
			: voices.find(({id}) => id === voiceId);
	if (found) return found;
	// Servers may speak voices that they don't list.
	if (voiceId !== undefined) return {id: voiceId, nativeRate: synthesizer.nativeRate?.(choice) ?? usualRate};
	throw new SpeechError(
		'VOICE_UNKNOWN',
		`No voice of ${synthesizer.name} speaks ${JSON.stringify(language)}: name one by its id.`,
	);
}

async function listed(synthesizer: Synthesizer, isOptional: boolean) {
	try {
		return await synthesizer.voices();
	} catch (error) {
		if (isOptional && error instanceof SpeechError && error.code === 'REMOTE_REFUSED') return [];
		throw error;
	}
}

function primary(tag: string): string {
	return tag.toLowerCase().split('-')[0] ?? '';
}

export interface BookVoices {
	/** Of everything whose language has no voice of its own. */
	readonly main: BookVoice;
	/** The id of the voice for a block's language (BCP 47 tag); undefined stands for the book's own. */
	readonly voiceFor: (language: string | undefined) => string;
	/** Every voice that may speak. */
	readonly ids: readonly string[];
}

export interface VoiceOptions {
	/** Of the book; by default the voice of its language. */
	readonly voiceId?: string | undefined;
	/** Ids of voices by language (BCP 47 tag): `de` counts for `de-AT` too, unless that has one itself. */
	readonly voices?: Readonly<Record<string, string>> | undefined;
}

/** Throws VOICE_UNKNOWN, and OPTION_INVALID for a language that is no tag. */
export async function resolveVoices(
	synthesizer: Synthesizer,
	language: string,
	{voiceId, voices = {}}: VoiceOptions,
): Promise<BookVoices> {
	const byLanguage = new Map(Object.entries(voices).map(([tag, id]) => [canonical(tag), id]));
	const own = (tag: string | undefined) => (tag === undefined ? undefined : lookUp(byLanguage, tag));
	const mainId = voiceId ?? own(language);
	const main = await findVoice(synthesizer, mainId === undefined ? {language} : {voiceId: mainId});
	for (const id of byLanguage.values()) await findVoice(synthesizer, {voiceId: id});
	return {
		main,
		voiceFor: tag => own(tag) ?? main.id,
		ids: [...new Set([main.id, ...byLanguage.values()])],
	};
}

/** RFC 4647, section 3.4: from the whole tag down to its language alone. */
function lookUp(byLanguage: ReadonlyMap<string, string>, tag: string): string | undefined {
	let range = tag.toLowerCase();
	for (;;) {
		const found = byLanguage.get(range);
		if (found !== undefined || !range.includes('-')) return found;
		range = range.slice(0, range.lastIndexOf('-'));
	}
}

function canonical(tag: string): string {
	try {
		return (Intl.getCanonicalLocales(tag)[0] ?? tag).toLowerCase();
	} catch (cause) {
		throw new SpeechError(
			'OPTION_INVALID',
			`A voice is given for the language ${JSON.stringify(tag)}, which is no BCP 47 tag, such as de or pt-BR.`,
			{cause},
		);
	}
}
