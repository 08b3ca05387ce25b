/** Web and mail addresses, file names: read as one says them to somebody, punctuation by name. */
import {closedClass} from '../word-classes.js';
import {cardinal, label} from './numbers.js';
import {pattern, type Rule} from './rule.js';

// biome-ignore format: a table
const names: {readonly [sign: string]: string} = {
	'.': 'dot', '/': 'slash', ':': 'colon', '-': 'dash', _: 'underscore', '@': 'at', '?': 'question mark', '=': 'equals', '&': 'and',
	'\\': 'backslash', '#': 'hash', '%': 'percent', '~': 'tilde', '+': 'plus',
};
/** What few would say as a word. */
// biome-ignore format: a table
const spelled: {readonly [part: string]: string} = {
	http: 'H.T.T.P.', https: 'H.T.T.P.S.', ftp: 'F.T.P.', www: 'W.W.W.', html: 'H.T.M.L.', htm: 'H.T.M.', js: 'J.S.', ts: 'T.S.', css: 'C.S.S.',
	pdf: 'P.D.F.', mp: 'M.P.', md: 'M.D.', py: 'P.Y.', txt: 'T.X.T.', xml: 'X.M.L.', csv: 'C.S.V.', png: 'P.N.G.', uk: 'U.K.', io: 'I.O.', eu: 'E.U.', us: 'U.S.', tv: 'T.V.',
	ai: 'A.I.', edu: 'E.D.U.', de: 'D.E.', fr: 'F.R.', jp: 'J.P.', ca: 'C.A.', au: 'A.U.', sh: 'S.H.', exe: 'E.X.E.', docx: 'D.O.C.X.', epub: 'E pub', etc: 'E.T.C.', usr: 'U.S.R.', src: 'S.R.C.', tmp: 'T.M.P.', lib: 'lib', npm: 'N.P.M.', ssh: 'S.S.H.', bashrc: 'bash R.C.', api: 'A.P.I.', id: 'I.D.', url: 'U.R.L.', php: 'P.H.P.', sql: 'S.Q.L.', gov: 'gov', cn: 'C.N.', ru: 'R.U.', nl: 'N.L.', se: 'S.E.', ch: 'C.H.', es: 'E.S.', ie: 'I.E.', nz: 'N.Z.', yml: 'Y.M.L.', rs: 'R.S.', cpp: 'C.P.P.', jsx: 'J.S.X.', tsx: 'T.S.X.', svg: 'S.V.G.', mpeg: 'M peg', jpg: 'J peg', jpeg: 'J peg', gz: 'G.Z.', faq: 'F.A.Q.', v: 'V.',
};
const endings =
	'com|org|net|edu|gov|mil|int|info|io|co|xyz|tech|online|blog|cn|ru|nl|se|ch|es|ie|nz|in|it|yml|yaml|rs|go|cpp|rb|php|sql|log|toml|lock|mp3|tar|gz|dev|app|ai|uk|us|eu|de|fr|jp|ca|au|tv|me|js|ts|mjs|tsx|jsx|json|html?|css|pdf|mp[34]|wav|ogg|md|py|txt|xml|csv|png|jpe?g|gif|svg|sh|exe|docx?|epub|zip|srt|vtt';
const part = '[\\p{L}\\p{N}_-]{1,64}';
const path = '(?:[/?#][\\p{L}\\p{N}._~/?#&=%+@:-]{0,2000})?';

/** Parts in turn: words, numbers by their digits, signs by their names. */
function readOut(address: string): string {
	const parts = address.match(/\p{L}+|\d+|[^\p{L}\d]/gu) ?? [];
	return parts.map(sayPart).filter(Boolean).join(' ');
}

function sayPart(written: string): string | undefined {
	if (/^\d/.test(written)) return cardinal(written, 'us');
	if (/^\p{L}/u.test(written)) return spelled[written.toLowerCase()] ?? written;
	return names[written];
}

/** Punctuation at the end belongs to the sentence. */
const trim = (address: string) =>
	address.replace(/[.,:;!?'")\]/-]+$/u, match => (match.startsWith('/') ? '/' : ''));

function sayAddress(match: RegExpExecArray): readonly [[number, number, string]] {
	const address = trim(match[0]);
	return [[0, address.length, readOut(address.replace(/\/$/, ''))]];
}

/** A path of a file system stands by itself: "and/or" is none. */
const filePath = /(?:~|\.{1,2})?\/[\p{L}\p{N}._-]{1,64}(?:\/[\p{L}\p{N}._-]{1,64}){0,20}\/?/uy;

export const addresses: readonly Rule[] = [
	{
		// ~/.bashrc, /etc/hosts
		pattern: filePath,
		say(match, {behind}) {
			const alone = behind === '' || /[\s("'“`=]$/u.test(behind);
			return alone && /\p{L}/u.test(match[0]) ? sayAddress(match) : undefined;
		},
	},
	{
		// C:\Users\me
		pattern: /\p{Lu}:\\(?:[^\s\\<>"|:]{1,64}\\?){0,20}/uy,
		say: sayAddress,
	},
	{
		// npm install --save-dev, ls -l; a dash of prose has no letter right behind it, or comes in pairs
		pattern: /--?(?=\p{Ll})[\p{Ll}\d][\p{L}\d-]{0,40}(?:=[\p{L}\p{N}._/-]{1,80})?/uy,
		say(match, {before, behind, after}) {
			const [option] = match;
			const short = /^-\p{L}$/u.test(option);
			const isOption = /[\p{L}\d`'",:][ `(]$|[\s(]`$/u.test(behind) && (option.startsWith('--') || short);
			const isDash =
				option.startsWith('--') &&
				(/\S--|--\s/.test(after) || (before !== '' && closedClass.has(option.slice(2))));
			return isOption && !isDash ? sayAddress(match) : undefined;
		},
	},
	{pattern: /(?:https?|ftp):\/\/[^\s<>"“”()]{1,2000}/uy, say: sayAddress},
	{pattern: pattern(`[\\p{L}\\p{N}._%+-]{1,64}@${part}(?:\\.${part}){1,8}`), say: sayAddress},
	{
		pattern: pattern(`(?:${part}\\.){1,8}(?:${endings})(?![\\p{L}\\p{N}])(?::\\d{1,5})?${path}`),
		say: match => (/^\p{Lu}?\p{Ll}+\.[Mm]e$/u.test(match[0]) ? undefined : sayAddress(match)),
	},
	{
		// localhost:8080
		pattern: pattern('(localhost):(\\d{2,5})', '(?!\\d)'),
		say: ([, host = '', port = ''], {variety}) => `${host} ${label(port, variety)}`,
	},
	{
		// process.env.HOME, console.log
		pattern: /[\p{L}_][\p{Ll}_][\p{L}\d_]{0,40}(?:\.[\p{L}_][\p{L}\d_]{1,40}){1,8}(?![\p{L}\p{N}@.])/uy,
		say: ([name]) => (/\.\p{Lu}\p{Ll}/u.test(name) ? undefined : readOut(name.replaceAll('_', ' '))),
	},
];
