import type {Voice} from '../synthesizer.js';
import {type EspeakLanguage, espeakLanguages, espeakVariants} from './espeak-table.js';

/** A voice of eSpeak NG: a language, spoken in its normal voice or in a variant of it. */
export interface EspeakVoice {
	readonly language: EspeakLanguage;
	readonly variant: string | undefined;
}

const prefix = 'espeak:';

/** The voice of an id like `espeak:de` or `espeak:en-us+f3`, in any case; undefined for others. */
export function espeakById(id: string): EspeakVoice | undefined {
	if (!id.toLowerCase().startsWith(prefix)) return undefined;
	const [name = '', wanted] = id.slice(prefix.length).split('+', 2);
	const language = espeakLanguages.find(candidate => candidate.id === name.toLowerCase());
	if (!language || wanted === undefined) return language && {language, variant: undefined};
	const variant = [...espeakVariants.keys()].find(
		candidate => candidate.toLowerCase() === wanted.toLowerCase(),
	);
	return variant === undefined ? undefined : {language, variant};
}

/**
 * The language that serves a BCP 47 tag best, by RFC 4647's lookup: `de-AT` finds `de`, `pt-BR` its own, `zh` Mandarin.
 * Undefined where eSpeak NG doesn't speak it, or for what is no tag.
 */
export function espeakByLanguage(tag: string): EspeakLanguage | undefined {
	for (
		let range = canonical(tag);
		range !== '';
		range = range.slice(0, Math.max(0, range.lastIndexOf('-')))
	) {
		const [best] = espeakLanguages
			.flatMap(language => language.tags.map(([spoken, priority]) => ({language, spoken, priority})))
			.filter(({spoken}) => spoken === range)
			.sort((a, b) => a.priority - b.priority);
		if (best) return best.language;
	}
	return undefined;
}

function canonical(tag: string): string {
	try {
		return Intl.getCanonicalLocales(tag)[0] ?? '';
	} catch {
		return '';
	}
}

/** What `voices()` tells of a voice. `engine` names eSpeak NG with its version. */
export function espeakRecord({language, variant}: EspeakVoice, engine: string): Voice {
	return {
		id: `${prefix}${language.id}${variant === undefined ? '' : `+${variant}`}`,
		name: variant === undefined ? language.name : `${language.name}, ${variant}`,
		language: language.tags[0]?.[0] ?? language.id,
		// Without a variant eSpeak NG speaks as a man.
		gender: variant === undefined ? 'male' : (espeakVariants.get(variant)?.gender ?? 'unknown'),
		engine,
		licence: 'GPL-3.0-or-later',
		nativeRate: 22_050,
		wordTimes: 'exact',
		speed: {min: 0.5, max: 2.4},
		pitch: {min: 0.65, max: 1.65},
		volume: {min: 0, max: 2},
	};
}
