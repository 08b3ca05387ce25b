/** Numbers that letters go with: millions, and codes in hexadecimal. */
import {closedClass} from '../word-classes.js';
import {decimal, digits, magnitudes} from './numbers.js';
import {decimals, end, pattern, type Rule, whole} from './rule.js';

/** What comes by the million. */
const countable =
	/^(?:people|tonnes|tons|barrels|jobs|users|homes|copies|views|downloads|customers|euros|pounds|dollars|years|shares|subscribers|followers|viewers|workers|visitors|voters|children|adults|households|units|cars|vehicles|passengers|records|rows|lines|words|tokens|parameters)$/;

export const shorthand: readonly Rule[] = [
	{
		// 3.4m tonnes, 100M users, 50k followers, 8bn people
		pattern: pattern(`(${whole}${decimals})(m|M|[kK]|[bt]n|B)(?=\\s\\p{Ll})`),
		say([, number = '', short = ''], {variety, after}) {
			const next = /^\s(\p{Ll}+)/u.exec(after)?.[1] ?? '';
			if (closedClass.has(next) || (short === 'm' && !countable.test(next))) return undefined;
			return `${decimal(number, variety)} ${magnitudes[short.toLowerCase()]}`;
		},
	},
	{
		// 0x1F, #FF8800
		pattern: pattern(
			'(0x|#(?=\\d{0,5}[A-Fa-f])(?=[\\dA-Fa-f]{6}(?![\\p{L}\\p{N}])))([\\dA-Fa-f]{1,16})',
			end,
		),
		say([, mark, number = '']) {
			const said = Array.from(number.toUpperCase(), letter =>
				/\d/.test(letter) ? digits(letter) : `${letter}.`,
			);
			return `${mark === '#' ? 'hash' : 'zero X.'} ${said.join(' ')}`;
		},
	},
];
