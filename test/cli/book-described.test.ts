import test from 'ava';
import {runCli} from '../helpers/cli.js';
import {epubFileOf} from '../helpers/made-book.js';

const made = {
	documents: [
		{file: 'a.xhtml', content: '<section epub:type="titlepage"><h1>A Book</h1></section>'},
		{
			file: 'b.xhtml',
			content: `<h2>One</h2><p>Some words<a epub:type="noteref" href="#n">1</a>.</p><aside id="n" epub:type="footnote">A note.</aside>`,
		},
		{file: 'c.xhtml', content: `<h2>Two</h2><p>${'More words. '.repeat(2000)}</p>`},
	],
	toc: [
		['One', 'b.xhtml'],
		['Two, with a title that is longer than the column of any table should be wide', 'c.xhtml'],
	],
} as const;

test('--list prints the chapters and what is not read', async t => {
	const {code, stdout, stderr} = await runCli(t, ['book', await epubFileOf(t, made), '--list']);
	t.is(stderr, '');
	t.is(code, 0);
	const text = String(stdout);
	t.regex(
		text,
		/^A Book by Ann Lee \(en\)\n\nNO +TITLE +CHARACTERS +WORDS +DURATION +PARAGRAPHS\n1 +One +14 +3 +0:01 +2\n2 +Two, .*… +2\d{4} +4001 +23:\d\d +2\n/,
	);
	t.regex(
		text,
		/\nNOT READ +PIECES +CHARACTERS +FIRST\ntitle page +1 +5 +A Book\nnote reference +1 +1 +1\nnote +1 +6 +A note\.\n$/,
	);
});

test('--estimate prints what the book will come to', async t => {
	const {code, stdout} = await runCli(t, [
		'book',
		await epubFileOf(t, made),
		'--estimate',
		'--price',
		'16',
		'--chapters',
		'2',
		'--speed',
		'2',
	]);
	t.is(code, 0);
	t.regex(
		String(stdout),
		/^A Book.*\n\nchapters: +1\ncharacters: +24,002\nwords: +4,001\nexpected duration: +11:\d\d\nrendering time: +0:\d\d\ncost: +0\.38\n$/,
	);
});

test('--json prints all of it', async t => {
	const {stdout} = await runCli(t, [
		'book',
		await epubFileOf(t, made),
		'--list',
		'--json',
		'--notes',
		'inline',
		'--chapters',
		'1',
	]);
	const {estimate, skipped, sourceCharacters, ...book} = JSON.parse(String(stdout));
	t.like(book, {title: 'A Book', authors: ['Ann Lee'], language: 'en', cover: null, warnings: []});
	t.is(estimate.chapters.length, 1);
	t.is(estimate.chapters[0].characters, 'OneSome words.A note.'.length);
	t.true(sourceCharacters > 20_000);
	t.deepEqual(
		skipped.map(({reason}: {reason: string}) => reason),
		['title page', 'note reference', 'chapter not chosen'],
	);
});

for (const [name, args, message] of [
	[
		'no such file',
		['/nowhere.epub', '--list'],
		/^speechpipe: \/nowhere\.epub cannot be read: no such file or directory\. \[FILE_FAILED\]\n$/,
	],
	[
		'chapters that are not there',
		['BOOK', '--list', '--chapters', '0-99'],
		/^speechpipe: --chapters is "0-99": the book has chapters 1 to 2\. \[OPTION_INVALID\]\n$/,
	],
	['a policy that there is not', ['BOOK', '--list', '--notes', 'x'], /Allowed choices are skip, inline, end/],
	[
		'two voices for a language',
		['BOOK', '--list', '--voice', 'de=a', '--voice', 'de=b'],
		/names two voices for de/,
	],
	[
		'two voices for the book',
		['BOOK', '--list', '--voice', 'a', '--voice', 'b'],
		/names two voices for the book: a and b/,
	],
	['a price that is none', ['BOOK', '--estimate', '--price', 'x'], /--price takes a number, not "x"/],
	['a price without end', ['BOOK', '--estimate', '--price', '1e309'], /--price takes a number, not "1e309"/],
	[
		'a negative price',
		['BOOK', '--estimate', '--price', '-1'],
		/--price is -1; it must be 0 or more\. \[OPTION_INVALID\]/,
	],
] as const) {
	test(`wrong use is told of: ${name}`, async t => {
		const path = await epubFileOf(t, made);
		const {code, stdout, stderr} = await runCli(t, [
			'book',
			...args.map(arg => (arg === 'BOOK' ? path : arg)),
		]);
		t.is(code, name === 'no such file' ? 1 : 2);
		t.is(String(stdout), '');
		t.regex(stderr, message);
	});
}
