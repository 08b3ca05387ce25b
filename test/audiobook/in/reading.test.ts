import test from 'ava';
import type {Block, ReadBookOptions} from '../../../lib/audiobook/index.js';
import {isAbort} from '../../../lib/errors.js';
import {
	auditOf,
	blocksOf,
	readEpubOf,
	readSourceOf,
	skippedOf,
	textsOf,
	wrongRuns,
	xhtmlOf,
} from '../../helpers/made-book.js';

/** What a body reads as, and what of it is skipped. */
const reads = test.macro({
	exec: async (
		t,
		body: string,
		texts: readonly string[],
		skipped: readonly string[] = [],
		options: ReadBookOptions = {},
	) => {
		const book = await readSourceOf(t, 'book.xhtml', xhtmlOf(body), options);
		t.deepEqual(textsOf(book), texts);
		t.deepEqual(skippedOf(book), skipped);
	},
	title: (name = '') => name,
});

/** What kinds of blocks a body gives, with how they go on: `kind goesOn? |`. */
const gives = test.macro({
	exec: async (t, body: string, blocks: ReadonlyArray<Partial<Block>>, options: ReadBookOptions = {}) => {
		const book = await readSourceOf(t, 'book.xhtml', xhtmlOf(body), options);
		const found = blocksOf(book).map(({runs: _runs, ...block}) => block);
		t.deepEqual(found as ReadonlyArray<Partial<Block>>, blocks);
	},
	title: (name = '') => name,
});

test(
	'blocks become paragraphs, white space is collapsed',
	reads,
	'<p>One\n\t two </p>three<div><p> four</p></div>',
	['One two', 'three', 'four'],
);
test('white space around inline elements is kept once', reads, '<p>a <b> b</b>c<i> </i>d<!-- x --> e</p>', [
	'a b' + 'c d e',
]);
test('dialogue and quotation elements are left alone', reads, '<p>“Yes,” he <q>said</q>, ‘no’.</p>', [
	'“Yes,” he said, ‘no’.',
]);
test(
	'named characters of HTML are known',
	reads,
	'<p>caf&eacute;&nbsp;&mdash; &hellip; &#8220;x&#x201D;</p>',
	['café\u00A0— … “x”'],
);
test('soft hyphens and word joiners are not text', reads, '<p>hy&shy;phen&#8288;ation\u00AD</p>', [
	'hyphenation',
]);
test('a drop cap is the first letter of its word', reads, '<p><span class="dropcap">O</span>nce upon</p>', [
	'Once upon',
]);
test('a drop cap that is a block is, too', reads, '<div><div class="dropcap">O</div><p>nce upon</p></div>', [
	'Once upon',
]);
test('a drop cap that is an image is, too', reads, '<p><img src="o.png" alt="O"/>nce upon</p>', [
	'Once upon',
]);
test(
	'ruby is read by its base',
	reads,
	'<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字</ruby>です</p>',
	['漢字です'],
	['ruby annotation: (', 'ruby annotation: かん', 'ruby annotation: )'],
);
test(
	'formulas are read as their author says',
	reads,
	'<p>Let <math alttext="x squared"><mi>x</mi><mn>2</mn></math> be.</p>',
	['Let x squared be.'],
	['formula (its alternative text is read): x2'],
);
test(
	'a formula of a single sign is read, others are told of',
	reads,
	'<p>a <math><mi>n</mi></math> b<math><mi>x</mi><mo>=</mo></math></p>',
	['a n b'],
	['formula: x='],
);
test(
	'hidden text is hidden',
	reads,
	'<p hidden="">a</p><p style="display: none">b</p><p aria-hidden="true">c</p><p>d</p>',
	['d'],
	['hidden: a', 'hidden: b', 'hidden: c'],
);
test('scripts and styles are no text', reads, '<style>p {}</style><p>a</p><script>b()</script>', ['a']);
test(
	'controls and what stands in for media are told of',
	reads,
	'<p>a</p><button>b</button><video>c</video><noscript>d</noscript>',
	['a'],
	['form control: b', 'fallback text of a video: c', 'text for where no scripts run: d'],
);

for (const [name, mark] of [
	['epub:type', '<span epub:type="pagebreak" id="p12" title="12">12</span>'],
	['role', '<span role="doc-pagebreak">12</span>'],
	['class', '<span class="pagenum">[Pg 12]</span>'],
	['z3998', '<span epub:type="z3998:pagebreak">12</span>'],
] as const) {
	test(
		`page numbers are dropped, also within a word: ${name}`,
		reads,
		`<p>some${mark}thing ${mark} here</p>`,
		['something here'],
		[
			`page number: ${mark.includes('Pg') ? '[Pg 12]' : '12'}`,
			`page number: ${mark.includes('Pg') ? '[Pg 12]' : '12'}`,
		],
	);
}

const note = '<aside epub:type="footnote" id="n1"><p><a href="#r1">1.</a> The note.</p></aside>';
const referring = `<p>Text<a epub:type="noteref" id="r1" href="#n1">1</a> goes on.</p>${note}<p>More.</p>`;
test(
	'notes and what refers to them are left out',
	reads,
	referring,
	['Text goes on.', 'More.'],
	['note reference: 1', 'note: 1. The note.'],
);
test(
	'notes are read behind the paragraph that refers to them',
	reads,
	referring,
	['Text goes on.', 'The note.', 'More.'],
	['note reference: 1', 'link back from a note: 1.'],
	{notes: 'inline'},
);
test(
	'notes are read at the end of the chapter',
	reads,
	`<h1>One</h1>${referring}<h1>Two</h1><p>Last.</p>`,
	['One', 'Text goes on.', 'More.', 'The note.', 'Two', 'Last.'],
	['note reference: 1', 'link back from a note: 1.'],
	{notes: 'end'},
);
test(
	'a note between paragraphs to which nothing refers is read in its place',
	reads,
	`<p>a</p>${note}`,
	['a', 'The note.'],
	['link back from a note: 1.'],
	{
		notes: 'inline',
	},
);
test(
	'hidden notes are read where notes are',
	reads,
	'<p>a<a epub:type="noteref" href="#n">*</a></p><aside epub:type="footnote" hidden="" id="n">b</aside>',
	['a', 'b'],
	['note reference: *'],
	{notes: 'inline'},
);
test(
	'a note is read once',
	reads,
	'<p>a<a epub:type="noteref" href="#n">1</a> b<a epub:type="noteref" href="#n">1</a></p><p>c<a epub:type="noteref" href="#n">1</a></p><aside epub:type="footnote" id="n">d</aside>',
	['a b', 'd', 'c'],
	['note reference: 1', 'note reference: 1', 'note reference: 1'],
	{notes: 'inline'},
);
test(
	'words that refer to a note are text',
	reads,
	'<p>The <a epub:type="annoref noteref" href="#n1">Emperor’s</a> clothes.</p>',
	['The Emperor’s clothes.'],
);
for (const [name, reference] of [
	['a raised link', '<sup><a id="r" href="#f">1</a></sup>'],
	['a link with a raised mark', '<a id="r" href="#f"><sup>1</sup></a>'],
	['a link in brackets', '<a id="r" href="#f">[1]</a>'],
	['a class', '<a id="r" class="fnanchor" href="#f">1</a>'],
	['a dagger', '<a id="r" href="#f">†</a>'],
	['raised brackets around a link', '<sup>[<a id="r" href="#f">1</a>]</sup>'],
] as const) {
	test(`notes of books without types are known by their links: ${name}`, async t => {
		const body = xhtmlOf(
			`<p>Text${reference} on.</p><p>Between.</p><div><p><a id="f" href="#r">1</a> The note.</p></div>`,
		);
		t.deepEqual(textsOf(await readSourceOf(t, 'a.xhtml', body)), ['Text on.', 'Between.']);
		t.deepEqual(textsOf(await readSourceOf(t, 'a.xhtml', body, {notes: 'inline'})), [
			'Text on.',
			'The note.',
			'Between.',
		]);
	});
}
test(
	'links that are no references are text',
	reads,
	'<p>See <a href="#x">1 above</a>, x<sup>2</sup> and <a href="http://example.org/#a">[1]</a>.</p><p id="x">a</p>',
	['See 1 above, x2 and [1].', 'a'],
);

test('notes in a file of their own are read where they are referred to', async t => {
	const made = {
		documents: [
			{file: 'a.xhtml', content: '<p>One<a epub:type="noteref" href="n.xhtml#n1">1</a>.</p>'},
			{file: 'b.xhtml', content: '<p>Two.</p>'},
			{
				file: 'n.xhtml',
				content:
					'<section epub:type="endnotes"><h2>Notes</h2><ol><li epub:type="endnote" id="n1">First.</li><li epub:type="endnote" id="n2">Second.</li></ol></section>',
				itemref: 'linear="no"',
			},
		],
	};
	t.deepEqual(textsOf(await readEpubOf(t, made)), ['One.', 'Two.']);
	const book = await readEpubOf(t, made, {notes: 'inline'});
	t.deepEqual(textsOf(book), ['One.', 'First.', 'Two.', 'Second.']);
	t.is(blocksOf(book)[1]?.runs[0]?.file, 'OEBPS/n.xhtml');
	t.deepEqual(skippedOf(book), ['note reference: 1', 'not in the reading order (linear="no"): Notes']);
});

const table =
	'<table><caption>Prices</caption><thead><tr><th>Egg</th><th>Cost</th></tr></thead><tbody><tr><td>brown</td><td><p>5 pence.</p></td><td/></tr></tbody></table>';
test('tables are read row by row', reads, table, ['Prices', 'Egg, Cost', 'brown, 5 pence.']);
test(
	'tables are left out where that is wanted',
	reads,
	`<p>a</p>${table}`,
	['a'],
	['table: PricesEggCostbrown5 pence.'],
	{tables: 'skip'},
);
test(
	'tables that lay out text are text',
	reads,
	'<table><tr><td>One.</td></tr><tr><td>Two.</td></tr></table>',
	['One.', 'Two.'],
	[],
	{tables: 'skip'},
);

const code = '<p>Call <code>f()</code>:</p><pre><code>f();\nreturn</code></pre>';
test(
	'blocks of code are left out, code in a sentence is not',
	reads,
	code,
	['Call f():'],
	['code: f(); return'],
);
test(
	'blocks of code are read line by line where that is wanted',
	reads,
	code,
	['Call f():', 'f();', 'return'],
	[],
	{code: 'read'},
);

test(
	'images are told of',
	reads,
	'<p>a</p><img src="i.png" alt="A cat"/><img src="j.png"/>',
	['a'],
	['image: A cat', 'image: j.png'],
);
test(
	'images are read by their alternative texts',
	reads,
	'<p>a <img src="i.png" alt="cat"/>b</p><figure><img src="j.png" alt="A dog"/><figcaption>Rex</figcaption></figure>',
	['a cat b', 'A dog', 'Rex'],
	[],
	{
		images: 'alt',
	},
);
test(
	'drawings are told of',
	reads,
	'<p>a</p><svg><title>T</title><text>b</text></svg>',
	['a'],
	['drawing: Tb'],
);

test(
	'headings, lists, quotes have their kinds',
	gives,
	'<hgroup><h2>I</h2><p>Title</p></hgroup><ul><li>a</li></ul><blockquote><p>b</p></blockquote><p>c</p>',
	[
		{kind: 'heading', text: '1'},
		{kind: 'heading', text: 'Title'},
		{kind: 'listItem', text: 'a'},
		{kind: 'quote', text: 'b'},
		{kind: 'paragraph', text: 'c'},
	],
);
for (const [heading, text] of [
	['I', '1'],
	['XXIII', '23'],
	[' <span epub:type="z3998:roman">IV</span>. ', '4.'],
	['<span>IX</span>: <i>Dies Irae</i>', '9: Dies Irae'],
	['X. The Tenth', '10. The Tenth'],
	['Chapter IV', 'Chapter IV'],
	['I <em>am</em> here', 'I am here'],
	['V. S. Naipaul', 'V. S. Naipaul'],
	['C', 'C'],
	['IIII', 'IIII'],
	['MIX', 'MIX'],
] as const) {
	test(`a heading in Roman numerals is a number, words are words: ${heading}`, async t => {
		const source = xhtmlOf(`<h2>${heading}</h2><p>IV</p>`);
		const book = await readSourceOf(t, 'a.xhtml', source);
		t.deepEqual(textsOf(book), [text, 'IV']);
		t.deepEqual(wrongRuns(book, new Map([['a.xhtml', source]])), []);
		t.is(auditOf(book).read, book.sourceCharacters);
	});
}

test('a rule ends a section', gives, '<p>a</p><hr/><p>b</p>', [
	{kind: 'paragraph', text: 'a', endsSection: true},
	{kind: 'paragraph', text: 'b'},
]);
test('stars between scenes do, and are told of', async t => {
	for (const stars of ['* * *', '⁂', '———', '•', '#']) {
		const book = await readSourceOf(t, 'a.xhtml', xhtmlOf(`<p>a</p><p>${stars}</p><p>b</p>`));
		t.is(blocksOf(book)[0]?.endsSection, true);
		t.deepEqual(textsOf(book), ['a', 'b']);
		t.deepEqual(skippedOf(book), [`scene break: ${stars}`]);
	}
});
test(
	'punctuation alone is nothing to say',
	reads,
	'<p>a</p><p>“…?!”</p><p>b</p>',
	['a', 'b'],
	['punctuation alone: “…?!”'],
);

test('line breaks are lines', gives, '<h2>CHAPTER I<br/>The Start</h2><p>To W.<br/> Townend</p>', [
	{kind: 'heading', text: 'CHAPTER I', goesOn: 'line'},
	{kind: 'heading', text: 'The Start'},
	{kind: 'paragraph', text: 'To W.', goesOn: 'line'},
	{kind: 'paragraph', text: 'Townend'},
]);
test(
	'verse is lines, by breaks and by elements',
	gives,
	'<div epub:type="z3998:poem"><p><span>O rose,</span><br/><span>thou art sick.</span></p></div><div class="poem"><p class="line">The worm</p><p class="line">that flies</p></div><p>c</p>',
	[
		{kind: 'verse', text: 'O rose,', goesOn: 'line'},
		{kind: 'verse', text: 'thou art sick.'},
		{kind: 'verse', text: 'The worm', goesOn: 'line'},
		{kind: 'verse', text: 'that flies'},
		{kind: 'paragraph', text: 'c'},
	],
);
test('preformatted text keeps its lines', gives, '<pre>Dear Sir,\n  come\n\nYours</pre>', [
	{kind: 'verse', text: 'Dear Sir,', goesOn: 'line'},
	{kind: 'verse', text: 'come'},
	{kind: 'verse', text: 'Yours'},
]);
test(
	'two breaks end a paragraph, one in the middle of a long line is a space',
	gives,
	`<p>${'long '.repeat(12)}and<br/>so on.<br/><br/>Next.</p>`,
	[
		{kind: 'paragraph', text: `${'long '.repeat(12)}and so on.`},
		{kind: 'paragraph', text: 'Next.'},
	],
);

const french =
	'<p>The <i xml:lang="fr">Entente Cordiale</i>, “<i xml:lang="fr-CA">très</i>” sealed.</p><p lang="fr">Oui.</p>';
test('a part in a language without a voice of its own stays in its sentence', gives, french, [
	{kind: 'paragraph', text: 'The Entente Cordiale, “très” sealed.'},
	{kind: 'paragraph', text: 'Oui.', language: 'fr'},
]);
test(
	'a part in a language with a voice of its own is a block of its own, with its punctuation',
	gives,
	french,
	[
		{kind: 'paragraph', text: 'The', goesOn: 'sentence'},
		{kind: 'paragraph', text: 'Entente Cordiale,', language: 'fr', goesOn: 'sentence'},
		{kind: 'paragraph', text: '“très”', language: 'fr-CA', goesOn: 'sentence'},
		{kind: 'paragraph', text: 'sealed.'},
		{kind: 'paragraph', text: 'Oui.', language: 'fr'},
	],
	{languages: ['FR']},
);
test(
	'the language of the book is not told again',
	gives,
	'<p lang="en">a <b lang="de">b <i lang="en">c</i></b></p>',
	[
		{kind: 'paragraph', text: 'a', goesOn: 'sentence'},
		{kind: 'paragraph', text: 'b', language: 'de', goesOn: 'sentence'},
		{kind: 'paragraph', text: 'c'},
	],
	{languages: ['de']},
);

for (const [name, value, message] of [
	['notes', 'all', /^notes is "all"; it must be one of skip, inline, end/],
	['chapterLevels', 0, /^chapterLevels is 0/],
	['languages', ['x y'], /^languages names "x y"/],
	['language', '', /^language names ""/],
] as const) {
	test(`an option that is wrong is named: ${name}`, async t => {
		const options: ReadBookOptions = JSON.parse(JSON.stringify({[name]: value}));
		await t.throwsAsync(readSourceOf(t, 'a.txt', 'Text.', options), {code: 'OPTION_INVALID', message});
	});
}

test('reading stops when it is aborted', async t => {
	const reading = readSourceOf(t, 'a.txt', 'Text.', {signal: AbortSignal.abort()});
	t.true(
		await reading.then(
			() => false,
			error => isAbort(error),
		),
	);
});
