import test from 'ava';
import {type Pause, pauseAfter} from '../../lib/text/pauses.js';

const table: [Pause, string[]][] = [
	['none', ['', '  ', '\n\n', 'word', 'word ', '3.14', 'a-', 'well-known', '😀', '(word)']],
	[
		'clause',
		['a,', 'a, ', '“a,” ', 'a; ', 'a: ', 'a — ', 'a—', 'a--', 'a - ', 'a、', 'a，', 'a؛ ', 'สวัสดี ', 'a –'],
	],
	[
		'sentence',
		[
			'a.',
			'a! ',
			'“a?”  ',
			'a.)',
			'(a!).',
			'a…',
			'a... ',
			'はい。」',
			'है।',
			'نعم؟',
			'Τι κάνεις; ',
			'a.**',
			'a.[1] ',
		],
	],
	['sentence', ['- item\n', '# Title\r\n', 'a!😀 ', '« a ! » ']],
	['paragraph', ['a\n\n', 'a.\r\n\r\n', 'a. \n \t\n ', 'a,\u2029', 'a\f', 'a\r\r']],
];

for (const [pause, texts] of table) {
	for (const text of texts) {
		test(`${pause} after ${JSON.stringify(text)}`, t => {
			t.is(pauseAfter(text), pause);
		});
	}
}
