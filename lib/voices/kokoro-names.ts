import type {InstalledVoice} from './installed.js';

/** By the first letter of a name of Kokoro's. */
const languages: Readonly<Record<string, string>> = {
	a: 'en-US',
	b: 'en-GB',
	e: 'es',
	f: 'fr-FR',
	h: 'hi',
	i: 'it',
	j: 'ja',
	p: 'pt-BR',
	z: 'zh',
};

/** What a name of Kokoro's tells, such as `af_heart`: language, gender, a name for people. Other names are taken for American English. */
export function kokoroFacts(key: string): Pick<InstalledVoice, 'name' | 'language' | 'gender'> {
	const [, language = '', gender = '', plain = key] = /^([abefhijpz])([fm])_(.+)$/.exec(key) ?? [];
	return {
		name: plain.charAt(0).toUpperCase() + plain.slice(1),
		language: languages[language] ?? 'en-US',
		gender: gender === 'f' ? 'female' : gender === 'm' ? 'male' : 'unknown',
	};
}
