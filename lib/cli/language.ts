import {UsageError} from './exit.js';

/** A BCP 47 tag as it is written. Throws UsageError for what is none. */
export function canonical(tag: string | undefined): string | undefined {
	if (tag === undefined) return undefined;
	try {
		return Intl.getCanonicalLocales(tag)[0] ?? tag;
	} catch {
		throw new UsageError(
			`--language is ${JSON.stringify(tag)}; it must be a BCP 47 tag, such as de or pt-BR.`,
		);
	}
}

/** A voice of the language as such serves its regions too: `de` is spoken by `de-AT`'s readers, `en-US` is not `en-GB`. */
export function speaks({language}: {readonly language: string}, wanted: string | undefined): boolean {
	if (wanted === undefined || language === wanted) return true;
	return language.startsWith(`${wanted}-`) || wanted.startsWith(`${language}-`);
}
