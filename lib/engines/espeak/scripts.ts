import {scriptsOf} from '../../text/scripts.js';

/** The scripts that eSpeak NG reads in a language (BCP 47 tag): it spells kanji and hanja as `Chinese letter`. */
export function espeakScripts(language: string): string[] {
	return scriptsOf(language).filter(script => script !== 'Han' || /^(zh|yue|hak|cmn)\b/.test(language));
}
