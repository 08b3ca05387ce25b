/** Words with digits in them: 221B, COVID-19, MP3, B2B. */
import {cardinal, decade, decimal, digits, label, looksLikeYear, ordinal, plural, year} from './numbers.js';
import type {Context, Rule} from './rule.js';

/** Letters beside digits are a word only if they could be one: "COVID 19", but "M P 3". */
function sayLetters(written: string): string {
	if (written.length > 1 && written === written.toLowerCase() && /[aeiouy]/.test(written)) return written;
	if (/[aeiouy]/i.test(written) && (written.length > 3 || /^\p{Lu}\p{Ll}+\p{Lu}?$/u.test(written)))
		return written;
	return `${Array.from(written.toUpperCase()).join('.')}.`;
}

function sayDigits(written: string, {variety}: Context): string {
	// 49ers, a 5er
	const [, number, many = ''] = /^(\d+)er(s?)$/.exec(written) ?? [];
	if (number !== undefined) return `${cardinal(number, variety).replace(/e?$/, 'er')}${many}`;
	if (/0s$/.test(written)) return decade(written.slice(0, -1), variety);
	if (written.endsWith('s')) return plural(label(written.slice(0, -1), variety));
	if (/[a-z]$/.test(written)) return ordinal(written.replace(/\D/g, ''), variety);
	if (/[.,]/.test(written)) return decimal(written, variety);
	if (looksLikeYear(written)) return year(written, variety);
	return written.length === 4
		? label(written, variety)
		: written.length > 4
			? digits(written)
			: cardinal(written, variety);
}

/** After letters a number is part of a name: A380, "three eighty". */
function sayRun(run: string, afterLetters: boolean, context: Context): string {
	if (run === '.') return 'point';
	if (/^\d{3}$/.test(run) && afterLetters) return label(run, context.variety);
	return /^\d/.test(run) ? sayDigits(run, context) : sayLetters(run);
}

export const mixed: readonly Rule[] = [
	{
		pattern:
			/(?=\p{L}{0,40}[-'’]?[\d₀-₉])(?:\d{1,3}(?:,\d{3})+|[\p{L}\p{M}\p{Nd}₀-₉]{1,80})(?:(?:[-'’]|\.(?=\d))[\p{L}\p{M}\p{Nd}]{1,80}){0,8}/uy,
		say([written], context) {
			const owner = /^(.*)['’]s$/su.exec(written)?.[1];
			// One point alone is that of a decimal: "an 8.25-inch pipe".
			const decimals = /^[^.]*(?<![\p{L}.])\d+\.\d+[^.]*$/u.test(written) ? /\d[\d,]*\.\d+|/ : /(?!)/;
			const all = (owner ?? written).replace(/[₀-₉]/gu, digit =>
				String((digit.codePointAt(0) ?? 0) - 0x2080),
			);
			const parts = new RegExp(
				`${decimals.source.replace(/\|$/, '')}|\\d{1,3}(?:,\\d{3})+|\\d{1,36}(?:st|nd|rd|th|ers?|s)(?!\\p{L})|\\d+|\\.|[\\p{L}\\p{M}]+`,
				'gu',
			);
			const runs = all.match(parts) ?? [];
			const afterLetters = (index: number) => /^\p{Lu}/u.test(runs[index - 1] ?? '');
			const said = runs.map((run, index) => sayRun(run, afterLetters(index), context)).join(' ');
			return owner === undefined ? said : `${said}'s`;
		},
	},
];
