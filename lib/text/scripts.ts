/** Unicode's names of the scripts in use, by their ISO 15924 codes. */
export const scriptNames: Readonly<Record<string, string>> = {
	Latn: 'Latin',
	Cyrl: 'Cyrillic',
	Grek: 'Greek',
	Armn: 'Armenian',
	Geor: 'Georgian',
	Hebr: 'Hebrew',
	Arab: 'Arabic',
	Syrc: 'Syriac',
	Thaa: 'Thaana',
	Ethi: 'Ethiopic',
	Deva: 'Devanagari',
	Beng: 'Bengali',
	Guru: 'Gurmukhi',
	Gujr: 'Gujarati',
	Orya: 'Oriya',
	Taml: 'Tamil',
	Telu: 'Telugu',
	Knda: 'Kannada',
	Mlym: 'Malayalam',
	Sinh: 'Sinhala',
	Thai: 'Thai',
	Laoo: 'Lao',
	Tibt: 'Tibetan',
	Mymr: 'Myanmar',
	Khmr: 'Khmer',
	Mong: 'Mongolian',
	Hani: 'Han',
	Hira: 'Hiragana',
	Kana: 'Katakana',
	Bopo: 'Bopomofo',
	Hang: 'Hangul',
	Yiii: 'Yi',
	Cher: 'Cherokee',
	Cans: 'Canadian_Aboriginal',
	Tfng: 'Tifinagh',
	Nkoo: 'Nko',
	Vaii: 'Vai',
	Adlm: 'Adlam',
	Olck: 'Ol_Chiki',
	Mtei: 'Meetei_Mayek',
	Java: 'Javanese',
	Bali: 'Balinese',
	Sund: 'Sundanese',
	Goth: 'Gothic',
};

/** Codes that stand for several scripts together. */
const together: Readonly<Record<string, readonly string[]>> = {
	Jpan: ['Han', 'Hiragana', 'Katakana'],
	Hrkt: ['Hiragana', 'Katakana'],
	Kore: ['Hangul', 'Han'],
	Hans: ['Han', 'Bopomofo'],
	Hant: ['Han', 'Bopomofo'],
	Hanb: ['Han', 'Bopomofo'],
};

/**
 * The scripts that a language (BCP 47 tag) is written in, by Unicode's names, as `\p{Script=…}` takes them, and Latin,
 * which every text may hold: `['Han', 'Hiragana', 'Katakana', 'Latin']` for `ja`. Just Latin for a tag that tells nothing.
 */
export function scriptsOf(language: string): string[] {
	const code = scriptCode(language);
	const name = scriptNames[code];
	return [...new Set([...(together[code] ?? (name === undefined ? [] : [name])), 'Latin'])];
}

function scriptCode(language: string): string {
	try {
		return new Intl.Locale(language).maximize().script ?? '';
	} catch {
		return '';
	}
}
