import assert from 'node:assert/strict';
import test from 'ava';
import fc from 'fast-check';
import type {ReadBookOptions} from '../../../lib/audiobook/index.js';
import {auditOf, blocksOf, readSourceOf, textsOf, wrongRuns, xhtmlOf} from '../../helpers/made-book.js';

/** Markup, and the text in it in order; `skipped` where something of it may be left out or moved. */
interface Made {
	readonly markup: string;
	readonly text: string;
}

const join = (parts: readonly Made[]): Made => ({
	markup: parts.map(({markup}) => markup).join(''),
	text: parts.map(({text}) => text).join(''),
});
const wrap = (open: string, close: string, inner: Made): Made => ({
	markup: open + inner.markup + close,
	text: inner.text,
});
const element = (name: string, inner: Made, attributes = ''): Made =>
	wrap(`<${name}${attributes}>`, `</${name}>`, inner);

const words = fc
	.stringMatching(/^[A-Za-z0-9 .,!?“”’—äßç\n\t*]{0,12}$/)
	.map((text): Made => ({markup: text, text}));
const odd = fc.constantFrom<Made>(
	{markup: '&amp;', text: '&'},
	{markup: '&nbsp;', text: '\u00A0'},
	{markup: '&#x1F600;', text: '😀'},
	{markup: 'hy&shy;phen', text: 'hyphen'},
	{markup: 'word&#8288;joiner', text: 'wordjoiner'},
	{markup: '<!-- a comment -->', text: ''},
	{markup: '<![CDATA[a < b &amp; c]]>', text: 'a < b &amp; c'},
	{markup: '<![CDATA[<![CDATA[ >]]>', text: '<![CDATA[ >'},
	{markup: '<br/>', text: ''},
	{markup: '漢字', text: '漢字'},
	{markup: '\r\n', text: '\n'},
);
const {inline, block} = fc.letrec<{inline: Made; block: Made}>(tie => ({
	inline: fc.oneof(
		{maxDepth: 4, withCrossShrink: true},
		words,
		odd,
		fc
			.tuple(fc.constantFrom('em', 'b', 'span', 'q', 'abbr'), fc.array(tie('inline'), {maxLength: 4}))
			.map(([name, parts]) => element(name, join(parts))),
		fc.array(tie('inline'), {maxLength: 3}).map(parts => element('i', join(parts), ' xml:lang="fr"')),
	),
	block: fc.oneof(
		{maxDepth: 4, withCrossShrink: true},
		fc
			.tuple(fc.constantFrom('p', 'h2', 'blockquote', 'pre', 'li'), fc.array(tie('inline'), {maxLength: 5}))
			.map(([name, parts]) => element(name, join(parts))),
		fc
			.tuple(fc.constantFrom('div', 'section'), fc.array(tie('block'), {maxLength: 4}))
			.map(([name, parts]) => element(name, join(parts))),
		fc.constant<Made>({markup: '<hr/>', text: ''}),
		tie('inline'),
	),
}));
/** What a policy, or nobody, reads. */
const special = fc
	.tuple(
		fc.constantFrom(
			['<span epub:type="pagebreak">', '</span>'],
			['<p hidden="">', '</p>'],
			['<aside epub:type="footnote" id="n">', '</aside>'],
			['<a epub:type="noteref" href="#n">', '</a>'],
			['<table><tr><td>', '</td><th>x</th></tr></table>'],
			['<table><caption>', '</caption></table>'],
			['<pre><code>', '</code></pre>'],
			['<ruby>', '<rt>x</rt></ruby>'],
			['<math alttext="x">', '</math>'],
			['<section epub:type="toc">', '</section>'],
			['<nav>', '</nav>'],
			['<svg><text>', '</text></svg>'],
			['<section epub:type="endnotes"><h2>', '</h2></section>'],
			['<div class="dropcap">', '</div>'],
			['<img alt="x"/>', ''],
		),
		fc.array(inline, {maxLength: 3}),
	)
	.map(([[open = '', close = ''], parts]) => {
		const inner = wrap(open, close, join(parts));
		return {...inner, text: inner.text + close.replaceAll(/<[^>]*>/g, '')};
	});

const options = fc.record<Omit<ReadBookOptions, 'signal'>>({
	notes: fc.constantFrom('skip', 'inline', 'end'),
	tables: fc.constantFrom('rows', 'skip'),
	code: fc.constantFrom('skip', 'read'),
	images: fc.constantFrom('skip', 'alt'),
	frontMatter: fc.constantFrom('useful', 'all', 'skip'),
	languages: fc.constantFrom([], ['fr']),
});
const bare = (text: string) => text.replaceAll(/[\s\u00AD\u200B\u2060\uFEFF]/g, '');
const anchor: Made = {markup: '<p>The text.</p>', text: 'The text.'};

test('of any document, what is read and what is skipped add up to its text, and runs say where it stands', async t => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.oneof(block, special), {maxLength: 8}), options, async (parts, chosen) => {
			const {markup, text} = join([...parts, anchor]);
			const source = xhtmlOf(markup);
			const book = await readSourceOf(t, 'book.xhtml', source, chosen);
			const {read, skipped} = auditOf(book);
			assert.equal(book.sourceCharacters, bare(text).length);
			assert.equal(read + skipped, book.sourceCharacters);
			assert.deepEqual(wrongRuns(book, new Map([['book.xhtml', source]])), []);
			for (const found of textsOf(book)) assert.doesNotMatch(found, /^ | $| {2}|[\n\t\u00AD\u2060]/);
		}),
		{numRuns: 150},
	);
	t.pass();
});

test('of a document without anything special, every word is read, in order', async t => {
	await fc.assert(
		fc.asyncProperty(fc.array(block, {maxLength: 8}), options, async (parts, chosen) => {
			const {markup, text} = join([...parts, anchor]);
			const book = await readSourceOf(t, 'book.xhtml', xhtmlOf(markup), {...chosen, code: 'read'});
			const letters = (found: string) => bare(found).replaceAll(/[^\p{L}\p{N}]/gu, '');
			assert.equal(letters(textsOf(book).join('')), letters(text));
			assert.deepEqual(
				book.skipped.filter(({reason}) => reason !== 'scene break' && reason !== 'punctuation alone'),
				[],
			);
			for (const [index, {goesOn}] of blocksOf(book).entries())
				if (goesOn) assert.ok(index + 1 < blocksOf(book).length);
		}),
		{numRuns: 150},
	);
	t.pass();
});
