import type {Reading} from './options.js';

type Side = 'front' | 'back';

/** Parts that nobody wants to hear, by their types: where they usually stand, and what the audit calls them. */
const notWorthHearing: ReadonlyMap<string, readonly [side: Side, reason: string]> = new Map([
	['cover', ['front', 'cover']],
	['titlepage', ['front', 'title page']],
	['halftitlepage', ['front', 'half title page']],
	['seriespage', ['front', 'series page']],
	['copyright-page', ['front', 'copyright page']],
	['imprint', ['front', 'imprint']],
	['imprimatur', ['front', 'imprimatur']],
	['toc', ['front', 'table of contents']],
	['toc-brief', ['front', 'table of contents']],
	['landmarks', ['front', 'landmarks']],
	['pagelist', ['front', 'list of pages']],
	['loa', ['front', 'list of audio clips']],
	['loi', ['front', 'list of illustrations']],
	['lot', ['front', 'list of tables']],
	['lov', ['front', 'list of video clips']],
	['index', ['back', 'index']],
	['bibliography', ['back', 'bibliography']],
	['colophon', ['back', 'colophon']],
	['errata', ['back', 'errata']],
]);

/** Parts that are worth hearing, and belong to one side of the text proper. */
const worthHearing: ReadonlyMap<string, Side> = new Map([
	...['dedication', 'epigraph', 'foreword', 'preface', 'frontmatter'].map(type => [type, 'front'] as const),
	...['afterword', 'appendix', 'glossary', 'backmatter'].map(type => [type, 'back'] as const),
]);

/** Types that say what a part of the book is. */
export const matterTypes: ReadonlySet<string> = new Set([...notWorthHearing.keys(), ...worthHearing.keys()]);

/** On which side of the text proper something stands by its types, if they tell. */
export function sideOf(types: ReadonlySet<string>): Side | 'body' | undefined {
	if (types.has('bodymatter')) return 'body';
	if (types.has('frontmatter')) return 'front';
	if (types.has('backmatter')) return 'back';
	for (const type of types) {
		const side = worthHearing.get(type) ?? notWorthHearing.get(type)?.[0];
		if (side !== undefined) return side;
	}
	return undefined;
}

/** Why something is not read that has these types and stands on this side, or undefined. */
export function matterReason(
	types: ReadonlySet<string>,
	side: Side | 'body' | undefined,
	{frontMatter, backMatter}: Reading,
): string | undefined {
	const policies = {front: frontMatter, back: backMatter, body: 'useful'} as const;
	for (const type of types) {
		const found = notWorthHearing.get(type);
		if (found && policies[side === 'front' || side === 'back' ? side : found[0]] !== 'all') return found[1];
	}
	if (side === 'front' && frontMatter === 'skip') return 'front matter';
	if (side === 'back' && backMatter === 'skip') return 'back matter';
	return undefined;
}

const titles: ReadonlyArray<readonly [RegExp, type: string]> = [
	[/^(?:cover(?: page| image)?|umschlag|couverture|cubierta|copertina|capa|omslag|обложка)$/i, 'cover'],
	[
		/^(?:title ?-?page|titelseite|titelblatt|page de titre|portada|frontespizio|folha de rosto|titelpagina)$/i,
		'titlepage',
	],
	[/^half ?-?title(?: ?page)?$/i, 'halftitlepage'],
	[
		/^(?:copyright(?: page| notice| information)?|impressum|mentions légales|créditos|colofon|ficha técnica)$/i,
		'copyright-page',
	],
	[
		/^(?:(?:table of )?contents|toc|inhalt(?:sverzeichnis)?|table des matières|sommaire|índice|contenido|sumário|indice|sommario|inhoud(?:sopgave)?|оглавление|содержание)$/i,
		'toc',
	],
	[/^(?:list of )?(?:illustrations|figures|maps|plates)$/i, 'loi'],
	[/^list of tables$/i, 'lot'],
	[/^(?:(?:general |subject )?index|register|sachregister|personenregister)$/i, 'index'],
	[/^colophon$/i, 'colophon'],
	[/^imprint$/i, 'imprint'],
];

/** What a part is by its title in the table of contents, where its markup does not tell. */
export function typeByTitle(title: string): string | undefined {
	return titles.find(([pattern]) => pattern.test(title.trim()))?.[1];
}
