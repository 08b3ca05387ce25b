import {romanValue} from './roman.js';

/** A line that may begin a chapter. */
export interface Heading {
	/** Named (`Chapter 1`, `Prologue`), a number alone, or a line in capitals. */
	readonly kind: 'named' | 'number' | 'capitals';
	/** The same for the entry in the contents and the chapter itself. */
	readonly key: string;
	/** Of a number alone. */
	readonly number?: number | undefined;
	/** Whether its line holds a title too: what follows is the rest of it. */
	readonly titled?: boolean | undefined;
}

const parts =
	'chapter|chap\\.|part|book|volume|vol\\.|section|canto|act|scene|stave|letter|lecture|adventure|kapitel|teil|buch|abschnitt|' +
	'chapitre|partie|livre|tome|cap[ií]tulo|parte|libro|capitolo|hoofdstuk|deel|kapittel|del|rozdział|глава|часть|книга|том';
const digits = '\\d{1,3}|[ivxlcdm]{1,9}';
const units =
	'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const ordinals =
	'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|' +
	'eighteenth|nineteenth|twentieth|last';
const words = `(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:${units}|${ordinals}))?|${units}|${ordinals}`;
const others =
	'erste[rs]?|zweite[rs]?|dritte[rs]?|vierte[rs]?|fünfte[rs]?|sechste[rs]?|siebte[rs]?|siebente[rs]?|achte[rs]?|neunte[rs]?|zehnte[rs]?|' +
	'premi(?:er|ère)|deuxième|troisième|quatrième|cinquième|primer[oa]?|segund[oa]|tercer[oa]?|prim[oa]|second[oa]|terz[oa]|перв(?:ый|ая)|втор(?:ой|ая)|треть[яий]+';
const number = `(?:the\\s+)?(?:${digits}|${words}|${others})`;
// What follows the number is a title: a mark stands before it, or it begins like one.
const title = '(?:\\s*[.:\\-–—]+\\s*(?<marked>.*)|\\s+(?<plain>.+))?';
const named = new RegExp(`^(?<part>${parts})\\s+(?<number>${number})(?![\\p{L}\\p{N}])${title}$`, 'iu');
const numberFirst = new RegExp(
	`^(?:the\\s+)?(?<number>${digits}|${words}|${others})\\.?\\s+(?<part>${parts})(?![\\p{L}\\p{N}])${title}$`,
	'iu',
);
const single =
	/^(?:prologue|epilogue|preface|introduction|foreword|afterword|interlude|conclusion|postscript|appendix(?: [a-z0-9]{1,3})?|dedication|author[’']s note|prolog|epilog|vorwort|nachwort|einleitung|préface|avant-propos|épilogue|prólogo|epílogo|prefacio|introducción|prefazione|introduzione|epilogo|voorwoord|nawoord|inleiding|пролог|эпилог|предисловие|введение)[.:]?$/iu;
const eastAsian = /^第\s*[〇零一二三四五六七八九十百千两\d０-９]+\s*[章回部巻卷节節話话編篇集]/u;
const alone = /^(?:(?<roman>[IVXLC]{1,8})|(?<digits>\d{1,3}))\.?$/;

/** Longest heading, in UTF-16 units. */
const longest = 100;

/** What kind of heading a line is, if it is one. */
export function headingIn(line: string): Heading | undefined {
	const text = line.trim();
	if (text.length > longest || text === '') return undefined;
	const found = named.exec(text)?.groups ?? numberFirst.exec(text)?.groups;
	if (found) {
		const plain = found['plain'];
		const isTitle = plain === undefined || /^[^\p{L}]*[\p{Lu}\p{N}]/u.test(plain);
		if (isTitle && isWritten(found['number'] ?? '')) {
			const key = `${found['part']} ${found['number']}`.toLowerCase();
			return {kind: 'named', key, titled: Boolean(plain ?? found['marked'])};
		}
	}
	if (single.test(text)) return {kind: 'named', key: text.toLowerCase().replace(/[.:]$/, '')};
	const asian = eastAsian.exec(text)?.[0];
	if (asian !== undefined) return {kind: 'named', key: asian, titled: asian.length < text.length};
	const {roman, digits: figures} = alone.exec(text)?.groups ?? {};
	if (figures !== undefined) return {kind: 'number', key: figures, number: Number(figures)};
	const value = roman === undefined ? undefined : romanValue(roman);
	if (value !== undefined) return {kind: 'number', key: text, number: value};
	return isCapitals(text) ? {kind: 'capitals', key: text, titled: true} : undefined;
}

/** A line of contents, or a heading: `CONTENTS`. */
export function isContents(line: string): boolean {
	return /^(?:(?:table of )?contents|inhalt(?:sverzeichnis)?|table des matières|índice|indice|inhoud|содержание|оглавление|目次|目录|目錄)[.:]?$/iu.test(
		line.trim(),
	);
}

function isCapitals(text: string): boolean {
	return (
		text.length <= 70 &&
		/\p{Lu}.*\p{Lu}/u.test(text) &&
		!/\p{Ll}/u.test(text) &&
		!/[,;]$/.test(text) &&
		/^["“‘'¿¡([]*[\p{L}\p{N}]/u.test(text)
	);
}

/** Roman numerals must be ones: `mild` and `civic` are words. */
function isWritten(number: string): boolean {
	return !/^[ivxlcdm]+$/i.test(number) || romanValue(number.toUpperCase()) !== undefined;
}
