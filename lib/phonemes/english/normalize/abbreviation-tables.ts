/** Books of the Bible as references shorten them. */
// biome-ignore format: a table
export const scripture: {readonly [short: string]: string} = {
	Gen: 'Genesis', Exod: 'Exodus', Ex: 'Exodus', Lev: 'Leviticus', Num: 'Numbers', Deut: 'Deuteronomy', Josh: 'Joshua', Judg: 'Judges', Sam: 'Samuel', Kgs: 'Kings', Ps: 'Psalms', Prov: 'Proverbs',
	Isa: 'Isaiah', Jer: 'Jeremiah', Ezek: 'Ezekiel', Dan: 'Daniel', Matt: 'Matthew', Mt: 'Matthew', Mk: 'Mark', Lk: 'Luke', Jn: 'John', Rom: 'Romans', Cor: 'Corinthians', Gal: 'Galatians',
	Eph: 'Ephesians', Phil: 'Philippians', Col: 'Colossians', Thess: 'Thessalonians', Tim: 'Timothy', Heb: 'Hebrews', Jas: 'James', Pet: 'Peter', Rev: 'Revelation',
};

/** With their period, in small letters. A period that is missing does no harm to those in `withoutPeriod`. */
// biome-ignore format: a table
export const abbreviations: {readonly [abbreviation: string]: string} = {
	'drs.': 'doctors', 'rt.': 'right', 'ret.': 'retired', 'mme.': 'madame', 'mlle.': 'mademoiselle', 'ste.': 'saint', 'pt.': 'point', 'cir.': 'circuit', 'div.': 'division', 'bn.': 'battalion', 'regt.': 'regiment', 'mr.': 'mister', 'mrs.': 'Mrs', 'ms.': 'miz', 'messrs.': 'messers', 'dr.': 'doctor', 'prof.': 'professor', 'rev.': 'reverend', 'hon.': 'honorable', 'fr.': 'father',
	'gen.': 'general', 'col.': 'colonel', 'maj.': 'major', 'capt.': 'captain', 'lt.': 'lieutenant', 'sgt.': 'sergeant', 'cpl.': 'corporal', 'cmdr.': 'commander', 'adm.': 'admiral',
	'gov.': 'governor', 'sen.': 'senator', 'rep.': 'representative', 'pres.': 'president', 'supt.': 'superintendent', 'jr.': 'junior', 'sr.': 'senior', 'esq.': 'esquire',
	'etc.': 'etc', 'e.g.': 'E.G.', 'i.e.': 'I.E.', 'vs.': 'versus', 'cf.': 'compare', 'viz.': 'namely', 'al.': 'al', 'ca.': 'circa', 'approx.': 'approximately',
	'dept.': 'department', 'inc.': 'incorporated', 'ltd.': 'limited', 'corp.': 'corporation', 'co.': 'company', 'bros.': 'brothers', 'univ.': 'university', 'assn.': 'association',
	'ave.': 'avenue', 'blvd.': 'boulevard', 'rd.': 'road', 'mt.': 'mount', 'ft.': 'fort', 'inst.': 'instant', 'ult.': 'ultimo', 'prox.': 'proximo', 'govt.': 'government', 'tel.': 'telephone', 'hwy.': 'highway', 'pkwy.': 'parkway', 'bldg.': 'building', 'apt.': 'apartment', 'rte.': 'route', 'dist.': 'district',
	'orig.': 'originally', 'misc.': 'miscellaneous', 'incl.': 'including', 'excl.': 'excluding', 'avg.': 'average', 'temp.': 'temperature', 'max.': 'maximum', 'min.': 'minimum', 'est.': 'established',
	'mfg.': 'manufacturing', 'mgr.': 'manager', 'asst.': 'assistant', 'assoc.': 'associate', 'intl.': 'international', 'natl.': 'national', 'dir.': 'director', 'pvt.': 'private', 'hrs.': 'hours', 'mins.': 'minutes', 'secs.': 'seconds', 'attn.': 'attention',
};
export const withoutPeriod: ReadonlySet<string> = new Set(
	'mr mrs ms mme mlle dr prof jr sr vs etc messrs ltd inc blvd ave hwy'.split(' '),
);
/** Those that abbreviate only before a number: otherwise they are words or end a sentence. */
// biome-ignore format: a table
export const beforeNumbers: {readonly [abbreviation: string]: string} = {
	no: 'number', nos: 'numbers', fig: 'figure', figs: 'figures', vol: 'volume', vols: 'volumes', ch: 'chapter', chap: 'chapter', p: 'page', pp: 'pages', sec: 'section', sect: 'section',
	art: 'article', ed: 'edition', op: 'opus', ver: 'version', eq: 'equation', ext: 'extension', rm: 'room', ste: 'suite', c: 'circa', lib: 'book', ll: 'lines', l: 'line', n: 'note', bk: 'book', mag: 'magnitude', par: 'paragraph', para: 'paragraph', vv: 'verses', pt: 'part', ex: 'example', nr: 'number', sc: 'scene', cl: 'clause', eqs: 'equations', tab: 'table', tbl: 'table',
};
/** Those that must be followed by a name: a word that happens to end a sentence is not one. */
export const beforeNames: ReadonlySet<string> = new Set(
	'ste. pt. fr. gen. col. maj. hon. rep. sen. adm. mt. ft. pres. gov. ms. est. dir.'.split(' '),
);
/** Those that stand after a number or a name, so that the sentence may end with them. */
export const afterDay = new Set(['inst.', 'ult.', 'prox.', 'cir.', 'div.', 'bn.', 'regt.']);

/** Words too: "the max. It", "temp. Then". */
export const inSentences: ReadonlySet<string> = new Set(
	'max. min. temp. misc. dist. incl. excl. avg. orig. asst. assoc.'.split(' '),
);
