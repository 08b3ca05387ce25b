import type {Assembled} from './assemble.js';
import type {Book, Skipped} from './book.js';
import type {Place} from './events.js';
import type {MadeChapter} from './open-chapter.js';
import type {Audiobook} from './options.js';

/** Rows of a table; the rest is counted. */
const mostRows = 1000;
/** Bars of a waveform. */
const bars = 120;

/** One page that needs no other file: chapters with lengths and waveforms, what was not read, how fast it was made. */
export function reportPage(book: Book, made: Audiobook, {chapters}: Assembled, sampleRate: number): string {
	const {title, authors, language, skipped, warnings} = book;
	const unheard = [
		...made.gaps.map(({place, error}) => [
			where(place),
			place.excerpt,
			`failed, silent instead: ${error.message}`,
		]),
		...made.omissions.map(({place, text, reason}) => [where(place), text, reason]),
	];
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}: report</title>
<style>${style}</style>
<h1>${told(title, language)}</h1>
${authors.length > 0 ? `<p>${told(authors.join(', '), language)}</p>` : ''}
${facts(made)}
<h2>Chapters</h2>
<table>
<tr><th scope="col">#<th scope="col">Chapter<th scope="col">Starts<th scope="col">Lasts<th scope="col">Level
${chapters.map(chapter => chapterRow(chapter, language, sampleRate)).join('\n')}
</table>
${section('Not spoken', ['Where', 'Text', 'Why'], unheard)}
${skippedSection(skipped, book.sourceCharacters)}
${section(
	'Warnings',
	['What was mended or odd in the source'],
	warnings.map(warning => [warning]),
)}
</html>
`;
}

function facts({seconds, newSeconds, tookSeconds, damaged, files}: Audiobook): string {
	const rows = [
		['Length', clock(seconds)],
		[
			'Made in',
			`${clock(tookSeconds)}, a real-time factor of ${(tookSeconds / seconds).toFixed(4)} (${(seconds / tookSeconds).toFixed(0)} times real time)`,
		],
		['Rendered now', `${clock(newSeconds)}; ${clock(seconds - newSeconds)} were rendered before`],
		...(damaged > 0 ? [['Damaged in the cache', `${damaged}, rendered anew`]] : []),
		['Files', String(files.length)],
	];
	return `<dl>${rows.map(([name = '', value = '']) => `<dt>${escaped(name)}<dd>${escaped(value)}`).join('')}</dl>`;
}

function chapterRow(
	{number, title, startSample, samples, levels}: MadeChapter,
	language: string,
	sampleRate: number,
): string {
	const name = title ? told(title, language) : `Chapter ${number}`;
	const [start, length] = [clock(startSample / sampleRate), clock(samples / sampleRate)];
	return `<tr><td class="n">${number}<td>${name}<td class="n">${start}<td class="n">${length}<td>${waveform(levels, title || `chapter ${number}`)}`;
}

/** The loudest stretch is as high as there is room. */
function waveform(levels: readonly number[], title: string): string {
	const count = Math.min(bars, levels.length);
	const means = Array.from({length: count}, (_, bar) => {
		const [from, to] = [bar, bar + 1].map(edge => Math.floor((edge * levels.length) / count));
		const stretch = levels.slice(from, to);
		return stretch.reduce((sum, level) => sum + level, 0) / stretch.length;
	});
	const loudest = Math.max(...means, Number.MIN_VALUE);
	const path = means
		.map((mean, bar) => {
			const height = Math.max(0.5, (14.5 * mean) / loudest);
			return `M${bar * 2 + 1} ${(15 - height).toFixed(1)}v${(2 * height).toFixed(1)}`;
		})
		.join('');
	return `<svg viewBox="0 0 ${2 * bars} 30" preserveAspectRatio="none" role="img" aria-label="Waveform of ${escaped(title)}"><path d="${path}"/></svg>`;
}

function skippedSection(skipped: readonly Skipped[], sourceCharacters: number): string {
	const characters = skipped.reduce((sum, piece) => sum + piece.characters, 0);
	const rows = skipped.map(({reason, file, excerpt, characters}) => [
		reason,
		file,
		excerpt,
		count(characters),
	]);
	const summary = `<p>${count(sourceCharacters - characters)} of the source's ${count(sourceCharacters)} characters are read; ${count(characters)} in ${count(skipped.length)} pieces are not.</p>`;
	return section('Skipped', ['Why', 'File', 'Text', 'Characters'], rows, summary);
}

function section(
	name: string,
	head: readonly string[],
	rows: ReadonlyArray<readonly string[]>,
	summary = '',
): string {
	if (rows.length === 0 && summary === '') return '';
	const shown = rows
		.slice(0, mostRows)
		.map(row => `<tr>${row.map(cell => `<td><bdi>${escaped(cell)}</bdi>`).join('')}`);
	const rest = rows.length > mostRows ? `<p>… and ${count(rows.length - mostRows)} more.</p>` : '';
	const table =
		rows.length === 0
			? ''
			: `<table><tr>${head.map(cell => `<th scope="col">${escaped(cell)}`).join('')}\n${shown.join('\n')}</table>`;
	return `<h2>${escaped(name)}</h2>${summary}\n${table}${rest}`;
}

/** Text in the book's language, whichever way that is written. */
function told(text: string, language: string): string {
	return `<bdi lang="${escaped(language)}">${escaped(text)}</bdi>`;
}

function where({number, title}: Place): string {
	return title || `chapter ${number}`;
}

/** `H:MM:SS`. */
function clock(seconds: number): string {
	const whole = Math.round(seconds);
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	return `${Math.floor(whole / 3600)}:${two((whole / 60) % 60)}:${two(whole % 60)}`;
}

function count(number: number): string {
	return number.toLocaleString('en-US');
}

function escaped(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

const style = `
:root { color-scheme: light dark; --line: #8884; --wave: #2a7ab8 }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { margin-bottom: 0 } h2 { margin-top: 2.5rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.5rem } dt { font-weight: 600 } dd { margin: 0 }
table { border-collapse: collapse; width: 100% } th { text-align: left; white-space: nowrap }
td, th { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
td { overflow-wrap: anywhere } td:nth-child(2) { min-width: 5rem } td:last-child { padding-right: 0 }
.n { white-space: nowrap; overflow-wrap: normal; font-variant-numeric: tabular-nums }
svg { display: block; width: min(15rem, 18vw); height: 1.9rem } path { stroke: var(--wave); stroke-width: 1.4; fill: none }`;
