import {withoutPeriod} from './abbreviation-tables.js';
import {abbreviationRules} from './abbreviations.js';
import {addresses} from './addresses.js';
import {calendarAbbreviations, dates} from './dates.js';
import {mathematics} from './mathematics.js';
import {measures, rateRules} from './measures.js';
import {mixed} from './mixed.js';
import {money} from './money.js';
import {quantities} from './quantities.js';
import {heteronymWords, respellings} from './respellings.js';
import {roman} from './roman.js';
import type {Rule} from './rule.js';
import {senseRule, senseWords} from './senses.js';
import {shorthand} from './shorthand.js';
import {streets} from './streets.js';
import {symbols} from './symbols.js';
import {telephones} from './telephones.js';
import {times} from './times.js';

/** Words in small letters that some rule asks for; no rule but theirs looks at a plain word between spaces. */
export const ruledWords: ReadonlySet<string> = new Set([...heteronymWords, ...senseWords, ...withoutPeriod]);

/** Rules for what begins with a letter; the first that applies wins. */
export const letterRules: readonly Rule[] = [
	...addresses,
	...calendarAbbreviations,
	...money,
	...streets,
	...abbreviationRules,
	...roman,
	...rateRules,
	...respellings,
	senseRule,
	...mixed,
];

/** Rules for what begins with a digit or a sign. */
export const numberRules: readonly Rule[] = [
	...addresses,
	...dates,
	...times,
	...telephones,
	...money,
	...shorthand,
	...mathematics,
	...measures,
	...quantities,
	...mixed,
	...symbols,
];
