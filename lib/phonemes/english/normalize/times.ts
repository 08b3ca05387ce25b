/** Times of day. */
import type {Variety} from '../variety.js';
import {month} from './calendar-names.js';
import {cardinal, pair} from './numbers.js';
import {end, pattern, type Rule, sayEach} from './rule.js';

const meridiem = '([AaPp])(?:\\.[Mm]\\.|[Mm])(?![\\p{L}\\p{N}])';
const spelledMeridiem = (letter: string) => `${letter.toUpperCase()}.M.`;

/** 9:30: "nine thirty"; 12:05: "twelve oh five"; 7:00: "seven o'clock"; 23:00: "twenty three hundred". */
export function clock(
	hours: string,
	minutes: string,
	seconds: string | undefined,
	variety: Variety,
	bare: boolean,
): string {
	const hour = cardinal(String(Number(hours)), variety);
	const rest = minutes !== '00' ? ` ${pair(minutes, variety)}` : bare ? fullHour(Number(hours)) : '';
	const tail = seconds === undefined ? '' : ` and ${cardinal(String(Number(seconds)), variety)} seconds`;
	return `${hour}${rest}${tail}`;
}

const fullHour = (hour: number) => (hour >= 1 && hour <= 12 ? " o'clock" : ' hundred');

export const times: readonly Rule[] = [
	{
		// 9.30 p.m., as the British write it
		pattern: pattern(`(\\d{1,2})\\.(\\d{2})\\s?${meridiem}`),
		say(match, {variety}) {
			const [all, hours = '', minutes = '', letter] = match;
			if (Number(hours) > 12 || Number(minutes) > 59) return undefined;
			return withMeridiem(match, all, clock(hours, minutes, undefined, variety, false), letter);
		},
	},
	{
		// 9:30, 9:30:05, 9:30am, 9:30 p.m.
		pattern: pattern(`(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?:\\s?${meridiem}|`, end, ')'),
		say(match, {variety}) {
			const [all, hours = '', minutes = '', seconds, letter] = match;
			if (Number(hours) > 24 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return undefined;
			const said = clock(hours, minutes, seconds, variety, letter === undefined && seconds === undefined);
			return withMeridiem(match, all, said, letter);
		},
	},
	{
		// 9am-5pm, 10:30–11:45, $5–$10, 20°C-25°C, Dec. 28–Jan. 3: what stands between two amounts
		pattern: pattern(`\\s?[-–]\\s?(?=\\d{1,2}:\\d{2}|\\d{1,2}\\s?${meridiem}|[$£€¥]?\\d|${month}\\s?\\d)`),
		say([all], {behind, after}) {
			const time = /(?:\d\s?[ap]\.?m\.?|\d:\d\d)$/iu.test(behind);
			const amount =
				/(?:\d|\d[%°]C?F?|\d0s|'\d{1,2}["”″])$/u.test(behind) ||
				(/[$£€¥][\d.,]+[kKmMbB]n?$/u.test(behind) && /^[$£€¥]/u.test(after));
			const at = all.search(/\S/u);
			return time || (amount && all.length === 1) ? [[at, at + 1, 'to']] : undefined;
		},
	},
	{
		// 3 pm, 3pm, 2-3 p.m.
		pattern: pattern(`(\\d{1,2})(?:[-–](\\d{1,2}))?\\s?${meridiem}`),
		say(match, {variety}) {
			const [all, from = '', to, letter] = match;
			if (Number(from) > 24) return undefined;
			const said = to === undefined ? '' : ` to ${cardinal(to, variety)}`;
			return withMeridiem(match, all, cardinal(from, variety) + said, letter);
		},
	},
];

function withMeridiem(match: RegExpExecArray, all: string, said: string, letter: string | undefined) {
	if (letter === undefined) return said;
	const spelled = spelledMeridiem(letter);
	const space = all.search(/\s/u);
	if (space === -1) return `${said} ${spelled}`;
	return sayEach(match, [
		[all.slice(0, space), said],
		[all.slice(space + 1), spelled],
	]);
}
