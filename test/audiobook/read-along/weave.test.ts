import test, {type ExecutionContext} from 'ava';
import {parseXml} from '../../../lib/audiobook/in/xml.js';
import {editDocument} from '../../../lib/audiobook/read-along/documents.js';
import {unitsOf} from '../../../lib/audiobook/read-along/units.js';
import {epubFiles, type MadeEpub, readEpubOf, xhtmlOf} from '../../helpers/made-book.js';
import {spokenChapters} from './words.js';

type By = 'word' | 'sentence';

async function woven(
	t: ExecutionContext,
	body: string,
	by: By,
	options: {isOld?: boolean; html?: string} = {},
) {
	const made: MadeEpub = {
		documents: [{file: 'chapter.xhtml', content: body}],
		...(options.html === undefined ? {} : {html: options.html}),
	};
	const book = await readEpubOf(t, made, {
		notes: 'end',
		tables: 'rows',
		frontMatter: 'all',
		backMatter: 'all',
	});
	const file = 'OEBPS/chapter.xhtml';
	const source = epubFiles(made).get(file)?.toString() ?? '';
	const units = spokenChapters(book, '').flatMap(chapter => unitsOf(book, chapter, by));
	const {text, marks} = editDocument(source, units, {
		...{file, title: 'A Book', style: 'OEBPS/style.css', idPrefix: 'ra-'},
		isOld: options.isOld ?? false,
	});
	return {text, marks, body: /<body[^>]*>(.*)<\/body>/s.exec(text)?.[1] ?? ''};
}

/** Our spans as brackets, so that they can be read. */
function bracketed(body: string): string {
	const open: boolean[] = [];
	return body.replaceAll(/<(\/?)span\b([^>]*)>/g, (tag, slash: string, attributes: string) => {
		if (slash === '') open.push(/id="ra-\d+"/.test(attributes));
		const isOurs = slash === '' ? open.at(-1) : open.pop();
		return isOurs ? (slash === '' ? '[' : ']') : tag;
	});
}

const weaves = test.macro(async (t, body: string, by: By, wanted: string) => {
	const {body: found} = await woven(t, body, by);
	t.is(bracketed(found), wanted);
	// What is woven in is all that is new.
	t.is(bracketed(found).replaceAll(/[[\]]/g, ''), body);
});

for (const [title, body, wanted] of [
	['words', '<p>It was a bright day.</p>', '<p>[It] [was] [a] [bright] [day].</p>'],
	[
		'words in elements within elements',
		'<p>A <i>very <b>bold</b></i> word</p>',
		'<p>[A] <i>[very] <b>[bold]</b></i> [word]</p>',
	],
	[
		'a word that an element divides',
		'<p><b>O</b>nce upon <i>in</i>deed</p>',
		'<p>[<b>O</b>nce] [upon] [<i>in</i>deed]</p>',
	],
	[
		'a dropped initial',
		'<p><span class="drop">O</span>nce upon</p>',
		'<p>[<span class="drop">O</span>nce] [upon]</p>',
	],
	[
		'a word that elements divide where no span can go',
		'<p><i>x a<b>b</b></i><b>c</b> d</p>',
		'<p><i>[x] [a<b>b</b>]</i><b>[c]</b> [d]</p>',
	],
	[
		'words in links',
		'<p>See <a href="#x">the <sup>old</sup> link</a> here</p>',
		'<p>[See] <a href="#x">[the] <sup>[old]</sup> [link]</a> [here]</p>',
	],
	[
		'references',
		'<p>Caf&#233; &amp; na&#xEF;ve d&#8217;or</p>',
		'<p>[Caf&#233;] &amp; [na&#xEF;ve] [d&#8217;or]</p>',
	],
	['soft hyphens', '<p>hy\u00ADphen&#173;ated words</p>', '<p>[hy\u00ADphen&#173;ated] [words]</p>'],
	['comments', '<p>one<!-- <b> --> t<!-- x -->wo</p>', '<p>[one]<!-- <b> --> [t<!-- x -->wo]</p>'],
	['words over lines', '<p>one\n\t two</p>', '<p>[one]\n\t [two]</p>'],
	[
		'lists and headings',
		'<h1>Title</h1><ul><li>one</li><li>two</li></ul>',
		'<h1>[Title]</h1><ul><li>[one]</li><li>[two]</li></ul>',
	],
	[
		'annotated characters (ruby) as a whole',
		'<p>so <ruby>kan<rt>x</rt>ji</ruby> is</p>',
		'<p>[so] <ruby id="ra-2">kan<rt>x</rt>ji</ruby> [is]</p>',
	],
	['a time as a whole', '<p>in <time>1906</time> then</p>', '<p>[in] <time id="ra-2">1906</time> [then]</p>'],
	[
		'an element with an id of its own',
		'<p>in <time id="t">May 1906</time> then</p>',
		'<p>[in] <time id="t">May 1906</time> [then]</p>',
	],
] as const) {
	if (/whole|an id/.test(title)) {
		test(`word by word: ${title}`, async t => {
			t.is(bracketed((await woven(t, body, 'word')).body), wanted);
		});
	} else test(`word by word: ${title}`, weaves, body, 'word', wanted);
}

for (const [title, body, wanted] of [
	['sentences', '<p>It was cold. Was it? “No.”</p>', '<p>[It was cold.] [Was it?] [“No.”]</p>'],
	[
		'a sentence with elements in it',
		'<p>He <i>really</i> said <a href="#n">so</a>.</p>',
		'<p>[He <i>really</i> said <a href="#n">so</a>.]</p>',
	],
	[
		'a sentence that ends in an element',
		'<p>He <i>left. She</i> stayed.</p>',
		'<p>[He ]<i>[left.] [She]</i>[ stayed.]</p>',
	],
	[
		'lines of verse, whose spans are styled',
		'<p><span>One line,</span><br/><span>two lines.</span></p>',
		'<p><span>[One line,]</span><br/><span>[two lines.]</span></p>',
	],
	[
		'an abbreviation',
		'<p><abbr>Mr.</abbr> Brown came. He sat.</p>',
		'<p>[<abbr>Mr.</abbr> Brown came.] [He sat.]</p>',
	],
] as const)
	test(`sentence by sentence: ${title}`, async t => {
		t.is(bracketed((await woven(t, body, 'sentence')).body), wanted);
	});

test('CDATA becomes text in which spans can stand', async t => {
	const {body} = await woven(t, '<p><![CDATA[Ham & <eggs>]]> now</p>', 'word');
	t.is(bracketed(body), '<p>[Ham] &amp; &lt;[eggs]> [now]</p>');
});

test('an element that a span divides is heard in two parts, in proportion', async t => {
	const {marks} = await woven(t, '<p><i>x ab</i>cd</p>', 'word');
	t.deepEqual(
		marks.map(({id, startSample}) => [id, startSample]),
		[
			['ra-1', 0],
			['ra-2', 7200],
			['ra-3', 7200 + 3000],
		],
	);
});

test('marks come as they are heard: a note that is read at the end stands where it stands', async t => {
	const note =
		'<aside epub:type="footnote" id="n1"><p>A note.</p></aside><p>Text<a epub:type="noteref" href="#n1">1</a> here.</p>';
	const {body, marks} = await woven(t, note, 'word');
	t.regex(bracketed(body), /<aside .*<p>\[A\] \[note\]\.<\/p><\/aside><p>\[Text\]<a .*>1<\/a> \[here\]/);
	t.deepEqual(
		marks.map(({id}) => id),
		['ra-3', 'ra-4', 'ra-1', 'ra-2'],
	);
});

test('a stylesheet is linked, and another encoding is declared', async t => {
	const {text} = await woven(t, xhtmlOf('<p>one</p>').replace('utf-8', 'iso-8859-1'), 'word');
	t.true(text.startsWith('<?xml version="1.0" encoding="UTF-8"?>'));
	t.regex(text, /<link rel="stylesheet" type="text\/css" href="style\.css"\/><\/head>/);
});

test('XHTML 1.1 becomes HTML, and looks the same', async t => {
	const old = xhtmlOf(
		'<p align="center">one&nbsp;two <tt>three</tt> <big style="color: red">four</big></p>' +
			'<p><a name="here">five</a><img src="a.png" alt="" align="left" border="0" width="5"/></p>' +
			'<table border="2" cellpadding="4"><tr><td><table border="0"><tr><td>six</td></tr></table></td></tr></table>',
	)
		.replace(
			'<html',
			'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">\n<html',
		)
		.replace(
			'<title>A file</title>',
			'<title/><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>',
		);
	const {text, body} = await woven(t, old, 'word', {isOld: true});
	t.regex(text, /<!DOCTYPE html>\n<html/);
	t.regex(text, /<head><title>A Book<\/title><link /);
	t.is(
		bracketed(body),
		'<p style="text-align: center" >[one]\u00A0[two] <code>[three]</code> <span style="font-size: larger; color: red">[four]</span></p>' +
			'<p><a id="here">[five]</a><img style="float: left; border: 0px solid" src="a.png" alt=""   width="5"/></p>' +
			'<table style="border-width: 2px" border="1" ><tr><td style="padding: 4px"><table ><tr><td>[six]</td></tr></table></td></tr></table>',
	);
});

test('what is no well-formed XHTML comes out as XHTML, as it was read', async t => {
	const broken =
		'<h1>One</h1><p>A&nbsp;b<br>and <b id="b">bold <i>both</b> it</i>alic & <x"y>odd</x"y><p epub:type="z" z:z="1">end';
	const {text} = await woven(t, broken, 'word');
	t.is(parseXml(text).error, undefined);
	t.false(text.includes('&nbsp;'));
	t.is(
		bracketed(/<body>(.*)<\/body>/s.exec(text)?.[1] ?? ''),
		'<h1>[One]</h1><p>[A]\u00A0[b]<br/>[and] <b id="b">[bold] <i>[both]</i></b><i> [it]</i>[alic] &amp; [odd]</p><p epub:type="z">[end]</p>',
	);
});

test('spans and the stylesheet have the prefix of the document, which gets a head where it lacks one', async t => {
	const {text} = await woven(
		t,
		'<?xml version="1.0"?><h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:body><h:p>one</h:p></h:body></h:html>',
		'word',
	);
	t.true(
		text.includes(
			'<h:head><h:title>A Book</h:title><h:link rel="stylesheet" type="text/css" href="style.css"/></h:head><h:body><h:p><h:span id="ra-1">one</h:span></h:p>',
		),
		text,
	);
});
