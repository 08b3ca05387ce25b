import {clauseMark, closer, partialFootnote, spaceEnded, type Verdict, viewFrom, white} from './marks.js';

const marks = new RegExp(`^((?:${clauseMark})+)((?:${closer})*)(${white}*)`, 'u');
const phraseSpace = new RegExp(`^${white}+`, 'u');
const spaceEndedStart = new RegExp(`^${spaceEnded}`, 'u');
const spaceAtEnd = new RegExp(`(?:^|${white})$`, 'u');
/** Commas and the like of scripts that put no space behind them. */
const eastAsian = /[、，；：﹐﹑﹔﹕､]$/u;
const dash = /(?:[—⸺]|--)$/u;
const long = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** Whether a clause of `text` ends with the marks at `at`: not within `1,000` or `10:30`, not before an opening dash. */
export function decideClause(text: string, at: number, ended: boolean): Verdict {
	const view = viewFrom(text, at, ended);
	const [all = '', run = '', closers = '', space = ''] = marks.exec(view.text) ?? [];
	const next = view.text.slice(all.length);
	if (!view.whole && (next === '' || partialFootnote.test(next))) return 'wait';
	if (next === '' || /^\p{M}/u.test(next)) return 'goes on';
	const before = text.slice(Math.max(0, at - 2), at);
	const apart = spaceAtEnd.test(before);
	if (space === '') {
		const adjoins = dash.test(run)
			? !apart && /^[\p{L}\p{N}\p{Pi}\p{Ps}"']/u.test(next)
			: eastAsian.test(run) && !(/\p{Nd}$/u.test(before) && /^\p{Nd}/u.test(next));
		if (!adjoins) return 'goes on';
	} else if (run === '-' && !apart) return 'goes on';
	return {end: at + run.length + closers.length};
}

/** Whether the space at `at`, behind a letter of a script without sentence marks, ends a phrase: such a letter follows. */
export function decidePhrase(text: string, at: number, ended: boolean): Verdict {
	const view = viewFrom(text, at, ended);
	const next = view.text.slice(phraseSpace.exec(view.text)?.[0].length ?? 0);
	if (next === '') return view.whole ? 'goes on' : 'wait';
	return spaceEndedStart.test(next) ? {end: at} : 'goes on';
}

/** How long text takes to say, in letters of an alphabet: a Chinese, Japanese or Korean character counts as three. */
export function spokenLength(text: string): number {
	return text.trim().length + 2 * (text.match(long)?.length ?? 0);
}
