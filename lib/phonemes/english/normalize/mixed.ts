/** Words with digits in them: 221B, COVID-19, MP3, B2B. */
import {cardinal, decade, digits, looksLikeYear, ordinal, year} from './numbers.js';
import type {Context, Rule} from './rule.js';

/** Letters beside digits are a word only if they could be one: "COVID 19", but "M P 3". */
function sayLetters(written: string): string {
	if (written.length > 1 && written === written.toLowerCase() && /[aeiouy]/.test(written)) return written;
	if (written.length > 3 && /[aeiouy]/i.test(written)) return written;
	return `${Array.from(written.toUpperCase()).join('.')}.`;
}

function sayDigits(written: string, {variety}: Context): string {
	if (written.endsWith('0s')) return decade(written.slice(0, -1), variety);
	if (/[a-z]$/.test(written)) return ordinal(written.replace(/\D/g, ''));
	if (looksLikeYear(written)) return year(written, variety);
	return written.length > 3 ? digits(written) : cardinal(written, variety);
}

function sayRun(run: string, context: Context): string {
	if (run === '.') return 'point';
	return /^\d/.test(run) ? sayDigits(run, context) : sayLetters(run);
}

export const mixed: readonly Rule[] = [
	{
		pattern:
			/(?=\p{L}{0,40}[-'’]?\d)[\p{L}\p{M}\p{N}]{1,80}(?:(?:[-'’]|\.(?=\d))[\p{L}\p{M}\p{N}]{1,80}){0,8}/uy,
		say([all], context) {
			const runs = all.match(/\d{1,36}(?:st|nd|rd|th|(?<=0)s)(?!\p{L})|\d+|\.|[\p{L}\p{M}]+/gu) ?? [];
			return runs.map(run => sayRun(run, context)).join(' ');
		},
	},
];
